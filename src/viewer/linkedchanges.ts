import type { IFileState } from './changes';

/** Linked files that are looked at: those from which something was read last. */
const MOST_FILES = 4;

interface ILinkedState {
  /** What it was when it was read first; null before the first look. */
  opened: IFileState | null;
  latest: IFileState | null;
}

/** What is known of the linked files in use, which are looked at in turn. */
export class LinkedChanges {
  /** Know nothing; `isSame` compares two states of a file. */
  constructor(
    private readonly _isSame: (
      a: IFileState | null,
      b: IFileState | null
    ) => boolean
  ) {}

  /** Take note that something was read from a file. */
  use(file: string): void {
    const known = this._files.get(file);
    // The order of a Map is the order of insertion, so this file is now the newest.
    this._files.delete(file);
    this._files.set(file, known ?? { opened: null, latest: null });
    for (const oldest of this._files.keys()) {
      if (this._files.size <= MOST_FILES) {
        return;
      }
      this._files.delete(oldest);
    }
  }

  /** The file whose turn it is: one that was never looked at, or else the next; null where there is none. */
  next(): string | null {
    const files = [...this._files];
    const [unknown] = files.find(([, { latest }]) => latest === null) ?? [];
    const names = files.map(([file]) => file).sort();
    const after = names.find(file => file > this._turn);
    this._turn = unknown ?? after ?? names[0] ?? '';
    return this._turn || null;
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
    return before !== null && !this._isSame(before, state);
  }

  /** The files are read anew as they are now. */
  renew(): void {
    this._files.forEach(known => (known.opened = known.latest));
  }

  /** What a file is that is not what it was when it was read; null where there is none. */
  get stale(): IFileState | null {
    const stale = [...this._files.values()].find(
      ({ opened, latest }) => !this._isSame(opened, latest)
    );
    return stale?.latest ?? null;
  }

  private readonly _files = new Map<string, ILinkedState>();
  private _turn = '';
}
