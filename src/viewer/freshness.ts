import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IFileSummary } from '../refs/types';
import type { IFileLook } from './changes';
import { FileChanges } from './changes';
import type { IFileState } from './filestate';
import type { Following } from './following';
import { Patience } from './patience';

/** Milliseconds between two openings of a file that is followed, at least. */
const FOLLOW_GAP = 2000;

/** How often the time doubles after which a file that failed is tried again without a change. */
const MOST_DOUBLINGS = 3;

/** Milliseconds without trouble after which a file counts as written. */
const WRITTEN_AFTER = 1500;

/** What a user is to know: that there is something new, that it is being written, that it is there no more, or nothing. */
export type FileNews =
  | { readonly kind: 'changed'; readonly date: Date }
  | { readonly kind: 'writing' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'none' };

/** When changes are looked for, and what is done then. */
export interface IWatch {
  readonly following: Following;
  /** Whether anybody sees what is shown; nothing is done otherwise. */
  readonly isInSight: () => boolean;
}

/** What freshness is kept by. */
export interface IFreshnessOptions extends IWatch {
  /** How changes on disk are noticed; only by reading when absent. */
  readonly look?: IFileLook;
}

/** Decides when a file that changes is opened anew, and when that is offered. */
export class Freshness implements IDisposable {
  /** Watch over a file that was not opened yet. */
  constructor(private readonly _setup: IFreshnessOptions) {
    const { look, following, isInSight } = _setup;
    following.changed.connect(this._judge, this);
    document.addEventListener('visibilitychange', this);
    if (look) {
      this._changes = new FileChanges(look, isInSight);
      this._changes.changed.connect(this._onChanged, this);
      this._changes.lost.connect(this._judge, this);
    }
  }

  /** What may pass by itself. */
  readonly patience = new Patience();

  /** Emitted when the file is to be opened. */
  get due(): ISignal<this, void> {
    return this._due;
  }

  /** Emitted when there is something to tell, or to tell no more. */
  get news(): ISignal<this, FileNews> {
    return this._news;
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Open nothing any more. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    document.removeEventListener('visibilitychange', this);
    this._unschedule();
    clearTimeout(this._calm);
    this._changes?.dispose();
    Signal.clearData(this);
  }

  /** Look at once whether the file changed; null when it cannot be looked at. */
  look(): Promise<void> | null {
    return this._changes?.look() ?? null;
  }

  /** Look once in so many milliseconds. */
  pace(interval: number): void {
    this._changes?.pace(interval);
  }

  /** Take note that something was read from a linked file. */
  use(linked: string): void {
    this._changes?.use(linked);
  }

  /** Take note that the file is about to be read; null when there is nothing to wait for. */
  begin(): Promise<void> | null {
    this._unschedule();
    this._isOpening = true;
    this._takeAge(this._setup.look?.first() ?? null);
    const noted = this._changes?.note() ?? null;
    return noted && noted.then(() => this._takeAge(this._changes!.latest));
  }

  /** Whether a file that was read before `begin` is surely what it was then. */
  isSame(summary: IFileSummary): boolean {
    return this._changes?.isOpened(summary) ?? true;
  }

  /** Take note that the file was opened, or that it failed for good. */
  end(isFailed: boolean): void {
    if (this._isDisposed) {
      return;
    }
    this._isOpening = false;
    this._failures = isFailed ? this._failures + 1 : 0;
    this._openedAt = performance.now();
    if (!isFailed) {
      this.patience.sawWhole();
    }
    this._changes?.start();
    this._calmDown();
    this._judge();
  }

  /** The file is being written: open it anew, at once at first. */
  tryAgain(): void {
    // An opening that is under way is a try, and ends by itself.
    if (this._isScheduled || this._isOpening || this._isDisposed) {
      return;
    }
    const delay = this.patience.nextDelay();
    clearTimeout(this._calm);
    if (delay > 0) {
      this._tell({ kind: 'writing' });
    }
    this._changes?.start();
    this._schedule(delay);
  }

  /** The same after an opening that failed. */
  endHalf(): void {
    this._isOpening = false;
    this.tryAgain();
  }

  /** What happened while nobody looked is looked at now. */
  catchUp(): void {
    if (!this._setup.isInSight()) {
      return;
    }
    this._changes?.refresh();
    if (this._isWaiting) {
      this._unschedule();
      this._due.emit();
    }
  }

  /** Handle that the page was hidden or shown again. */
  handleEvent(event: Event): void {
    if (event.type === 'visibilitychange') {
      this.catchUp();
    }
  }

  /** A file that was written a moment before it was first opened may not be whole. */
  private _takeAge(state: IFileState | null): void {
    if (state && !this._isAged) {
      this._isAged = true;
      // A clock that goes otherwise than the server's makes it older or newer.
      const age = Date.now() - Date.parse(state.modified);
      this.patience.sawAge(Math.max(0, age) || 0);
    }
  }

  private _onChanged(): void {
    this.patience.sawChange();
    this._failures = Math.min(this._failures, 1);
    this._judge();
  }

  /** Offer or follow what is new on disk, or withdraw an offer of what is there no more. */
  private _judge(): void {
    const { _changes: changes, _openedAt: openedAt } = this;
    const { following } = this._setup;
    if (this._isForFollowing && !following.isOn) {
      this._unschedule();
    }
    if (this._isOpening || this._isScheduled || !changes?.latest) {
      return;
    }
    const { stale, isLost } = changes;
    if (isLost) {
      // Where it failed, that is said already, and it is tried when it is back.
      if (this._failures === 0) {
        this._tell({ kind: 'gone' });
      }
    } else if (!stale) {
      this._untell('changed');
      this._untell('gone');
    } else if (this._failures > 0) {
      const gap =
        FOLLOW_GAP * 2 ** Math.min(this._failures - 1, MOST_DOUBLINGS);
      this._schedule(openedAt + gap - performance.now());
    } else if (following.isOn) {
      this._schedule(openedAt + FOLLOW_GAP - performance.now());
      this._isForFollowing = true;
    } else {
      const date = new Date(stale.modified);
      this._tell({ kind: 'changed', date });
    }
  }

  private _tell(news: FileNews): void {
    this._told = news.kind;
    this._news.emit(news);
  }

  /** Tell no more of this. */
  private _untell(kind: FileNews['kind']): void {
    if (this._told === kind) {
      this._tell({ kind: 'none' });
    }
  }

  /** What was opened may prove half-written when it is read; until then what is told stays. */
  private _calmDown(): void {
    clearTimeout(this._calm);
    this._calm = window.setTimeout(
      () => this._untell('writing'),
      WRITTEN_AFTER
    );
  }

  /** Open the file after some milliseconds, or once it is in sight again. */
  private _schedule(delay: number): void {
    this._isScheduled = true;
    this._timer = window.setTimeout(
      () => {
        if (this._setup.isInSight()) {
          this._unschedule();
          this._due.emit();
        } else {
          this._isWaiting = true;
        }
      },
      Math.max(0, delay)
    );
  }

  private _unschedule(): void {
    clearTimeout(this._timer);
    this._isScheduled = this._isWaiting = this._isForFollowing = false;
  }

  private _changes: FileChanges | null = null;
  private _isAged = false;
  private _isOpening = false;
  /** How often it failed for good since it changed last. */
  private _failures = 0;
  private _told: FileNews['kind'] = 'none';
  /** An opening is to come; it waits while nobody looks. */
  private _isScheduled = false;
  private _isWaiting = false;
  private _isForFollowing = false;
  private _isDisposed = false;
  private _openedAt = -Infinity;
  private _timer = 0;
  private _calm = 0;
  private readonly _due = new Signal<this, void>(this);
  private readonly _news = new Signal<this, FileNews>(this);
}
