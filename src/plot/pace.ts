/** Times of the last drawing that pass before the next, while more is on its way. */
const REST = 4;
/** A drawing that took less, in milliseconds, is in nobody's way. */
const QUICK = 25;

/** Keeps a figure whose traces come one after another from being drawn for each of them. */
export class DrawPace {
  /** Note a drawing. */
  drawn(from: number, to: number): void {
    this._next = to - from < QUICK ? to : to + REST * (to - from);
  }

  /** Milliseconds to wait before drawing again while more is on its way. */
  wait(now: number): number {
    return Math.max(0, this._next - now);
  }

  private _next = -Infinity;
}
