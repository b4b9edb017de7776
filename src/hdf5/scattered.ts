import type { IAxis, ISamples } from './axis';
import { windowsOf } from './axis';
import type { IPicks } from './bucket';
import { emit, emptyBucket, POINTS_AND_GAPS, scan } from './bucket';

/** Where an x lies beside a range; nowhere where it is not finite. */
type Place = 'below' | 'inside' | 'above' | 'nowhere';

/**
 * Choose samples in a range of an x in no order: all, with those beside them
 * to which a line leads through the range, while there are few; else, of as
 * many in a row as need be, the first, least, greatest and last inside.
 * `ranges` are tried in turn for one of which all can be had.
 */
export function pickScattered(
  y: ISamples,
  axis: IAxis,
  ranges: readonly (readonly [number, number])[],
  most: number
): IPicks {
  for (const range of ranges) {
    const shown = shownOf(axis.samples, range, most);
    if (shown) {
      return { indices: withGaps(y, axis.samples, shown), reduced: false };
    }
  }
  const range = ranges[ranges.length - 1];
  return { indices: extremesOf(y, axis.samples, range, most), reduced: true };
}

/** Whether the samples of [from, to) between the first and the last all lie in a range. */
export function isOneStretch(
  x: ISamples,
  range: readonly [number, number],
  [from, to]: readonly [number, number]
): boolean {
  const place = placeIn(range);
  for (const [part] of windowsOf(x, from + 1, to - 1)) {
    if (part.some(value => place(value) !== 'inside')) {
      return false;
    }
  }
  return true;
}

function placeIn([a, b]: readonly [number, number]): (x: number) => Place {
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  return x =>
    x < low
      ? 'below'
      : x > high
        ? 'above'
        : // NaN is neither, and infinity is on neither side of a line.
          x - x === 0
          ? 'inside'
          : 'nowhere';
}

/** The samples inside, and those from or to which a line leads through the range or ends; null where they are too many. */
function shownOf(
  x: ISamples,
  range: readonly [number, number],
  most: number
): number[] | null {
  const place = placeIn(range);
  const shown: number[] = [];
  let before: Place | null = null;
  const add = (index: number) => {
    if (shown[shown.length - 1] !== index) {
      shown.push(index);
    }
  };
  for (const [part, from] of windowsOf(x)) {
    for (let i = 0; i < part.length; i++) {
      const here = place(part[i]);
      const isOther: boolean = before !== null && here !== before;
      if (isOther) {
        add(from + i - 1);
      }
      if (isOther || here === 'inside') {
        add(from + i);
      }
      before = here;
      if (shown.length > most) {
        return null;
      }
    }
  }
  return shown;
}

/** Samples in order, the line broken where one has no place. */
function withGaps(
  y: ISamples,
  x: ISamples,
  shown: readonly number[]
): Int32Array {
  const picks: number[] = [];
  for (const index of shown) {
    const bucket = emptyBucket();
    const next = index + 1;
    scan(bucket, y.window(index, next), index, x.window(index, next));
    emit(bucket, picks);
  }
  return Int32Array.from(picks);
}

/** Of the samples inside, so many in a row make one bucket. */
function extremesOf(
  y: ISamples,
  x: ISamples,
  range: readonly [number, number],
  most: number
): Int32Array {
  const place = placeIn(range);
  let inside = 0;
  for (const [part] of windowsOf(x)) {
    part.forEach(value => (inside += place(value) === 'inside' ? 1 : 0));
  }
  const inBucket = Math.ceil(
    inside / Math.max(1, Math.floor(most / POINTS_AND_GAPS))
  );
  const picks: number[] = [];
  let bucket = emptyBucket();
  let held = 0;
  for (const [part, from] of windowsOf(x)) {
    const values = y.window(from, from + part.length);
    for (let i = 0; i < part.length; i++) {
      if (place(part[i]) === 'inside') {
        scan(bucket, values.subarray(i, i + 1), from + i, null);
        held += 1;
      }
      if (held === inBucket) {
        emit(bucket, picks);
        bucket = emptyBucket();
        held = 0;
      }
    }
  }
  emit(bucket, picks);
  return Int32Array.from(picks);
}
