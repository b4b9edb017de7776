import type { ArrayCache } from './arraycache';
import { LIMITS } from './limits';
import type { LinkedReader } from './linkedreader';
import type { RangeBytes } from './rangebytes';
import type { IReach } from './reader';
import type { Rounds } from './rounds';

/** Whose metadata are fetched. */
export interface IMetadataOptions {
  readonly reader: LinkedReader;
  /** Null where all of them are there. */
  readonly bytes: RangeBytes | null;
  readonly rounds: Rounds;
  /** What gives up room for them where they are many. */
  readonly arrays: ArrayCache;
  /** Bytes that a reader keeps in memory. */
  readonly cacheBytes: number;
}

/** Bytes of blocks that are kept beside a file's metadata. */
const MORE_BLOCKS = 2 << 20;
const NOTHING: IReach = { names: 0, metadata: 0 };

/** Bytes at the file's start that are worth fetching because it says what lies there; 0 where there are none. */
export function reachAhead(options: IMetadataOptions): IReach {
  const { reader, bytes, cacheBytes } = options;
  try {
    const { names, metadata } = bytes ? reader.reach : NOTHING;
    const most = cacheBytes * LIMITS.metadataShare;
    return {
      names: names <= most ? names : 0,
      metadata: metadata <= most ? metadata : 0
    };
  } catch {
    // The next call comes upon what is wrong, and tells.
    return NOTHING;
  }
}

/** Fetch so many bytes at the file's start; rejects where the server fails. */
export async function fetchStart(
  { bytes, rounds, arrays }: IMetadataOptions,
  length: number
): Promise<void> {
  if (!bytes || length === 0) {
    return;
  }
  arrays.lend(bytes.makeRoom(length + MORE_BLOCKS));
  const coming = bytes.prefetch([[0, length]]);
  rounds.expect(coming);
  await coming;
}

/** Fetch the names first, which are looked for first, and then the other metadata. */
export async function fetchReach(
  options: IMetadataOptions,
  { names, metadata }: IReach
): Promise<void> {
  await fetchStart(options, names);
  await fetchStart(options, metadata);
}
