import type { IPoints } from '../refs/types';
import { axisFacts } from './axis';
import { MemorySamples } from './samples';

/** The longest piece of a line without a point, in pixel columns: a pointer is never far from one. */
const LONGEST = 4;
/** Points are left out so much less than a pixel row from the line: it looks the same at twice the size, too. */
const FINEST = 8;

/** The pixels that a line is drawn over, all of it in sight. */
export interface IPixels {
  readonly columns: number;
  readonly rows: number;
}

/**
 * The positions of the points that a line bends at, in order. Those between
 * lie on it, where x grows and y only rises or only falls: ends, gaps and
 * every point at which y turns stay.
 */
export function bends(points: IPoints, pixels: IPixels): Int32Array {
  const { x, y } = points;
  const line = new BendingLine(points, {
    width: (spanOf(x) / pixels.columns) * LONGEST,
    height: spanOf(y) / pixels.rows / FINEST
  });
  for (let at = 0; at < y.length; at++) {
    line.add(at);
  }
  return line.finish();
}

function spanOf(values: Float64Array): number {
  const { extent } = axisFacts(new MemorySamples(values));
  return extent ? extent[1] - extent[0] : 0;
}

/** A line that grows by a point at a time, in straight stretches. */
class BendingLine {
  constructor(
    { x, y }: IPoints,
    private readonly _limits: {
      readonly width: number;
      readonly height: number;
    }
  ) {
    this._x = x;
    this._y = y;
    this._kept = new Int32Array(y.length);
  }

  add(at: number): void {
    if (Number.isNaN(this._y[at])) {
      this._end(at);
      this._keep(at);
      this._from = -1;
    } else if (this._from < 0) {
      this._begin(at);
    } else if (!this._reaches(at)) {
      this._begin(at - 1);
      if (!this._reaches(at)) {
        this._begin(at);
      }
    }
  }

  finish(): Int32Array {
    this._end(this._x.length);
    return this._kept.slice(0, this._count);
  }

  private _begin(at: number): void {
    this._keep(at);
    this._from = at;
    this._steepest = Infinity;
    this._flattest = -Infinity;
    this._rises = 0;
  }

  /** Whether the stretch goes on to a point, past all it has, which were left out. */
  private _reaches(at: number): boolean {
    const { _x: x, _y: y, _from: from } = this;
    const { width, height } = this._limits;
    const dx = x[at] - x[from];
    const dy = y[at] - y[from];
    const slope = dy / dx;
    const up = (dy + height) / dx;
    const down = (dy - height) / dx;
    const rises = Math.sign(y[at] - y[at - 1]);
    // Beyond the numbers there are, slopes tell nothing.
    const isTold = up - down < Infinity && (slope !== 0 || dy === 0);
    if (
      !(dx > 0 && dx <= width && isTold) ||
      slope > this._steepest ||
      slope < this._flattest ||
      rises * this._rises < 0
    ) {
      return false;
    }
    this._steepest = Math.min(this._steepest, up);
    this._flattest = Math.max(this._flattest, down);
    this._rises ||= rises;
    return true;
  }

  /** Keep the last point of a stretch. */
  private _end(behind: number): void {
    if (this._from >= 0) {
      this._keep(behind - 1);
    }
  }

  private _keep(at: number): void {
    if (this._count === 0 || this._kept[this._count - 1] < at) {
      this._kept[this._count++] = at;
    }
  }

  private readonly _x: Float64Array;
  private readonly _y: Float64Array;
  private readonly _kept: Int32Array;
  private _count = 0;
  /** Where the stretch begins; -1 behind a gap. */
  private _from = -1;
  /** The slopes between which the line passes all points left out. */
  private _steepest = Infinity;
  private _flattest = -Infinity;
  /** Whether y rises (1) or falls (-1) along the stretch. */
  private _rises = 0;
}
