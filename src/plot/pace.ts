/** Times of the last drawing that pass before the next, while more is on its way. */
const REST = 4;
/** A drawing that took less, in milliseconds, is in nobody's way. */
const QUICK = 25;
/** So many traces are drawn one by one, as they come. */
const FEW = 8;
/** Milliseconds in which more than these come where nothing holds them up, to be drawn once. */
const GATHERING = 250;

/** Keeps a figure whose traces come one after another from being drawn for each of them. */
export class DrawPace {
  /** Note a drawing. */
  drawn(from: number, to: number): void {
    const next = to - from < QUICK ? to : to + REST * (to - from);
    this._next = Math.max(this._next, next);
  }

  /** Note that traces were asked for. */
  expect(count: number, now: number): void {
    if (count > FEW) {
      this._next = Math.max(this._next, now + GATHERING);
    }
  }

  /** Milliseconds to wait before drawing again while more is on its way. */
  wait(now: number): number {
    return Math.max(0, this._next - now);
  }

  private _next = -Infinity;
}
