import type { NodePath } from '../refs/layout';
import type { ISamples } from './axis';
import type { INumbers } from './samples';
import { Slabs } from './slabs';

/** Samples that are kept, in so many bytes. */
export interface IKeptSamples {
  readonly samples: ISamples;
  readonly byteLength: number;
  /** What of them to keep where there is no room for all. */
  readonly less?: () => IKeptSamples;
}

/** An array as it is kept: its numbers, or samples. */
export type IKept = INumbers | IKeptSamples;

interface IEntry {
  readonly owner: object;
  readonly path: NodePath;
  kept: IKept;
}

/** The arrays kept in memory, of all the files that are read together. */
export class ArrayCache {
  /** Keep so many bytes, and so many of slabs. */
  constructor(
    private _capacity: number,
    slabBytes: number
  ) {
    this.slabs = new Slabs(slabBytes);
  }

  /** What was read last of the arrays that are too long to be kept. */
  readonly slabs: Slabs;

  /** Bytes that are kept at most. */
  get capacity(): number {
    return this._capacity;
  }

  /** Keep so many bytes less, which something else takes. */
  lend(bytes: number): void {
    this._capacity = Math.max(0, this._capacity - bytes);
  }

  /** Keep so many bytes from now on, whatever was lent, and so many of slabs. */
  renew(capacity: number, slabBytes: number): void {
    this._capacity = capacity;
    this.slabs.renew(slabBytes);
  }

  /** An array of a file, which is now the newest; undefined where it is not kept. */
  get(owner: object, path: NodePath): IKept | undefined {
    const entry = this._find(owner, path);
    if (entry) {
      // The order of a Set is the order of insertion.
      this._entries.delete(entry);
      this._entries.add(entry);
    }
    return entry?.kept;
  }

  /**
   * Keep an array in place of what is kept of it. Where they are too many bytes,
   * less is kept of those of which that is of use, and then the oldest go.
   */
  set(owner: object, path: NodePath, kept: IKept): void {
    const before = this._find(owner, path);
    if (before) {
      this._entries.delete(before);
    }
    const newest: IEntry = { owner, path, kept };
    this._entries.add(newest);
    let bytes = 0;
    for (const entry of this._entries) {
      bytes += sizeOf(entry.kept);
    }
    for (const entry of this._entries) {
      const { kept: all } = entry;
      const less = 'samples' in all ? all.less?.() : undefined;
      if (less && bytes > this.capacity) {
        entry.kept = less;
        bytes -= sizeOf(all) - less.byteLength;
      }
    }
    for (const entry of this._entries) {
      if (bytes > this.capacity && entry !== newest) {
        this._entries.delete(entry);
        bytes -= sizeOf(entry.kept);
      }
    }
  }

  /** Let go of the arrays of a file. */
  drop(owner: object): void {
    for (const entry of this._entries) {
      if (entry.owner === owner) {
        this._entries.delete(entry);
      }
    }
    this.slabs.drop(owner);
  }

  private _find(owner: object, path: NodePath): IEntry | undefined {
    for (const entry of this._entries) {
      if (entry.owner === owner && entry.path === path) {
        return entry;
      }
    }
    return undefined;
  }

  private readonly _entries = new Set<IEntry>();
}

function sizeOf(kept: IKept): number {
  return 'samples' in kept
    ? kept.byteLength
    : kept.numbers.byteLength + (kept.exact?.byteLength ?? 0);
}
