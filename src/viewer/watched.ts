import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IActivity, IResultSource } from '../hdf5/source';
import type { IFailure } from '../refs/failure';
import {
  cancelled,
  failureOf,
  isFileFailure,
  isStop,
  ReadError
} from '../refs/failure';
import type { NodePath } from '../refs/layout';
import type {
  IFileSummary,
  INodeFacts,
  INodePreview,
  ITrace,
  ITraceRequest,
  NodeDescription,
  NodeListing,
  RoughTrace
} from '../refs/types';
import type { Patience, Wanted } from './patience';
import { UncheckedLists } from './uncheckedlists';

/** A read that waits for the file to be opened anew. */
interface IHeld {
  readonly reason: ReadError;
  readonly reject: (reason: ReadError) => void;
}

/**
 * A source that tells when the whole file failed, whoever asked it.
 *
 * The tree, the details and the figures each show their own failures; a file
 * that is gone concerns all of them and is said once, by the viewer. A read
 * that failed because the file is just being written is nobody's business: it
 * waits until the file was opened anew, and everybody asks again.
 */
export class WatchedSource implements IResultSource {
  /**
   * Watch another source, which is disposed with this one; without patience no
   * read waits. Before a failure is believed the file is looked at.
   */
  constructor(
    private readonly _source: IResultSource,
    private readonly _patience: Patience | null = null,
    private readonly _look: () => Promise<void> | null = () => null
  ) {
    _source.relisted.connect(this._onRelisted, this);
  }

  /** Emitted for each read that waits for the file to be opened anew. */
  get readHeld(): ISignal<this, IFailure> {
    return this._readHeld;
  }

  /** Emitted for each failure that concerns the whole file, opening aside. */
  get fileFailed(): ISignal<this, IFailure> {
    return this._fileFailed;
  }

  /** Emitted with the name of a linked file from which something was read. */
  get linkedRead(): ISignal<this, string> {
    return this._linkedRead;
  }

  /** What the source is busy with. */
  get activity(): IActivity | null {
    return this._source.activity;
  }

  /** Emitted when the activity changes. */
  get activityChanged(): ISignal<IResultSource, IActivity | null> {
    return this._source.activityChanged;
  }

  /** Emitted when more is known of a list than was answered before. */
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
    this.release();
  }

  /** Let go of the reads that wait: the file was opened anew, and what is wanted is asked for again. */
  release(): void {
    const reason = cancelled('the file was opened anew');
    this._held.splice(0).forEach(held => held.reject(reason));
  }

  /** Fail the reads that wait with what went wrong with each. */
  giveUp(): void {
    this._held.splice(0).forEach(held => held.reject(held.reason));
  }

  /** Open the file; its failure is for the caller alone. */
  async open(isAhead?: boolean): Promise<IFileSummary> {
    this._openings += 1;
    try {
      return this.takeOver(await this._source.open(isAhead));
    } finally {
      this._openings -= 1;
    }
  }

  /** Take over what an opening found that was begun before this. */
  takeOver(
    begun: IFileSummary | Promise<IFileSummary>
  ): IFileSummary | Promise<IFileSummary> {
    if (begun instanceof Promise) {
      return begun.then(summary => this.takeOver(summary));
    }
    this._unchecked.begin(begun);
    return begun;
  }

  /** The children of groups. */
  list(paths: readonly NodePath[]): Promise<readonly NodeListing[]> {
    return this._watchAll(
      this._beside(() => this._source.list(paths)),
      'list'
    );
  }

  /** The facts of nodes. */
  describe(paths: readonly NodePath[]): Promise<readonly NodeDescription[]> {
    return this._watchAll(
      this._beside(() => this._source.describe(paths)),
      'describe'
    );
  }

  /** One variable, paired and reduced. */
  async trace(request: ITraceRequest, rough?: RoughTrace): Promise<ITrace> {
    const reading = this._counted(this._source.trace(request, rough));
    const trace = await this._watch(this._paired(reading), 'trace');
    this._sawFile(trace.xFacts);
    this._sawFile(trace.facts);
    return trace;
  }

  /** The attributes and first values of a node. */
  preview(path: NodePath): Promise<INodePreview> {
    return this._watch(
      this._beside(() => this._source.preview(path)),
      'preview'
    );
  }

  /** Stop what runs; where traces are read they are what takes long, and the rest is asked for again. */
  stop(): void {
    if (this._traces > 0 && this._openings === 0) {
      this._tracesStopped += 1;
    }
    this._source.stop();
  }

  private async _counted(call: Promise<ITrace>): Promise<ITrace> {
    this._traces += 1;
    try {
      return await call;
    } finally {
      this._traces -= 1;
    }
  }

  /** Ask once more for what only waited behind traces that were stopped. */
  private async _beside<T>(ask: () => Promise<T>): Promise<T> {
    const before = this._tracesStopped;
    try {
      return await ask();
    } catch (reason) {
      const wasStopped = isStop(failureOf(reason, 'damaged'));
      if (wasStopped && this._tracesStopped > before && !this.isDisposed) {
        return ask();
      }
      throw reason;
    }
  }

  private async _watch<T>(call: Promise<T>, what: Wanted): Promise<T> {
    try {
      return await call;
    } catch (reason) {
      if (reason instanceof ReadError) {
        return this._failed<T>(reason, what);
      }
      throw reason;
    }
  }

  private async _watchAll<T extends NodeListing | NodeDescription>(
    call: Promise<readonly T[]>,
    what: Wanted
  ): Promise<readonly T[]> {
    const answers = await this._watch(call, what);
    const failures: IFailure[] = [];
    for (const answer of answers) {
      if ('failure' in answer) {
        failures.push(answer.failure);
      } else {
        this._patience?.sawNode(answer.path, what);
        this._sawFile('facts' in answer ? answer.facts : null);
        if ('names' in answer) {
          this._unchecked.note(answer);
        }
      }
    }
    const passing = await this._passing(failures, what);
    if (passing) {
      return this._hold(new ReadError(passing));
    }
    const ofFile = failures.find(isFileFailure);
    if (ofFile) {
      this._report(ofFile);
    }
    return answers;
  }

  /** A variable that had an x has none of its length while one is written and the other is not. */
  private async _paired(call: Promise<ITrace>): Promise<ITrace> {
    const trace = await call;
    const { pairing, path } = trace;
    if (pairing.kind === 'x') {
      this._withX.add(path);
      this._patience?.sawNode(path, 'trace');
      this._patience?.sawNode(pairing.path, 'trace');
    } else if (pairing.reason === 'x-length' && this._withX.has(path)) {
      const technical = `${pairing.yLength} values, ${pairing.xLength} of x`;
      const failure: IFailure = { code: 'node-unreadable', path, technical };
      if (await this._passing([failure], 'trace')) {
        return this._hold(new ReadError(failure));
      }
    }
    return trace;
  }

  private async _failed<T>(reason: ReadError, what: Wanted): Promise<T> {
    if (await this._passing([reason.failure], what)) {
      return this._hold(reason);
    }
    // A figure says itself what is drawn of a trace that was stopped.
    if (what !== 'trace' || !isStop(reason.failure)) {
      this._report(reason.failure);
    }
    throw reason;
  }

  /** The first failure that comes of the file being written, after another look if need be. */
  private async _passing(
    told: readonly IFailure[],
    what: Wanted
  ): Promise<IFailure | undefined> {
    const patience = this._patience;
    const failures = told.filter(one => !this._unchecked.isOfNothing(one));
    const found = () =>
      this.isDisposed
        ? undefined
        : failures.find(failure => patience?.isPassingRead(failure, what));
    const passing = found();
    if (passing || !failures.some(failure => patience?.mayPass(failure))) {
      return passing;
    }
    await this._look();
    return found();
  }

  private _onRelisted(_: unknown, listing: NodeListing): void {
    this._unchecked.note(listing);
  }

  /** What is told of a group may stand in the master itself; a variable's values and type do not. */
  private _sawFile(facts: INodeFacts | null): void {
    if (facts?.kind === 'dataset' && facts.file !== undefined) {
      this._linkedRead.emit(facts.file);
    }
  }

  private _hold<T>(reason: ReadError): Promise<T> {
    const held = new Promise<T>((_, reject) => {
      this._held.push({ reason, reject });
    });
    this._readHeld.emit(reason.failure);
    return held;
  }

  private _report(failure: IFailure): void {
    if (!this.isDisposed && isFileFailure(failure)) {
      this._fileFailed.emit(failure);
    }
  }

  private _openings = 0;
  private _traces = 0;
  /** How often traces were stopped. */
  private _tracesStopped = 0;
  private readonly _held: IHeld[] = [];
  private readonly _unchecked = new UncheckedLists();
  private readonly _withX = new Set<NodePath>();
  private _linkedRead = new Signal<this, string>(this);
  private _readHeld = new Signal<this, IFailure>(this);
  private _fileFailed = new Signal<this, IFailure>(this);
}
