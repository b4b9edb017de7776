import { Fields } from './fields';

/** Bytes of a sum. */
export const CHECKSUM = 4;

/** Bytes that are mixed in at a time. */
const BLOCK = 12;

/** What stands before the sum at the end, if that is right; else throws a `RangeError`. */
export function summed({ bytes }: Fields): Fields {
  const summed = bytes.subarray(0, -CHECKSUM);
  const sum = new Fields(bytes.subarray(-CHECKSUM)).number(CHECKSUM);
  if (sum !== checksum(summed)) {
    throw new RangeError('a wrong sum');
  }
  return new Fields(summed);
}

/** Bob Jenkins' lookup3, with which HDF5 guards its metadata. */
export function checksum(data: Uint8Array): number {
  let a = (0xdeadbeef + data.length) | 0;
  let b = a;
  let c = a;
  let at = 0;
  // Called for each header that is looked at: numbers in place of lists.
  for (; data.length - at > BLOCK; at += BLOCK) {
    a = (a + word(data, at)) | 0;
    b = (b + word(data, at + 4)) | 0;
    c = (c + word(data, at + 8)) | 0;
    a = (a - c) ^ rotated(c, 4);
    c = (c + b) | 0;
    b = (b - a) ^ rotated(a, 6);
    a = (a + c) | 0;
    c = (c - b) ^ rotated(b, 8);
    b = (b + a) | 0;
    a = (a - c) ^ rotated(c, 16);
    c = (c + b) | 0;
    b = (b - a) ^ rotated(a, 19);
    a = (a + c) | 0;
    c = (c - b) ^ rotated(b, 4);
    b = (b + a) | 0;
  }
  if (at < data.length) {
    a = (a + word(data, at)) | 0;
    b = (b + word(data, at + 4)) | 0;
    c = (c + word(data, at + 8)) | 0;
    c = ((c ^ b) - rotated(b, 14)) | 0;
    a = ((a ^ c) - rotated(c, 11)) | 0;
    b = ((b ^ a) - rotated(a, 25)) | 0;
    c = ((c ^ b) - rotated(b, 16)) | 0;
    a = ((a ^ c) - rotated(c, 4)) | 0;
    b = ((b ^ a) - rotated(a, 14)) | 0;
    c = ((c ^ b) - rotated(b, 24)) | 0;
  }
  return c >>> 0;
}

/** Four bytes as a number; what is behind the end counts as 0. */
function word(data: Uint8Array, at: number): number {
  return (
    data[at] | (data[at + 1] << 8) | (data[at + 2] << 16) | (data[at + 3] << 24)
  );
}

function rotated(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
