import { PIECE } from './compact';
import type { Extremes } from './extremes';
import { FINITE } from './extremes';

/** Stands among the picks where the line breaks. */
export const GAP = -1;

/** The samples to draw, in order; `GAP` breaks the line. */
export interface IPicks {
  readonly indices: Int32Array;
  /** Whether samples in sight were left out. */
  readonly reduced: boolean;
}

/** Points that one bucket leaves: first, least, greatest and last; with gaps, three more. */
export const POINTS = 4;
export const POINTS_AND_GAPS = 7;

/** What is kept of one bucket while its samples pass by. */
export interface IBucket {
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

/** A bucket before the first sample. */
export function emptyBucket(): IBucket {
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

/** Note a gap that a value follows: it stands before the first value, or between two; one of these is shown. */
function endGap(bucket: IBucket, first: number, gap: number): void {
  if (first < 0) {
    bucket.head = true;
  } else if (bucket.gap < 0) {
    bucket.gap = gap;
  }
}

/** Pass a whole piece through a bucket; false where each of its samples has to be looked at. */
export function passPiece(
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
  if (bucket.pending >= 0) {
    endGap(bucket, bucket.first, bucket.pending);
    bucket.pending = -1;
  }
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
export function scanFinite(
  bucket: IBucket,
  y: Float64Array,
  base: number
): boolean {
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
export function scan(
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
      endGap(bucket, first, pending);
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

/** Add a bucket's first, least, greatest and last sample to the picks, and its gaps. */
export function emit(bucket: IBucket, picks: number[]): void {
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
