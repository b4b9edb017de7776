import type { NodePath } from '../refs/layout';
import type { ITraceRequest } from '../refs/types';
import { LIMITS } from './limits';
import type { Places } from './places';
import type { Rounds } from './rounds';
import { isWanted } from './rounds';

/** Looks at what traces are made of before they are made, so that what is missing of all is fetched together. */
export class WaitingTraces {
  /** Look at traces in the places that their paths lead to. */
  constructor(
    private readonly _rounds: Rounds,
    private readonly _places: Places
  ) {}

  /**
   * Look at a trace, and while something of it is missing at those that wait,
   * for as long as little is missing; no file is opened for these. Answers
   * whether something is missing of the trace itself.
   */
  async look(
    request: ITraceRequest,
    waiting: readonly ITraceRequest[]
  ): Promise<boolean> {
    // A round is about the traces of the round before, not about further ones.
    const before = this._looked.get(request);
    const isMissing = await this._lookAt(request);
    const looked: ITraceRequest[] = [];
    for (const next of before ?? (isMissing ? waiting : [])) {
      if (this._rounds.notedBytes >= LIMITS.together) {
        break;
      }
      if (this._isHere(next)) {
        looked.push(next);
        await this._lookAt(next);
      }
    }
    if (isMissing) {
      this._looked.set(request, looked);
    } else {
      // What came for the others is taken up; for what they still miss, this one does not wait.
      this._looked.delete(request);
      this._rounds.forget();
    }
    return isMissing;
  }

  private _isHere({ path, x }: ITraceRequest): boolean {
    return this._places.isHere(path) && (x === null || this._places.isHere(x));
  }

  /** Look at what a trace is made of; whether something is missing. */
  private async _lookAt(request: ITraceRequest): Promise<boolean> {
    if (this._whole.has(request)) {
      return false;
    }
    const { noted } = this._rounds;
    await this._touch(request);
    if (this._rounds.noted !== noted) {
      return true;
    }
    this._whole.add(request);
    return false;
  }

  private async _touch({ path, x }: ITraceRequest): Promise<void> {
    try {
      (await this._reading(path)).line();
    } catch (reason) {
      if (!isWanted(reason)) {
        // It goes wrong again, and is told, when the trace is made.
        return;
      }
    }
    if (x !== null) {
      await this._reading(x)
        .then(reading => reading.axis())
        .catch(() => undefined);
    }
  }

  private async _reading(
    path: NodePath
  ): Promise<{ line(): void; axis(): void }> {
    const { reader, path: inFile } = await this._places.of(path);
    // What comes as a stream is not read by HDF5.
    const readable = () => {
      const drawable = reader.drawable(inFile);
      return reader.long(inFile) ? null : drawable;
    };
    return {
      line: () => readable()?.line(0),
      axis: () => readable() && reader.axis(inFile)
    };
  }

  /** Those of which nothing was missing. */
  private readonly _whole = new WeakSet<ITraceRequest>();
  /** Those that were looked at together with a trace in the round before. */
  private readonly _looked = new WeakMap<
    ITraceRequest,
    readonly ITraceRequest[]
  >();
}
