import type { NodePath } from '../refs/layout';
import { LIMITS } from './limits';
import type { INumbers } from './samples';

interface IEntry {
  readonly owner: object;
  readonly path: NodePath;
  readonly numbers: INumbers;
}

/** The arrays kept in memory, of all the files that are read together. */
export class ArrayCache {
  /** An array of a file, which is now the newest; undefined where it is not kept. */
  get(owner: object, path: NodePath): INumbers | undefined {
    for (const entry of this._entries) {
      if (entry.owner === owner && entry.path === path) {
        // The order of a Set is the order of insertion.
        this._entries.delete(entry);
        this._entries.add(entry);
        return entry.numbers;
      }
    }
    return undefined;
  }

  /** Keep an array, and let go of the oldest where they are too many bytes. */
  set(owner: object, path: NodePath, numbers: INumbers): void {
    this._entries.add({ owner, path, numbers });
    let bytes = 0;
    for (const entry of this._entries) {
      bytes += sizeOf(entry.numbers);
    }
    for (const entry of this._entries) {
      if (bytes <= LIMITS.arrayCache || this._entries.size === 1) {
        return;
      }
      this._entries.delete(entry);
      bytes -= sizeOf(entry.numbers);
    }
  }

  /** Let go of the arrays of a file. */
  drop(owner: object): void {
    for (const entry of this._entries) {
      if (entry.owner === owner) {
        this._entries.delete(entry);
      }
    }
  }

  private readonly _entries = new Set<IEntry>();
}

function sizeOf({ numbers, exact }: INumbers): number {
  return numbers.byteLength + (exact?.byteLength ?? 0);
}
