import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

/**
 * Knows whether the user drags in an element.
 *
 * Plotly drops a drag under way when the plot is drawn anew, so that what
 * comes meanwhile has to wait.
 */
export class DragWatch implements IDisposable {
  /** Watch an element. */
  constructor(private readonly _node: HTMLElement) {
    _node.addEventListener('pointerdown', this, true);
  }

  /** Whether a button is held down that was pressed in the element. */
  get active(): boolean {
    return this._active;
  }

  /** Emitted when the button was let go, wherever that was. */
  get ended(): ISignal<this, void> {
    return this._ended;
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Watch no more. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._node.removeEventListener('pointerdown', this, true);
    this._watchEnd(false);
    Signal.clearData(this);
  }

  /** Take the events of the pointer. */
  handleEvent(event: Event): void {
    const begins = event.type === 'pointerdown';
    if (begins === this._active) {
      return;
    }
    this._watchEnd(begins);
    if (!begins) {
      this._ended.emit();
    }
  }

  private _watchEnd(active: boolean): void {
    this._active = active;
    for (const type of ['pointerup', 'pointercancel', 'blur']) {
      if (active) {
        window.addEventListener(type, this, true);
      } else {
        window.removeEventListener(type, this, true);
      }
    }
  }

  private _active = false;
  private _isDisposed = false;
  private _ended = new Signal<this, void>(this);
}
