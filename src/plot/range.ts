import type { IPoints } from '../refs/types';
import type { AxisRange } from './model';

/** Room above and below the values, as a part of their span. */
const PADDING = 0.05;

/**
 * The range of y that holds the points of some lines within a range of x;
 * null when there is none to hold.
 */
export function valueRange(
  lines: readonly IPoints[],
  xRange: AxisRange | null
): AxisRange | null {
  let least = Infinity;
  let greatest = -Infinity;
  for (const { x, y } of lines) {
    for (let i = 0; i < y.length; i++) {
      if (xRange && !(x[i] >= xRange[0] && x[i] <= xRange[1])) {
        continue;
      }
      if (y[i] < least) {
        least = y[i];
      }
      if (y[i] > greatest) {
        greatest = y[i];
      }
    }
  }
  return least > greatest ? null : padded(least, greatest);
}

function padded(least: number, greatest: number): AxisRange {
  const span = greatest - least;
  // Equal values, or a span beyond the numbers there are.
  const room =
    span > 0 && Number.isFinite(span)
      ? span * PADDING
      : Math.abs(least) * PADDING || 1;
  const low = least - room;
  const high = greatest + room;
  return [
    Number.isFinite(low) ? low : least,
    Number.isFinite(high) ? high : greatest
  ];
}

/** The range that holds all the given ones; null when there is none. */
export function joinRanges(
  ranges: readonly (AxisRange | null)[]
): AxisRange | null {
  let joint: AxisRange | null = null;
  for (const range of ranges) {
    if (range) {
      joint = joint
        ? [Math.min(joint[0], range[0]), Math.max(joint[1], range[1])]
        : range;
    }
  }
  return joint;
}

/** A range with half its width more on each side, so that panning shows data at once. */
export function withMargin(range: AxisRange): AxisRange {
  const half = (range[1] - range[0]) / 2;
  return [range[0] - half, range[1] + half];
}
