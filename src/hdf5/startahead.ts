import type { ArrayCache } from './arraycache';
import { LIMITS } from './limits';
import type { LinkedReader } from './linkedreader';
import type { RangeBytes } from './rangebytes';
import type { IReach } from './reach';
import type { Rounds } from './rounds';

/** Whose start is fetched. */
export interface IStartOptions {
  readonly reader: LinkedReader;
  /** Null where all of it is there. */
  readonly bytes: RangeBytes | null;
  readonly rounds: Rounds;
  /** What gives up room for it where it is long. */
  readonly arrays: ArrayCache;
  /** Bytes that a reader keeps in memory. */
  readonly cacheBytes: number;
}

/** Bytes of blocks that are kept beside a file's start. */
const MORE_BLOCKS = 2 << 20;
const NOTHING: IReach = { names: 0, metadata: 0 };

/** Fetches the start of a file, as far as that holds what the file says that it holds. */
export class StartAhead {
  /** Fetch nothing, and know nothing yet. */
  constructor(private readonly _options: IStartOptions) {}

  /** Look how far the start reaches; reads the file, and so is for a moment in which nothing else does. */
  look(): void {
    const { reader, bytes, cacheBytes } = this._options;
    const most = cacheBytes * LIMITS.startShare;
    const kept = (length: number) => (length <= most ? length : 0);
    try {
      const { names, metadata } = bytes ? reader.reach : NOTHING;
      this._reach = { names: kept(names), metadata: kept(metadata) };
    } catch {
      // The next call comes upon what is wrong, and tells.
    }
  }

  /** Whether the names, or all metadata, lie at the start and are not there yet; false where they are too many to be kept. */
  misses(what: keyof IReach): boolean {
    const { bytes } = this._options;
    const length = this._reach[what];
    return length > 0 && bytes !== null && !bytes.has([0, length]);
  }

  /** Whether the file tells where the names lie, or all metadata. */
  tells(what: keyof IReach): boolean {
    return this._reach[what] > 0;
  }

  /** Fetch the names, or all metadata; rejects where the server fails. */
  async fetch(what: keyof IReach): Promise<void> {
    const { bytes, rounds, arrays } = this._options;
    const length = this._reach[what];
    if (!bytes || length === 0) {
      return;
    }
    arrays.lend(bytes.makeRoom(length + MORE_BLOCKS));
    const coming = bytes.prefetch([[0, length]]);
    rounds.expect(coming);
    await coming;
  }

  private _reach = NOTHING;
}
