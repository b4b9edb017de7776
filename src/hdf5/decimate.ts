import type { IAxis, ISamples } from './axis';
import { edgesOf, isSearched, STEP, visible, windowsOf } from './axis';
import type { IBucket, IPicks } from './bucket';
import {
  emit,
  emptyBucket,
  passPiece,
  POINTS,
  POINTS_AND_GAPS,
  scan,
  scanFinite
} from './bucket';
import { PIECE } from './compact';
import { isOneStretch, pickScattered } from './scattered';

/** What of a variable is to be drawn. */
export interface IViewport {
  /** The part of x to draw; null for all of it. */
  readonly range: readonly [number, number] | null;
  /** The part of the range that is in sight; absent where all of it is. */
  readonly sight?: readonly [number, number];
  /** Pixel columns in sight. */
  readonly columns: number;
  readonly maxPoints: number;
}

/** Samples of a column of which the pieces are looked at rather than the samples, where these are not in memory. */
const WIDE = 2 * PIECE;
const LEAST_POINTS = 32;
/** A column out of sight is so many pixels wide: it shows for a moment, while the figure is moved. */
const OUT_OF_SIGHT = 4;

/**
 * Choose the samples that draw as all of them would: of each pixel column the
 * first, least, greatest and last, and one sample beyond either edge so that
 * lines enter and leave where they do.
 */
export function decimate(y: ISamples, axis: IAxis, view: IViewport): IPicks {
  const most = Math.max(LEAST_POINTS, Math.floor(view.maxPoints));
  const [start, end] = sightOf(view);
  // As many as there would be if all were in sight.
  const columns = Math.max(1, Math.floor(view.columns)) / (end - start);
  // Where columns are not at their x, there are none out of sight.
  const stretches = isSearched(axis)
    ? stretchesOf(start, end)
    : stretchesOf(0, 1);
  const [from, to] = visible(axis, view.range);
  if (
    view.range &&
    !axis.monotone &&
    (from >= to || !isOneStretch(axis.samples, view.range, [from, to]))
  ) {
    const ranges = view.sight ? [view.range, view.sight] : [view.range];
    return pickScattered(y, axis, ranges, most);
  }
  if (to - from <= Math.min(most, Math.max(LEAST_POINTS, columns * POINTS))) {
    return {
      indices: collect(y, axis, singles(from, to)),
      reduced: false
    };
  }
  if (!y.inMemory && to - from <= Math.min(2 * STEP, columns * WIDE)) {
    // Read at once what is looked at column by column.
    y.window(from, to);
  }
  const reduce = (points: number) => {
    const ends = columnEnds(stretches, columns, (most - 2) / points);
    const edges = edgesOf(axis, view.range, from, to, ends);
    return collect(y, axis, atPieces(y, edges));
  };
  let indices = reduce(POINTS);
  if (indices.length > most) {
    indices = reduce(POINTS_AND_GAPS);
  }
  return { indices, reduced: true };
}

/** A part of what is drawn, from 0 to 1 of its range, and how many of the columns that fit it has. */
interface IStretch {
  readonly start: number;
  readonly end: number;
  readonly density: number;
}

/** The ends of what is in sight, from 0 to 1 of the range. */
function sightOf({ range, sight }: IViewport): [number, number] {
  const [low, high] = range ?? [0, 0];
  const width = high - low;
  if (!sight || !(width > 0 && width < Infinity)) {
    return [0, 1];
  }
  const [start, end] = sight.map(x =>
    Math.min(1, Math.max(0, (x - low) / width))
  );
  return start < end ? [start, end] : [0, 1];
}

/** What is in sight, and what lies beyond it, where there are fewer columns. */
function stretchesOf(start: number, end: number): IStretch[] {
  const density = 1 / OUT_OF_SIGHT;
  return [
    { start: 0, end: start, density },
    { start, end, density: 1 },
    { start: end, end: 1, density }
  ].filter(stretch => stretch.start < stretch.end);
}

/** At which part of the range each column ends, of so many at most; `columns` fit the whole range. */
function columnEnds(
  stretches: readonly IStretch[],
  columns: number,
  most: number
): number[] {
  const wanted = stretches.map(
    ({ start, end, density }) => columns * (end - start) * density
  );
  const all = wanted.reduce((sum, count) => sum + count, 0);
  const fitting = Math.min(1, most / all);
  return stretches.flatMap(({ start, end }, index) => {
    // A hair's breadth of rounding is no column less.
    const count = Math.max(1, Math.floor(wanted[index] * fitting + 1e-6));
    const width = (end - start) / count;
    return Array.from({ length: count }, (_, i) => start + width * (i + 1));
  });
}

/**
 * Edges between whole pieces, where samples are not in memory and the columns
 * on both sides are wider than pieces: nothing has to be read for them then,
 * and they are less than a quarter of a column off.
 */
function atPieces(y: ISamples, edges: Float64Array): Float64Array {
  if (y.inMemory || !y.extremes) {
    return edges;
  }
  const isWide = (i: number) => edges[i] - edges[i - 1] >= WIDE;
  return edges.map((edge, i) =>
    isWide(i) && isWide(i + 1) ? Math.round(edge / PIECE) * PIECE : edge
  );
}

/** One bucket a sample. */
function singles(from: number, to: number): Float64Array {
  const edges = new Float64Array(Math.max(0, to - from) + 1);
  for (let i = 0; i < edges.length; i++) {
    edges[i] = from + i;
  }
  return edges;
}

/** The picks of every bucket. */
function collect(y: ISamples, axis: IAxis, edges: Float64Array): Int32Array {
  const picks: number[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const bucket = emptyBucket();
    pass(bucket, y, axis, edges[i], edges[i + 1]);
    emit(bucket, picks);
  }
  return Int32Array.from(picks);
}

/** Pass the samples in [start, end) through a bucket, whole pieces at once where they are known. */
function pass(
  bucket: IBucket,
  y: ISamples,
  axis: IAxis,
  start: number,
  end: number
): void {
  const { extremes } = y;
  const first = Math.ceil(start / PIECE);
  const last = Math.floor(Math.min(end, extremes?.length ?? 0) / PIECE);
  if (!extremes || axis.withoutX > 0 || first >= last) {
    passEach(bucket, y, axis, start, end);
    return;
  }
  passEach(bucket, y, axis, start, first * PIECE);
  for (let piece = first; piece < last; piece++) {
    if (!passPiece(bucket, extremes, piece)) {
      passEach(bucket, y, axis, piece * PIECE, (piece + 1) * PIECE);
    }
  }
  passEach(bucket, y, axis, last * PIECE, end);
}

function passEach(
  bucket: IBucket,
  y: ISamples,
  axis: IAxis,
  start: number,
  end: number
): void {
  for (const [part, from] of windowsOf(y, start, end)) {
    if (axis.withoutX > 0) {
      const x = axis.samples.window(from, from + part.length);
      scan(bucket, part, from, x);
    } else if (bucket.pending >= 0 || !scanFinite(bucket, part, from)) {
      scan(bucket, part, from, null);
    }
  }
}
