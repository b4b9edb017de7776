import type { Extremes } from './extremes';

/** Numbers along one axis, in memory or read when needed. */
export interface ISamples {
  readonly length: number;
  /** Whether all of them are in memory. */
  readonly inMemory: boolean;
  /** What is known of their pieces without looking at each; absent where nothing is. */
  readonly extremes?: Extremes;
  /** One of them. */
  at(index: number): number;
  /** Those in [from, to), to be looked at before the next call. */
  window(from: number, to: number): Float64Array;
}

/** What is known of an x before anything is drawn against it. */
export interface IAxisFacts {
  /** Whether every x is finite and none is less than the one before. */
  readonly monotone: boolean;
  /** The least and greatest finite x; null when there is none. */
  readonly extent: readonly [number, number] | null;
  /** How many are not finite. */
  readonly withoutX: number;
}

/** An x and what is known of it. */
export interface IAxis extends IAxisFacts {
  readonly samples: ISamples;
  /** The exact text of an x at an index; absent or null for types that numbers hold exactly. */
  readonly exact?: ((index: number) => string) | null;
}

/** Samples looked at in one step. */
export const STEP = 1 << 20;

/** The samples of [from, to), window by window, each with the index of its first. */
export function* windowsOf(
  samples: ISamples,
  from = 0,
  to = samples.length
): Generator<[Float64Array, number]> {
  for (let at = from; at < to; at += STEP) {
    yield [samples.window(at, Math.min(at + STEP, to)), at];
  }
}

/** The sample index as an x. */
export function indexAxis(length: number): IAxis {
  const samples: ISamples = {
    length,
    inMemory: true,
    at: index => index,
    window: (from, to) =>
      Float64Array.from({ length: to - from }, (_, i) => from + i)
  };
  return {
    samples,
    monotone: true,
    extent: length > 0 ? [0, length - 1] : null,
    withoutX: 0
  };
}

/** Looks through an x, part after part. */
export class AxisScan {
  /** Look through the next part. */
  add(part: Float64Array): void {
    if (part.length > 0 && rises(part)) {
      // Almost all do, and then their ends tell all.
      const last = part[part.length - 1];
      this._sorted = this._sorted && part[0] >= this._before;
      this._before = last;
      this._least = Math.min(this._least, part[0]);
      this._greatest = Math.max(this._greatest, last);
    } else {
      this._addEach(part);
    }
  }

  private _addEach(part: Float64Array): void {
    let { _least: least, _greatest: greatest, _before: before } = this;
    let sorted = this._sorted;
    for (let i = 0; i < part.length; i++) {
      const x = part[i];
      if (x - x !== 0) {
        this._withoutX++;
        continue;
      }
      sorted = sorted && x >= before;
      before = x;
      if (x < least) {
        least = x;
      }
      if (x > greatest) {
        greatest = x;
      }
    }
    this._least = least;
    this._greatest = greatest;
    this._before = before;
    this._sorted = sorted;
  }

  /** What is known after the parts so far. */
  get facts(): IAxisFacts {
    const { _least: least, _greatest: greatest, _withoutX: withoutX } = this;
    return {
      monotone: this._sorted && withoutX === 0,
      extent: least <= greatest ? [least, greatest] : null,
      withoutX
    };
  }

  private _least = Infinity;
  private _greatest = -Infinity;
  private _before = -Infinity;
  private _sorted = true;
  private _withoutX = 0;
}

/** Whether numbers are finite, and none is less than the one before. */
function rises(part: Float64Array): boolean {
  let before = part[0];
  for (let i = 1; i < part.length; i++) {
    // Of NaN, which is neither less nor more, this is false, too.
    if (!(part[i] >= before)) {
      return false;
    }
    before = part[i];
  }
  return part[0] > -Infinity && before < Infinity;
}

/** Look through an x once. */
export function axisFacts(samples: ISamples): IAxisFacts {
  const scan = new AxisScan();
  for (const [part] of windowsOf(samples)) {
    scan.add(part);
  }
  return scan.facts;
}

/** The samples in sight and one more on either side, as [from, to). */
export function visible(
  axis: IAxis,
  range: readonly [number, number] | null
): [number, number] {
  const { length } = axis.samples;
  if (range === null || !range.every(Number.isFinite)) {
    return [0, length];
  }
  const low = Math.min(...range);
  const high = Math.max(...range);
  const [from, to] = axis.monotone
    ? [
        firstAtLeast(axis.samples, low, 0, length),
        firstAbove(axis.samples, high, 0, length)
      ]
    : span(axis.samples, low, high);
  return [Math.max(0, from - 1), Math.min(length, to + 1)];
}

/** The first index of a value that is at least this. */
function firstAtLeast(
  x: ISamples,
  value: number,
  from: number,
  to: number
): number {
  return firstBehind(x, at => at < value, from, to);
}

/** The first index of a value that is greater than this. */
function firstAbove(
  x: ISamples,
  value: number,
  from: number,
  to: number
): number {
  return firstBehind(x, at => at <= value, from, to);
}

/** The first index whose value is not before what is looked for; the values rise. */
function firstBehind(
  x: ISamples,
  isBefore: (value: number) => boolean,
  from: number,
  to: number
): number {
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (isBefore(x.at(middle))) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from;
}

/** From the first to behind the last sample inside a range, of an x in any order. */
function span(x: ISamples, low: number, high: number): [number, number] {
  let first = -1;
  let last = -2;
  for (const [part, from] of windowsOf(x)) {
    for (let i = 0; i < part.length; i++) {
      if (part[i] >= low && part[i] <= high) {
        if (first < 0) {
          first = from + i;
        }
        last = from + i;
      }
    }
  }
  // A range without a sample shows nothing, and its neighbours are unknown.
  return first < 0 ? [1, -1] : [first, last + 1];
}

/** Whether each column is looked for in an x: one that is not in memory, or in no order, has its samples shared out evenly. */
export function isSearched({ monotone, samples }: IAxis): boolean {
  return monotone && samples.inMemory;
}

/** Where the buckets begin, and the end of the last: one bucket a column, one each for what lies beyond. `ends` tells at which part of the range each column ends. */
export function edgesOf(
  axis: IAxis,
  range: readonly [number, number] | null,
  from: number,
  to: number,
  ends: readonly number[]
): Float64Array {
  const { samples } = axis;
  const [low, high] = range ?? axis.extent ?? [0, 0];
  const left = Math.min(low, high);
  const right = Math.max(low, high);
  const inner = from + (samples.at(from) < left ? 1 : 0);
  const outer = to - (samples.at(to - 1) > right ? 1 : 0);
  const edges = [from];
  const search = isSearched(axis) && right > left;
  let edge = inner;
  for (const end of ends) {
    edges.push(edge);
    edge = search
      ? firstAtLeast(samples, left + (right - left) * end, edge, outer)
      : inner + Math.round((outer - inner) * end);
  }
  edges.push(outer, to);
  return Float64Array.from(edges);
}
