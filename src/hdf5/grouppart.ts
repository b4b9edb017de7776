import type { Span } from './blocks';
import type { RangeBytes } from './rangebytes';

/** Bytes of a node, a symbol node or a header of an old group, mostly; the rest of larger ones is read when needed. */
const PART = 1024;

/** Where a part of an old group lies. */
export function partSpan(address: number): Span {
  return [address, address + PART];
}

/** What stands at an address, if it is there; no bytes where not. */
export function partAt(bytes: RangeBytes, address: number): Uint8Array {
  const length = Math.max(0, Math.min(PART, bytes.size - address));
  const target = new Uint8Array(length);
  return bytes.peek(address, target) ? target : new Uint8Array(0);
}
