import type { IDisposable } from '@lumino/disposable';
import { DrawPace } from './pace';

/** Decides when a figure is drawn: once a frame, and one drawing after another. */
export class DrawSchedule implements IDisposable {
  /** Call `due` in the frame in which the figure is to be drawn. */
  constructor(private readonly _due: () => void) {}

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Draw no more. */
  dispose(): void {
    this._isDisposed = true;
    cancelAnimationFrame(this._frame);
    clearTimeout(this._timer);
  }

  /** Draw once, in the next frame, however many changes there were. */
  soon(): void {
    if (this._frame === 0 && !this._isDisposed) {
      this._frame = requestAnimationFrame(() => {
        this._frame = 0;
        this._due();
      });
    }
  }

  /** Draw once something came, or after so many milliseconds: what is drawn is good enough until then. */
  within(milliseconds: number): void {
    if (!this._isDisposed) {
      clearTimeout(this._timer);
      this._timer = setTimeout(() => this.soon(), milliseconds);
    }
  }

  /** Whether a drawing is under way. */
  get isRunning(): boolean {
    return this._isRunning;
  }

  /** Know of traces that were asked for. */
  asked(count: number): void {
    this._pace.expect(count, performance.now());
  }

  /** Draw what came; at the figure's own pace while more is on its way. */
  came(isMoreToCome: boolean): void {
    if (this._isRunning) {
      // How long this drawing takes is part of the pace.
      this._came = isMoreToCome;
      return;
    }
    if (this._isDisposed) {
      return;
    }
    const wait = isMoreToCome ? this._pace.wait(performance.now()) : 0;
    clearTimeout(this._timer);
    if (wait > 0) {
      this._timer = setTimeout(() => this.soon(), wait);
    } else {
      this.soon();
    }
  }

  /** Do a drawing, which never rejects; false where one is under way, after which there will be another. */
  async run(draw: () => Promise<void>): Promise<boolean> {
    if (this._isRunning) {
      this._isAgain = true;
      return false;
    }
    this._isRunning = true;
    const began = performance.now();
    await draw();
    this._isRunning = false;
    this._pace.drawn(began, performance.now());
    if (this._isAgain) {
      this._isAgain = false;
      this.soon();
    }
    if (this._came !== null) {
      this.came(this._came);
      this._came = null;
    }
    return true;
  }

  private readonly _pace = new DrawPace();
  private _frame = 0;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _isRunning = false;
  private _isAgain = false;
  /** Of what came during a drawing: whether more was on its way; null where nothing came. */
  private _came: boolean | null = null;
  private _isDisposed = false;
}
