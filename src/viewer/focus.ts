import type { IDisposable } from '@lumino/disposable';
import { DisposableDelegate } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { ResultBrowser } from './browser';

/** A place in the page that shows results; null until they are there. */
export type BrowserPlace = () => ResultBrowser | null;

/** Knows which of the results in the page, in tabs and in notebooks, was used last. */
export class BrowserFocus {
  /** The results that a command is for; null when there are none. */
  get current(): ResultBrowser | null {
    return this._current?.() ?? null;
  }

  /** Emitted when others were used. */
  get currentChanged(): ISignal<this, void> {
    return this._currentChanged;
  }

  /** Take a place as the one used last whenever it is pointed at or focused. */
  watch(node: HTMLElement, place: BrowserPlace): IDisposable {
    const use = () => this.use(place);
    node.addEventListener('focusin', use, true);
    node.addEventListener('pointerdown', use, true);
    return new DisposableDelegate(() => {
      node.removeEventListener('focusin', use, true);
      node.removeEventListener('pointerdown', use, true);
      if (this._current === place) {
        this.use(null);
      }
    });
  }

  /** Take a place as the one used last. */
  use(place: BrowserPlace | null): void {
    if (place !== this._current) {
      this._current = place;
      this._currentChanged.emit();
    }
  }

  private _current: BrowserPlace | null = null;
  private readonly _currentChanged = new Signal<this, void>(this);
}
