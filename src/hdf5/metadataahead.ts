import type { ArrayCache } from './arraycache';
import { LIMITS } from './limits';
import type { LinkedReader } from './linkedreader';
import type { RangeBytes } from './rangebytes';
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

/** Bytes at the file's start that are worth fetching because it says that its metadata lie there; 0 where there are none. */
export function metadataAhead(options: IMetadataOptions): number {
  const { reader, bytes, cacheBytes } = options;
  try {
    const metadataBytes = bytes ? reader.metadataBytes : 0;
    const most = cacheBytes * LIMITS.metadataShare;
    return metadataBytes <= most ? metadataBytes : 0;
  } catch {
    // The next call comes upon what is wrong, and tells.
    return 0;
  }
}

/** Fetch so many bytes of metadata; rejects where the server fails. */
export async function fetchMetadata(
  { bytes, rounds, arrays }: IMetadataOptions,
  metadataBytes: number
): Promise<void> {
  if (!bytes || metadataBytes === 0) {
    return;
  }
  arrays.lend(bytes.makeRoom(metadataBytes + MORE_BLOCKS));
  const coming = bytes.prefetch([[0, metadataBytes]]);
  rounds.expect(coming);
  await coming;
}
