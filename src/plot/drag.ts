import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

/** What tells that a button was let go. */
const ENDS = ['pointerup', 'pointercancel', 'pointermove'] as const;

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
    this._setActive(false);
    Signal.clearData(this);
  }

  /** Take the events of the pointer. */
  handleEvent(event: Event): void {
    if (!(event instanceof MouseEvent)) {
      return;
    }
    const pressed =
      event.type === 'pointerdown'
        ? event.button === 0
        : // A release that was missed, over a menu of the system say, shows in the next move.
          event.type === 'pointermove' && event.buttons !== 0;
    if (pressed === this._active) {
      return;
    }
    this._setActive(pressed);
    if (!pressed) {
      this._ended.emit();
    }
  }

  private _setActive(active: boolean): void {
    this._active = active;
    for (const type of ENDS) {
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
