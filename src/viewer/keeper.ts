import type { ReadonlyJSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { ResultBrowser } from './browser';
import type { IKeptView } from './keptview';
import { keepView, readView, restoreView } from './keptview';

/** Milliseconds in which changes are gathered before what is shown is looked at. */
const WAIT = 400;

/**
 * Keeps what a tab shows for the page that comes next, and shows what the page
 * before kept as soon as the tab is in sight.
 */
export class ViewKeeper implements IDisposable {
  /** Keep nothing yet. */
  constructor(private readonly _isInSight: () => boolean) {}

  /** Emitted when there is something else to keep. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** What to keep; null where nothing was shown. */
  get view(): ReadonlyJSONObject | null {
    const text = this._held ? JSON.stringify(this._held) : this._text;
    return text === '' ? null : (JSON.parse(text) as ReadonlyJSONObject);
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Show what was kept; what is damaged or of another version is left alone. */
  restore(data: unknown): void {
    this._held = readView(data);
    this.catchUp();
  }

  /** The file is open: keep what is shown of it from now on. */
  watch(browser: ResultBrowser): void {
    this._browser = browser;
    this.catchUp();
    const { comparison, figures, model } = browser;
    model.changed.connect(this._onChange, this);
    figures.figuresChanged.connect(this._onChange, this);
    figures.layoutModified.connect(this._onChange, this);
    comparison?.changed.connect(this._onChange, this);
  }

  /** The tab may have come in sight. */
  catchUp(): void {
    if (this._held && this._browser && this._isInSight()) {
      const view = this._held;
      this._held = null;
      this._text = JSON.stringify(view);
      restoreView(this._browser, view);
    }
  }

  /** Keep nothing any more. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    clearTimeout(this._timer);
    Signal.clearData(this);
  }

  private _onChange(): void {
    // What is not shown yet would be lost.
    if (!this._held && !this._isDisposed) {
      this._timer ??= setTimeout(() => this._keep(), WAIT);
    }
  }

  private _keep(): void {
    this._timer = undefined;
    if (!this._browser || this._held) {
      return;
    }
    const text = JSON.stringify(keepView(this._browser));
    if (text !== this._text) {
      this._text = text;
      this._changed.emit();
    }
  }

  private _browser: ResultBrowser | null = null;
  private _held: IKeptView | null = null;
  private _text = '';
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
