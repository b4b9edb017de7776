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

/** Fetch what a file says its metadata are; rejects where that cannot be read. */
export async function fetchMetadata(options: IMetadataOptions): Promise<void> {
  const { reader, bytes, rounds, arrays, cacheBytes } = options;
  const metadataBytes = bytes ? reader.metadataBytes : 0;
  const most = cacheBytes * LIMITS.metadataShare;
  if (!bytes || metadataBytes === 0 || metadataBytes > most) {
    return;
  }
  arrays.lend(bytes.makeRoom(metadataBytes + MORE_BLOCKS));
  const coming = bytes.prefetch([[0, metadataBytes]]);
  rounds.expect(coming);
  await coming;
}
