import type { NodePath } from '../refs/layout';
import type { ITraceRequest } from '../refs/types';
import { LIMITS } from './limits';
import type { IPlace } from './places';
import type { Rounds } from './rounds';
import { isWanted } from './rounds';

/** Looks at what traces are made of before they are made, so that what is missing of all is fetched together. */
export class WaitingTraces {
  /** Look at traces in the places that their paths lead to. */
  constructor(
    private readonly _rounds: Rounds,
    private readonly _place: (path: NodePath) => Promise<IPlace>
  ) {}

  /** Look at a trace, and at those that wait for as long as little is missing. */
  async look(
    request: ITraceRequest,
    waiting: readonly ITraceRequest[]
  ): Promise<void> {
    await this._lookAt(request);
    // A round is about the traces of the round before, not about further ones.
    const most = this._looked.get(request) ?? waiting.length;
    let looked = 0;
    for (const next of waiting.slice(0, most)) {
      if (this._rounds.notedBytes >= LIMITS.together) {
        break;
      }
      looked += 1;
      await this._lookAt(next);
    }
    this._looked.set(request, looked);
  }

  private async _lookAt(request: ITraceRequest): Promise<void> {
    if (this._whole.has(request)) {
      return;
    }
    const { noted } = this._rounds;
    await this._touch(request);
    if (this._rounds.noted === noted) {
      this._whole.add(request);
    }
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
    const { reader, path: inFile } = await this._place(path);
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
  /** How many were looked at together with a trace in the round before. */
  private readonly _looked = new WeakMap<ITraceRequest, number>();
}
