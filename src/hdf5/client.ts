import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { cancelled, failureOf, ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { relisted } from '../refs/relisted';
import type {
  IFileSummary,
  INodePreview,
  ITrace,
  ITraceRequest,
  NodeDescription,
  NodeListing,
  RoughTrace
} from '../refs/types';
import type { CallName, FileSource, ICalls } from './protocol';
import { NO_ADDRESS } from './protocol';
import type { IActivity, IResultSource } from './source';
import type { IWorkerLike } from './spawn';
import { prepareWorkerWell, spawnWorker } from './spawn';
import type { IClock } from './calls';
import { browserClock, WorkerCalls } from './calls';
import type { IFilePlace, IGiveOptions } from './give';
import { give } from './give';
import { assertRunning, unlessStopped } from './stopping';

/** What a source is made from. */
export interface IResultSourceOptions extends IFilePlace {
  /** The ways to a file that the file links to, by its path from the file's folder; none is followed when absent. */
  readonly beside?: (file: string) => IFilePlace;
  /** Where the file most likely is, told at once; null where that is not known. */
  readonly likely?: () => FileSource | null;
  /** Bytes that the reader may keep in memory; asked for at each opening. */
  readonly cacheBytes?: () => number;
  readonly spawn?: () => IWorkerLike;
  readonly clock?: IClock;
}

/** Milliseconds of work before it is told, and between what is told. */
const QUIET = 250;

/** Milliseconds after an opening until the next file's worker is made ready: first, this one is shown. */
const PREPARE = 500;

/** One open file, read by a worker of its own. */
export class ResultSource implements IResultSource {
  /** Make a source; nothing is read before `open`. */
  constructor(private readonly _options: IResultSourceOptions) {
    this._clock = _options.clock ?? browserClock;
  }

  /** Whether it was disposed of. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** What it is busy with. */
  get activity(): IActivity | null {
    return this._activity;
  }

  /** Emitted when `activity` changed. */
  get activityChanged(): ISignal<this, IActivity | null> {
    return this._activityChanged;
  }

  /** Emitted when more is known of a list than was answered before. */
  get relisted(): ISignal<this, NodeListing> {
    return this._relisted;
  }

  /** Open the file, or open it anew; ahead of the time by its address alone. */
  open(isAhead = false): Promise<IFileSummary> {
    if (this._isDisposed) {
      return Promise.reject(cancelled('the file was closed'));
    }
    const stopped = this._stopped ?? new AbortController();
    this._stopped = stopped;
    const opening = unlessStopped(
      this._open(stopped.signal, isAhead),
      stopped.signal
    );
    this._opening = opening;
    opening.then(
      () => {
        this._idle();
        if (!this._options.spawn) {
          setTimeout(prepareWorkerWell, PREPARE);
        }
      },
      () => {
        // The next call tries anew.
        if (this._opening === opening) {
          this._opening = null;
        }
        this._idle();
      }
    );
    return opening;
  }

  /** The children of groups. */
  list(paths: readonly NodePath[]): Promise<readonly NodeListing[]> {
    return this._ask('list', paths);
  }

  /** The facts of nodes. */
  describe(paths: readonly NodePath[]): Promise<readonly NodeDescription[]> {
    return this._ask('describe', paths);
  }

  /** One variable, paired and reduced. */
  trace(request: ITraceRequest, rough?: RoughTrace): Promise<ITrace> {
    return this._ask('trace', request, rough);
  }

  /** The attributes and first values of a node. */
  preview(path: NodePath): Promise<INodePreview> {
    return this._ask('preview', path);
  }

  /** Stop what runs. */
  stop(): void {
    this._reset(cancelled('stopped'));
  }

  /** Close the file for good. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._reset(cancelled('the file was closed'));
    Signal.clearData(this);
  }

  private async _ask<K extends CallName>(
    call: K,
    argument: ICalls[K]['argument'],
    rough?: RoughTrace
  ): Promise<ICalls[K]['value']> {
    if (this._isDisposed) {
      throw cancelled('the file was closed');
    }
    await (this._opening ?? this.open());
    // It may have been stopped in the moment after it was opened.
    if (!this._calls) {
      throw cancelled('stopped');
    }
    try {
      return await this._calls.call(call, argument, [], rough);
    } finally {
      this._idle();
    }
  }

  private async _open(
    signal: AbortSignal,
    isAhead: boolean
  ): Promise<IFileSummary> {
    const { fallback } = this._options;
    let first: ReadError;
    try {
      return await this._openPlace(signal, isAhead);
    } catch (reason) {
      assertRunning(signal);
      first = new ReadError(failureOf(reason, 'not-found'));
      if (!fallback || isAhead || !NO_ADDRESS.has(first.failure.code)) {
        throw first;
      }
    }
    let buffer: ArrayBuffer;
    try {
      buffer = await fallback(this._progress, signal);
    } catch (reason) {
      assertRunning(signal);
      // What the other way says is of use only where it says it in our words.
      throw reason instanceof ReadError ? reason : first;
    }
    assertRunning(signal);
    return this._openSource({ kind: 'bytes', buffer });
  }

  /** Open the file where it is; ahead of the time where it most likely is, until that is known. */
  private async _openPlace(
    signal: AbortSignal,
    isAhead: boolean
  ): Promise<IFileSummary> {
    const likely = isAhead ? (this._options.likely?.() ?? null) : null;
    const opening = likely && this._openSource(likely);
    // Its failure is told below, if it was the file.
    opening?.catch(() => undefined);
    // Nobody hears of a better list before what was opened is told.
    let late: NodeListing | null = null;
    const hear = (_: unknown, listing: NodeListing) => {
      late = listing;
    };
    this._relisted.connect(hear);
    const source = await this._options.location().finally(() => {
      this._relisted.disconnect(hear);
    });
    assertRunning(signal);
    if (opening && isSamePlace(likely, source)) {
      return opening.then(found => relisted(found, late));
    }
    if (opening) {
      // A worker does one thing after another: this one may wait for what is not the file.
      this._calls?.end(cancelled('the file is elsewhere'));
      this._calls = null;
    }
    return this._openSource(source);
  }

  private _openSource(source: FileSource): Promise<IFileSummary> {
    const transfer = source.kind === 'bytes' ? [source.buffer] : [];
    const cacheBytes = this._options.cacheBytes?.();
    return this._worker().call('open', { ...source, cacheBytes }, transfer);
  }

  /** The running worker, or a fresh one. */
  private _worker(): WorkerCalls {
    if (!this._calls) {
      const calls = new WorkerCalls({
        worker: (this._options.spawn ?? spawnWorker)(),
        clock: this._clock,
        beat: activity => this._tell(activity),
        relisted: listing => this._relisted.emit(listing),
        wanted: wanted => give(wanted, this._giveOptions()),
        ended: failure => {
          if (this._calls === calls) {
            this._reset(failure);
          }
        }
      });
      this._calls = calls;
    }
    return this._calls;
  }

  private _giveOptions(): IGiveOptions {
    this._stopped ??= new AbortController();
    const { signal } = this._stopped;
    return { beside: this._options.beside, progress: this._progress, signal };
  }

  private readonly _progress = (done: number, total: number | null): void =>
    this._tell({ what: 'downloading', done, total });

  /** End the worker and everything that waits; the next call starts afresh. */
  private _reset(reason: ReadError): void {
    const calls = this._calls;
    const stopped = this._stopped;
    this._calls = null;
    this._opening = null;
    this._stopped = null;
    calls?.end(reason);
    stopped?.abort(reason);
    this._idle();
  }

  /** Tell of long work, not of every moment. */
  private _tell(activity: IActivity): void {
    if (this._isDisposed) {
      return;
    }
    const now = this._clock.now();
    this._since = this._since ?? now;
    if (now - Math.max(this._since, this._told) >= QUIET) {
      this._told = now;
      this._setActivity(activity);
    }
  }

  private _idle(): void {
    if (!this._calls || this._calls.pending === 0) {
      this._since = null;
      this._setActivity(null);
    }
  }

  private _setActivity(activity: IActivity | null): void {
    if (this._activity !== activity) {
      this._activity = activity;
      this._activityChanged.emit(activity);
    }
  }

  private readonly _clock: IClock;
  private readonly _activityChanged = new Signal<this, IActivity | null>(this);
  private readonly _relisted = new Signal<this, NodeListing>(this);
  private _activity: IActivity | null = null;
  private _calls: WorkerCalls | null = null;
  private _isDisposed = false;
  private _opening: Promise<IFileSummary> | null = null;
  private _since: number | null = null;
  private _stopped: AbortController | null = null;
  private _told = -Infinity;
}

function isSamePlace(likely: FileSource, source: FileSource): boolean {
  return (
    source.kind === 'url' && JSON.stringify(likely) === JSON.stringify(source)
  );
}
