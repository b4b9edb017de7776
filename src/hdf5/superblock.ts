import type { IBytes } from './bytes';
import { checksum } from './checksum';
import { SIGNATURE } from './signature';

/** The superblock's version that tells whether somebody has the file open. */
const VERSION_WITH_MARKS = 3;
/** Where its fields stand, for addresses of eight bytes. */
const VERSION_AT = 8;
const ADDRESS_SIZE_AT = 9;
const MARKS_AT = 11;
const END_AT = 28;
const CHECKSUM_AT = 44;
const LENGTH = 48;

/**
 * The bytes of a file as if nobody had it open for writing.
 *
 * HDF5 refuses a file that says it is being written, which is what one looks
 * at during a run, and what one is left with after a crash. What a writer has
 * flushed is whole; where it has not, checksums and the length tell. The end of
 * the file is what it is now, since a writer that others may read along with
 * notes it only when it closes the file.
 */
export function withoutWriter(bytes: IBytes): IBytes {
  const start = new Uint8Array(LENGTH);
  if (bytes.size < LENGTH || bytes.read(0, start) < LENGTH) {
    return bytes;
  }
  const isMarked =
    SIGNATURE.every((value, index) => start[index] === value) &&
    start[VERSION_AT] === VERSION_WITH_MARKS &&
    start[ADDRESS_SIZE_AT] === 8 &&
    start[MARKS_AT] !== 0;
  const view = new DataView(start.buffer);
  if (
    !isMarked ||
    checksum(start.subarray(0, CHECKSUM_AT)) !==
      view.getUint32(CHECKSUM_AT, true)
  ) {
    return bytes;
  }
  start[MARKS_AT] = 0;
  if (view.getBigUint64(END_AT, true) < BigInt(bytes.size)) {
    view.setBigUint64(END_AT, BigInt(bytes.size), true);
  }
  view.setUint32(CHECKSUM_AT, checksum(start.subarray(0, CHECKSUM_AT)), true);
  return new Overlaid(bytes, start);
}

/** Bytes of which the first few are others. */
class Overlaid implements IBytes {
  constructor(
    private readonly _bytes: IBytes,
    private readonly _start: Uint8Array
  ) {}

  get size(): number {
    return this._bytes.size;
  }

  read(position: number, target: Uint8Array): number {
    const count = this._bytes.read(position, target);
    if (position < this._start.length) {
      target.set(this._start.subarray(position, position + count));
    }
    return count;
  }
}
