/** Height of a row, in pixels; the style sheet has the same. */
export const ROW_HEIGHT = 24;

/** The tallest box, in pixels, that every browser scrolls through to its end. */
export const MAX_HEIGHT = 16_000_000;

/**
 * Where rows stand in a box that scrolls.
 *
 * Rows that would be taller than a browser can scroll through share the
 * tallest box: a pixel of scrolling is then more than a pixel of rows.
 */
export class RowScroll {
  /** Rows in a box of which so many pixels are in view. */
  constructor(
    private readonly _count: number,
    private readonly _viewHeight: number
  ) {}

  /** The height of all that can be scrolled through. */
  get height(): number {
    return Math.min(this._rowsHeight, MAX_HEIGHT);
  }

  /** How many pixels of rows are above the view. */
  above(scrollTop: number): number {
    return this._cut(scrollTop) * this._scale;
  }

  /** How far down the box a row stands. */
  place(index: number, scrollTop: number): number {
    const shift = this._cut(scrollTop) - this.above(scrollTop);
    return Math.round(index * ROW_HEIGHT + shift);
  }

  /** The rows in view and some more on both sides; the end is not included. */
  range(scrollTop: number, overscan: number): [begin: number, end: number] {
    const first = Math.floor(this.above(scrollTop) / ROW_HEIGHT);
    const inView = Math.ceil(this._viewHeight / ROW_HEIGHT);
    const begin = Math.max(0, first - overscan);
    const end = Math.min(this._count, first + inView + overscan);
    return [begin, Math.max(begin, end)];
  }

  /** The scrolling that brings a row into view with the least movement. */
  reveal(index: number, scrollTop: number): number {
    const above = this.above(scrollTop);
    const top = index * ROW_HEIGHT;
    const lowest = top + ROW_HEIGHT - this._viewHeight;
    if (top < above) {
      return top / this._scale;
    }
    return lowest > above ? lowest / this._scale : scrollTop;
  }

  private get _rowsHeight(): number {
    return this._count * ROW_HEIGHT;
  }

  /** With fewer rows than before the scrolling is not cut back yet. */
  private _cut(scrollTop: number): number {
    return Math.min(scrollTop, Math.max(0, this.height - this._viewHeight));
  }

  /** Pixels of rows for a pixel of scrolling. */
  private get _scale(): number {
    return this._rowsHeight <= MAX_HEIGHT
      ? 1
      : (this._rowsHeight - this._viewHeight) / (MAX_HEIGHT - this._viewHeight);
  }
}
