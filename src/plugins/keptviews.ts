import type { ReadonlyJSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

/** A tab as far as its view is kept. */
export interface IKeptTab extends IDisposable {
  readonly content: { readonly view: ReadonlyJSONObject | null };
  readonly disposed: ISignal<unknown, void>;
}

/** Of at most this many tabs the views are kept: a workspace is written as a whole. */
export const MAX_KEPT_TABS = 20;

/** The tabs whose views are kept: those that changed last. */
export class KeptViews<T extends IKeptTab> {
  /** What to keep of a tab. */
  of(tab: T): ReadonlyJSONObject | null {
    return this._tabs.has(tab) ? tab.content.view : null;
  }

  /** A tab changed; the answer is every tab of which something else is to be kept now. */
  changed(tab: T): readonly T[] {
    tab.disposed.connect(this._forget, this);
    this._tabs.delete(tab);
    this._tabs.add(tab);
    const [oldest] = this._tabs;
    if (this._tabs.size <= MAX_KEPT_TABS) {
      return [tab];
    }
    this._tabs.delete(oldest);
    return [oldest, tab];
  }

  private _forget(tab: unknown): void {
    this._tabs.delete(tab as T);
  }

  /** The one that changed last at the end. */
  private readonly _tabs = new Set<T>();
}
