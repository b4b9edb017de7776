import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IResultSource } from '../hdf5/source';
import { failureOf } from '../refs/failure';
import { inGroup, refNames, RESULTS_PATH } from '../refs/layout';
import type {
  IFileSummary,
  IListing,
  ITrace,
  ITraceRequest,
  RoughTrace
} from '../refs/types';
import type { FileNews, IFreshnessOptions } from './freshness';
import { Freshness } from './freshness';
import { WatchedSource } from './watched';

/** The reader of a file that the opened one is compared with, kept up with what is on disk. */
export class ComparedFile implements IDisposable {
  /** Read a file, which is disposed with this; nothing is read before it is asked. */
  constructor(
    private readonly _file: IResultSource,
    setup: IFreshnessOptions
  ) {
    this._freshness = new Freshness(setup);
    this._source = new WatchedSource(_file, this._freshness.patience, () =>
      this._freshness.look()
    );
    this._freshness.due.connect(() => this.renew(), this);
    this._freshness.news.connect((_, news) => this._tell(news), this);
    this._source.readHeld.connect(() => this._freshness.tryAgain(), this);
    this._source.fileFailed.connect(() => {
      if (!this._isOpening) {
        this._freshness.end(true);
      }
    }, this);
    this._source.linkedRead.connect((_, file) => this._freshness.use(file));
  }

  /** What a user is to know of it. */
  get news(): FileNews {
    return this._news;
  }

  /** Emitted when there is something else to know. */
  get newsChanged(): ISignal<this, void> {
    return this._newsChanged;
  }

  /** Emitted when it was opened anew by itself, so that its traces are to be read again. */
  get renewed(): ISignal<this, void> {
    return this._renewed;
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Close the file. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._freshness.dispose();
    this._source.dispose();
    Signal.clearData(this);
  }

  /** One variable. What is wrong with the file, its traces say. */
  async trace(request: ITraceRequest, rough: RoughTrace): Promise<ITrace> {
    if (!this._opening) {
      this._open();
    }
    await this._opening;
    return this._source.trace(inOwnGroup(request, this._groups), rough);
  }

  /** Open it anew for somebody who reads its traces again anyhow. */
  reload(): void {
    this._open();
  }

  /** Open it anew, and have its traces read again unless it is only half there. */
  renew(): void {
    this._isToldOf = true;
    this._open();
  }

  /** Look once in so many milliseconds whether it changed. */
  pace(interval: number): void {
    this._freshness.pace(interval);
  }

  /** What happened while nobody looked is looked at now. */
  catchUp(): void {
    this._freshness.catchUp();
  }

  /** Open it, unless that is under way. */
  private _open(): void {
    if (!this._isOpening) {
      this._isOpening = true;
      this._opening = this._read().then(isSettled => {
        this._isOpening = false;
        if (isSettled && !this._isDisposed) {
          this._onSettled();
        }
      });
    }
  }

  private _onSettled(): void {
    if (this._isToldOf) {
      this._isToldOf = false;
      this._renewed.emit();
    }
    this._source.release();
  }

  /** Answers false where it is being written and will be tried again. Never rejects. */
  private async _read(): Promise<boolean> {
    await this._freshness.begin();
    try {
      // Disposed by now, it rejects.
      this._groups = await this._groupsOf(await this._source.open());
      this._freshness.end(false);
    } catch (reason) {
      this._groups = null;
      if (this._isDisposed) {
        return false;
      }
      if (this._freshness.patience.isPassing(failureOf(reason, 'damaged'))) {
        this._freshness.endHalf();
        return false;
      }
      this._source.giveUp();
      this._freshness.end(true);
    }
    return true;
  }

  private async _groupsOf({
    kind,
    groups
  }: IFileSummary): Promise<IListing | null> {
    if (groups || kind !== 'results') {
      return groups ?? null;
    }
    // What is wrong with them, the traces say.
    const listings = await this._file.list([RESULTS_PATH]).catch(() => []);
    const [listing] = listings;
    return listing && 'names' in listing ? listing : null;
  }

  private _tell(news: FileNews): void {
    this._news = news;
    this._newsChanged.emit();
  }

  private _opening: Promise<void> | null = null;
  /** The groups of the results; null where they are not known. */
  private _groups: IListing | null = null;
  private _isOpening = false;
  /** Whether somebody is to read its traces again. */
  private _isToldOf = false;
  private _news: FileNews = { kind: 'none' };
  private _isDisposed = false;
  private readonly _freshness: Freshness;
  private readonly _source: WatchedSource;
  private readonly _newsChanged = new Signal<this, void>(this);
  private readonly _renewed = new Signal<this, void>(this);
}

/** The request for the only group of a file that does not have the wanted one, and for the x of that group. */
function inOwnGroup(
  request: ITraceRequest,
  groups: IListing | null
): ITraceRequest {
  const { path, x } = request;
  const { group: wanted } = refNames(path);
  const [own] = groups?.names ?? [];
  if (groups?.total !== 1 || own === undefined || wanted === '') {
    return request;
  }
  const moves = x !== null && refNames(x).group === wanted;
  return {
    ...request,
    path: inGroup(path, own),
    x: moves ? inGroup(x, own) : x
  };
}
