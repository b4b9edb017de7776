import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IFailure } from '../refs/failure';
import { failureOf } from '../refs/failure';
import type { NodePath } from '../refs/layout';

/** Paths sent at a time, so that what a user looks at never waits behind thousands. */
const BATCH = 256;

/** An answer for one node, or why there is none. */
interface IAnswer {
  readonly path: NodePath;
  readonly failure?: IFailure;
}

/** The requests for one sort of answer: in batches, each node once, its failure kept. */
export class NodeRequests<T extends IAnswer> implements IDisposable {
  /** Make requests through a call that may answer for the first few paths only. */
  constructor(
    private readonly _ask: (paths: readonly NodePath[]) => Promise<readonly T[]>
  ) {}

  /** Emitted at once with answers, and with failures where the whole call failed. */
  get answered(): ISignal<this, readonly (T | IFailedNode)[]> {
    return this._answered;
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Drop the answers that are still to come. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this.forget();
    Signal.clearData(this);
  }

  /** Why there is no answer for a node. */
  failure(path: NodePath): IFailure | null {
    return this._failures.get(path) ?? null;
  }

  /** Forget failures, and drop the answers that are still to come. */
  forget(): void {
    this._generation += 1;
    this._failures.clear();
    this._pending.clear();
  }

  /** Ask for nodes that are not being asked for; resolves when all have an answer, and never rejects. */
  async request(paths: readonly NodePath[]): Promise<void> {
    if (this._isDisposed) {
      return;
    }
    const waits = new Set<Promise<void>>();
    const fresh = new Set<NodePath>();
    for (const path of paths) {
      const pending = this._pending.get(path);
      if (pending) {
        waits.add(pending);
      } else {
        fresh.add(path);
      }
    }
    if (fresh.size > 0) {
      waits.add(this._start([...fresh]));
    }
    await Promise.all(waits);
  }

  private _start(paths: readonly NodePath[]): Promise<void> {
    const done = this._askAll(paths, this._generation);
    for (const path of paths) {
      this._pending.set(path, done);
    }
    return done;
  }

  private async _askAll(
    paths: readonly NodePath[],
    generation: number
  ): Promise<void> {
    // The paths have to be noted as pending before the first answer comes.
    await Promise.resolve();
    let rest = paths;
    while (rest.length > 0 && generation === this._generation) {
      const answers = await this._answers(rest);
      if (generation !== this._generation) {
        return;
      }
      this._keep(answers);
      const had = new Set(answers.map(answer => answer.path));
      rest = rest.filter(path => !had.has(path));
    }
  }

  /** Answers for some of the paths; the same failure for all of them when the call fails. */
  private async _answers(
    paths: readonly NodePath[]
  ): Promise<readonly (T | IFailedNode)[]> {
    let failure: IFailure;
    try {
      const batch = paths.slice(0, BATCH);
      const answers = await this._ask(batch);
      const asked = new Set(batch);
      const useful = answers.filter(answer => asked.has(answer.path));
      if (useful.length > 0) {
        return useful;
      }
      failure = { code: 'node-unreadable', technical: 'no answer' };
    } catch (reason) {
      failure = failureOf(reason, 'node-unreadable');
    }
    return paths.map(path => ({ path, failure }));
  }

  private _keep(answers: readonly (T | IFailedNode)[]): void {
    for (const { path, failure } of answers) {
      this._pending.delete(path);
      if (failure) {
        this._failures.set(path, failure);
      } else {
        this._failures.delete(path);
      }
    }
    this._answered.emit(answers);
  }

  private _isDisposed = false;
  private _generation = 0;
  private readonly _failures = new Map<NodePath, IFailure>();
  private readonly _pending = new Map<NodePath, Promise<void>>();
  private readonly _answered = new Signal<this, readonly (T | IFailedNode)[]>(
    this
  );
}

/** A node that a call as a whole gave no answer for. */
export interface IFailedNode {
  readonly path: NodePath;
  readonly failure: IFailure;
}
