import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { ViewerOptions } from './options';

/** Whether the changes of a tab's files are shown by themselves: as the settings say, until something else is chosen for the tab. */
export class Following implements IDisposable {
  /** Do as the settings say. */
  constructor(private readonly _options: ViewerOptions) {
    _options.changed.connect(() => this._changed.emit(), this);
  }

  /** Whether each change is shown by itself; it is offered otherwise. */
  get isOn(): boolean {
    return this._chosen ?? this._options.current.onFileChange === 'follow';
  }

  /** Emitted when it may be another. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Choose for this tab, whatever the settings say. */
  choose(isOn: boolean): void {
    this._chosen = isOn;
    this._changed.emit();
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Listen to the settings no more. */
  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
    }
  }

  private _chosen: boolean | null = null;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
