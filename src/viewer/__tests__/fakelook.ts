import { Signal } from '@lumino/signaling';
import type { IFileLook } from '../changes';
import type { IFileState } from '../filestate';

/** When a fake file was changed at first. */
export const LONG_AGO = '2026-01-01T12:00:00.000001Z';

/** A file on a server, of which only date and size are seen. */
export class FakeLook implements IFileLook {
  /** What the server says of it. */
  state: IFileState = { modified: LONG_AGO, size: 100 };
  /** What a look waits for. */
  gate: Promise<void> = Promise.resolve();
  /** Whether the server does not answer. */
  isGone = false;
  /** Whether there is no such file. */
  isDeleted = false;
  looked = 0;
  /** The most looks that were under way at a time. */
  most = 0;
  readonly changed = new Signal<unknown, unknown>({});

  /** Change the file: its date, and its size where it is given. */
  write(modified: string, size = 100): void {
    this.state = { modified, size };
  }

  first(): IFileState | null {
    return this._first;
  }

  /** What the server says of the files that it links to. */
  readonly linked = new Map<string, IFileState>();
  /** The linked files that were looked at, one after the other. */
  readonly lookedAt: string[] = [];

  async look(linked?: string): Promise<IFileState | null> {
    this.looked += 1;
    if (linked !== undefined) {
      this.lookedAt.push(linked);
    }
    this._under += 1;
    this.most = Math.max(this.most, this._under);
    await this.gate;
    this._under -= 1;
    if (this.isGone) {
      throw new Error('404');
    }
    if (linked !== undefined) {
      return this._linkedState(linked);
    }
    return this.isDeleted ? null : this.state;
  }

  private _linkedState(linked: string): IFileState {
    const state = this.linked.get(linked);
    if (!state) {
      throw new Error(`404 ${linked}`);
    }
    return state;
  }

  private _under = 0;
  private readonly _first = this.state;
}

/** Let time pass, and what is promised in it come true. */
export async function pass(milliseconds: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(milliseconds);
}
