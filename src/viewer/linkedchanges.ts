import type { IFileState } from './filestate';
import { isSameState } from './filestate';

/** Linked files that are looked at: those from which something was read last. */
const MOST_FILES = 4;

interface ILinkedState {
  /** What it was at the first look, which comes soon after something was read; null before that. */
  opened: IFileState | null;
  latest: IFileState | null;
  /** Whether it had its first turn, even where that told nothing. */
  hadTurn: boolean;
}

/** What is known of the linked files in use, which are looked at in turn. */
export class LinkedChanges {
  /** Take note that something was read from a file; answers whether nothing was known of it. */
  use(file: string): boolean {
    const known = this._files.get(file);
    // The order of a Map is the order of insertion, so this file is now the newest.
    this._files.delete(file);
    this._files.set(
      file,
      known ?? { opened: null, latest: null, hadTurn: false }
    );
    const [oldest] = this._files.keys();
    if (this._files.size > MOST_FILES) {
      this._files.delete(oldest);
    }
    return !known;
  }

  /** The file whose turn it is: one that had none, or else the next by name; null where there is none. */
  next(): string | null {
    const files = [...this._files];
    const [fresh] = files.find(([, { hadTurn }]) => !hadTurn) ?? [];
    const names = files.map(([file]) => file).sort();
    const after = names.find(file => file > this._turn);
    const next = fresh ?? after ?? names[0];
    if (next === undefined) {
      return null;
    }
    this._turn = next;
    return next;
  }

  /** Take note that a file is looked at. */
  begin(file: string): void {
    const known = this._files.get(file);
    if (known) {
      known.hadTurn = true;
    }
  }

  /** Take note of what a look found; answers whether the file is not what it was at the look before. */
  take(file: string, state: IFileState): boolean {
    const known = this._files.get(file);
    if (!known) {
      return false;
    }
    const before = known.latest;
    known.latest = state;
    known.opened ??= state;
    return before !== null && !isSameState(before, state);
  }

  /** The files are read anew as they are now. */
  renew(): void {
    this._files.forEach(known => (known.opened = known.latest));
  }

  /** What a file is that is not what it was when it was read; null where there is none. */
  get stale(): IFileState | null {
    const stale = [...this._files.values()].find(
      ({ opened, latest }) => !isSameState(opened, latest)
    );
    return stale?.latest ?? null;
  }

  private readonly _files = new Map<string, ILinkedState>();
  private _turn = '';
}
