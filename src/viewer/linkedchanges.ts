import type { IFileState } from './filestate';
import { isSameState } from './filestate';

/** Linked files that are looked at again and again: those from which something was read last. */
export const MOST_FILES = 8;

interface ILinkedState {
  /** What it was at the first look, which comes soon after something was read; null before that. */
  opened: IFileState | null;
  latest: IFileState | null;
}

/** What is known of the linked files in use. */
export class LinkedChanges {
  /** Take note that something was read from a file; answers whether nothing was known of it. */
  use(file: string): boolean {
    const known = this._files.get(file);
    // The order of a Map is the order of insertion, so this file is now the newest.
    this._files.delete(file);
    this._files.set(file, known ?? { opened: null, latest: null });
    return !known;
  }

  /** The files to look at. What others were is remembered, for when they are used again. */
  get files(): readonly string[] {
    return [...this._files.keys()].slice(-MOST_FILES);
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

  /** Know nothing of a file until something is read from it again. */
  forget(file: string | undefined): void {
    if (file !== undefined) {
      this._files.delete(file);
    }
  }

  /** All is read anew: no file is in use until something is read from it again. */
  renew(): void {
    this._files.clear();
  }

  /** What a file is that is not what it was when it was read; null where there is none. */
  get stale(): IFileState | null {
    const stale = [...this._files.values()].find(
      ({ opened, latest }) => !isSameState(opened, latest)
    );
    return stale?.latest ?? null;
  }

  private readonly _files = new Map<string, ILinkedState>();
}
