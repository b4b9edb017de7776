import type { IAxis, ISamples } from './axis';
import { edgesOf, STEP, visible } from './axis';
import { PIECE } from './compact';
import type { Extremes } from './extremes';
import { FINITE } from './extremes';

/** What of a variable is to be drawn. */
export interface IViewport {
  /** The visible part of x; null for all of it. */
  readonly range: readonly [number, number] | null;
  readonly columns: number;
  readonly maxPoints: number;
}

/** The samples to draw, in order; `GAP` breaks the line. */
export interface IPicks {
  readonly indices: Int32Array;
  /** Whether samples in sight were left out. */
  readonly reduced: boolean;
}

/** Stands among the picks where the line breaks. */
export const GAP = -1;

/** Points that one bucket leaves: first, least, greatest and last; with gaps, three more. */
const POINTS = 4;
const POINTS_AND_GAPS = 7;
const LEAST_POINTS = 32;

/**
 * Choose the samples that draw as all of them would: of each pixel column the
 * first, least, greatest and last, and one sample beyond either edge so that
 * lines enter and leave where they do.
 */
export function decimate(y: ISamples, axis: IAxis, view: IViewport): IPicks {
  const most = Math.max(LEAST_POINTS, Math.floor(view.maxPoints));
  const columns = Math.max(1, Math.floor(view.columns));
  const [from, to] = visible(axis, view.range);
  if (to - from <= Math.min(most, Math.max(LEAST_POINTS, columns * POINTS))) {
    return {
      indices: collect(y, axis, singles(from, to)),
      reduced: false
    };
  }
  if (!y.inMemory && to - from <= STEP) {
    // Read at once what is looked at column by column.
    y.window(from, to);
  }
  const reduce = (points: number) => {
    const fitting = Math.min(columns, Math.floor((most - 2) / points));
    const edges = edgesOf(axis, view.range, from, to, Math.max(1, fitting));
    return collect(y, axis, atPieces(y, edges));
  };
  let indices = reduce(POINTS);
  if (indices.length > most) {
    indices = reduce(POINTS_AND_GAPS);
  }
  return { indices, reduced: true };
}

/**
 * Buckets of whole pieces, where samples are not in memory and a column is
 * wider than a piece: less than a column off, and nothing has to be read.
 */
function atPieces(y: ISamples, edges: Float64Array): Float64Array {
  const [inner, outer] = [edges[1], edges[edges.length - 2]];
  if (y.inMemory || !y.extremes || outer - inner < PIECE * edges.length) {
    return edges;
  }
  return edges.map(edge =>
    edge <= inner || edge >= outer
      ? edge
      : Math.min(outer, Math.max(inner, Math.round(edge / PIECE) * PIECE))
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

/** What is kept of one bucket while its samples pass by. */
interface IBucket {
  first: number;
  least: number;
  greatest: number;
  last: number;
  leastValue: number;
  greatestValue: number;
  /** A gap before the first value. */
  head: boolean;
  /** A gap between values. */
  gap: number;
  /** A gap that no value followed yet. */
  pending: number;
}

function emptyBucket(): IBucket {
  return {
    first: -1,
    least: -1,
    greatest: -1,
    last: -1,
    leastValue: Infinity,
    greatestValue: -Infinity,
    head: false,
    gap: -1,
    pending: -1
  };
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
  for (let from = start; from < end; from += STEP) {
    const to = Math.min(from + STEP, end);
    const part = y.window(from, to);
    if (axis.withoutX > 0) {
      scan(bucket, part, from, axis.samples.window(from, to));
    } else if (bucket.pending >= 0 || !scanFinite(bucket, part, from)) {
      scan(bucket, part, from, null);
    }
  }
}

/** Pass a whole piece through a bucket; false where each of its samples has to be looked at. */
function passPiece(
  bucket: IBucket,
  extremes: Extremes,
  piece: number
): boolean {
  const start = piece * PIECE;
  switch (extremes.finite(piece)) {
    case FINITE.none:
      bucket.pending = bucket.pending < 0 ? start : bucket.pending;
      return true;
    case FINITE.some:
      return false;
  }
  if (bucket.pending >= 0 && bucket.first < 0) {
    bucket.head = true;
  } else if (bucket.pending >= 0 && bucket.gap < 0) {
    bucket.gap = bucket.pending;
  }
  bucket.pending = -1;
  bucket.first = bucket.first < 0 ? start : bucket.first;
  bucket.last = start + PIECE - 1;
  if (extremes.least(piece) < bucket.leastValue) {
    bucket.leastValue = extremes.least(piece);
    bucket.least = extremes.leastAt(piece);
  }
  if (extremes.greatest(piece) > bucket.greatestValue) {
    bucket.greatestValue = extremes.greatest(piece);
    bucket.greatest = extremes.greatestAt(piece);
  }
  return true;
}

/**
 * Pass samples through a bucket where all of them are finite; false, with the
 * bucket as it was, where one is not. Almost all samples take this short way.
 */
function scanFinite(bucket: IBucket, y: Float64Array, base: number): boolean {
  let { least, greatest, leastValue, greatestValue } = bucket;
  let spoilt = 0;
  for (let i = 0; i < y.length; i++) {
    const value = y[i];
    // A finite number times zero is zero; of anything else it is NaN, which stays.
    spoilt += value * 0;
    if (value < leastValue) {
      leastValue = value;
      least = base + i;
    }
    if (value > greatestValue) {
      greatestValue = value;
      greatest = base + i;
    }
  }
  if (spoilt !== 0) {
    return false;
  }
  bucket.least = least;
  bucket.greatest = greatest;
  bucket.leastValue = leastValue;
  bucket.greatestValue = greatestValue;
  bucket.first = bucket.first < 0 ? base : bucket.first;
  bucket.last = base + y.length - 1;
  return true;
}

/** Pass samples through a bucket, gaps among them. */
function scan(
  bucket: IBucket,
  y: Float64Array,
  base: number,
  x: Float64Array | null
): void {
  let { first, least, greatest, last, leastValue, greatestValue, pending } =
    bucket;
  for (let i = 0; i < y.length; i++) {
    const value = y[i];
    // Only of a finite number is the difference from itself zero.
    if (value - value !== 0 || (x !== null && x[i] - x[i] !== 0)) {
      if (pending < 0) {
        pending = base + i;
      }
      continue;
    }
    if (pending >= 0) {
      if (first < 0) {
        bucket.head = true;
      } else if (bucket.gap < 0) {
        bucket.gap = pending;
      }
      pending = -1;
    }
    last = base + i;
    if (first < 0) {
      first = last;
    }
    if (value < leastValue) {
      leastValue = value;
      least = last;
    }
    if (value > greatestValue) {
      greatestValue = value;
      greatest = last;
    }
  }
  Object.assign(bucket, {
    first,
    least,
    greatest,
    last,
    leastValue,
    greatestValue,
    pending
  });
}

function emit(bucket: IBucket, picks: number[]): void {
  const put = (index: number) => {
    const before = picks.length > 0 ? picks[picks.length - 1] : null;
    if (index !== before) {
      picks.push(index);
    }
  };
  if (bucket.head || (bucket.first < 0 && bucket.pending >= 0)) {
    put(GAP);
  }
  if (bucket.first < 0) {
    return;
  }
  const chosen = [bucket.first, bucket.least, bucket.greatest, bucket.last];
  chosen.sort((a, b) => a - b);
  let gap = bucket.gap;
  for (const index of chosen) {
    if (gap >= 0 && index > gap) {
      put(GAP);
      gap = -1;
    }
    put(index);
  }
  if (bucket.pending >= 0) {
    put(GAP);
  }
}
