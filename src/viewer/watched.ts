import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IActivity, IResultSource } from '../hdf5/source';
import type { IFailure } from '../refs/failure';
import { isFileFailure, ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import type {
  IFileSummary,
  INodePreview,
  ITrace,
  ITraceRequest,
  NodeDescription,
  NodeListing
} from '../refs/types';

/**
 * A source that tells when the whole file failed, whoever asked it.
 *
 * The tree, the details and the figures each show their own failures; a file
 * that is gone concerns all of them and is said once, by the viewer.
 */
export class WatchedSource implements IResultSource {
  /** Watch another source; it is disposed with this one. */
  constructor(private readonly _source: IResultSource) {}

  /** Emitted for each failure that concerns the whole file, opening aside. */
  get fileFailed(): ISignal<this, IFailure> {
    return this._fileFailed;
  }

  /** What the source is busy with. */
  get activity(): IActivity | null {
    return this._source.activity;
  }

  /** Emitted when the activity changes. */
  get activityChanged(): ISignal<IResultSource, IActivity | null> {
    return this._source.activityChanged;
  }

  /** Emitted when a list that was answered before turned out wrong. */
  get relisted(): ISignal<IResultSource, NodeListing> {
    return this._source.relisted;
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._source.isDisposed;
  }

  /** Dispose of the watched source. */
  dispose(): void {
    Signal.clearData(this);
    this._source.dispose();
  }

  /** Open the file; its failure is for the caller alone. */
  open(): Promise<IFileSummary> {
    return this._source.open();
  }

  /** The children of groups. */
  list(paths: readonly NodePath[]): Promise<readonly NodeListing[]> {
    return this._watchAll(this._source.list(paths));
  }

  /** The facts of nodes. */
  describe(paths: readonly NodePath[]): Promise<readonly NodeDescription[]> {
    return this._watchAll(this._source.describe(paths));
  }

  /** One variable, paired and reduced. */
  trace(request: ITraceRequest): Promise<ITrace> {
    return this._watch(this._source.trace(request));
  }

  /** The attributes and first values of a node. */
  preview(path: NodePath): Promise<INodePreview> {
    return this._watch(this._source.preview(path));
  }

  /** Stop what runs. */
  stop(): void {
    this._source.stop();
  }

  private async _watch<T>(call: Promise<T>): Promise<T> {
    try {
      return await call;
    } catch (reason) {
      if (reason instanceof ReadError) {
        this._report(reason.failure);
      }
      throw reason;
    }
  }

  private async _watchAll<T extends NodeListing | NodeDescription>(
    call: Promise<readonly T[]>
  ): Promise<readonly T[]> {
    const answers = await this._watch(call);
    for (const answer of answers) {
      if ('failure' in answer && isFileFailure(answer.failure)) {
        this._report(answer.failure);
        break;
      }
    }
    return answers;
  }

  private _report(failure: IFailure): void {
    if (!this.isDisposed && isFileFailure(failure)) {
      this._fileFailed.emit(failure);
    }
  }

  private _fileFailed = new Signal<this, IFailure>(this);
}
