import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { NodePath } from '../refs/layout';
import type { Contents } from './contents';
import { FilterRun } from './filterrun';

/** The search whose matches the tree shows, and the one that is to follow it. */
export class TreeSearch implements IDisposable {
  /** Search contents, when it is told to. */
  constructor(private readonly _contents: Contents) {}

  /** Emitted when there is news of the search that is shown, or another one is. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted at once with the groups below which the search that is shown leaves other names than before. */
  get found(): ISignal<this, readonly NodePath[]> {
    return this._found;
  }

  /** The search that is shown; null without a filter. */
  get run(): FilterRun | null {
    return this._run;
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Search no longer. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this.stop();
    Signal.clearData(this);
  }

  /** Search; what was found before stays for the moment that most searches take, so that rows are made once. */
  start(text: string): void {
    this._text = text;
    if (this._isDisposed) {
      return;
    }
    this._run?.dispose();
    const next = this._begin(() => true);
    if (next.hasNews) {
      this._take(next);
    }
  }

  /** Search what was opened anew; what was found before stays until that is done. */
  again(): void {
    if (this._isDisposed || this._run?.progress) {
      this.start(this._text);
      return;
    }
    const isDone = ({ progress }: FilterRun) =>
      !progress || !!progress.isCutOff;
    const next = this._begin(isDone);
    // It may have come to its end before anybody listened.
    if (isDone(next)) {
      this._take(next);
    }
  }

  /** Show nothing of it any more. */
  stop(): void {
    this._stop(null);
  }

  /** Start a search that is shown once it has something to tell that is fit to be. */
  private _begin(isFit: (run: FilterRun) => boolean): FilterRun {
    this._next?.dispose();
    const next = new FilterRun({ contents: this._contents, text: this._text });
    this._next = next;
    next.found.connect((_, groups) => {
      if (next === this._run) {
        this._found.emit(groups);
      }
    });
    next.changed.connect(() => {
      if (next === this._run) {
        this._changed.emit();
      } else if (next === this._next && isFit(next)) {
        this._take(next);
      }
    });
    return next;
  }

  private _take(run: FilterRun): void {
    this._stop(run);
    this._run = run;
    this._changed.emit();
  }

  private _stop(butNot: FilterRun | null): void {
    for (const run of [this._run, this._next]) {
      if (run !== butNot) {
        run?.dispose();
      }
    }
    this._run = null;
    this._next = null;
  }

  private _text = '';
  private _run: FilterRun | null = null;
  /** A search that takes the place of the present one when it has something to show. */
  private _next: FilterRun | null = null;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
  private readonly _found = new Signal<this, readonly NodePath[]>(this);
}
