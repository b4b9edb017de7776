import type { Span } from './blocks';
import type { IGroupPlace } from './oldgroup';
import { symbolsOf, treeNode } from './oldgroup';
import type { RangeBytes } from './rangebytes';

/** Bytes of a node, a symbol node or an object's header, mostly; the rest is read when needed. */
const NODE = 544;
/** Bytes around a small group's tree in which what was made with it lies, mostly. */
const BEFORE = 512;
const AROUND = 2048;
/** Requests at a time: the others that a browser allows are for what the user looks at. */
const AT_ONCE = 4;

/**
 * Fetch what lists small groups of the original's layout, and what tells of
 * the datasets in them, so that HDF5 need not ask for one part after another.
 */
export async function fetchGroups(
  bytes: RangeBytes,
  places: readonly IGroupPlace[]
): Promise<void> {
  await bytes.prefetch(
    places.flatMap(({ header, tree, heap }): Span[] => [
      [header, header + NODE],
      [heap, heap + NODE],
      [Math.max(0, tree - BEFORE), tree + AROUND]
    ]),
    AT_ONCE
  );
  const nodes = places.flatMap(({ tree }) => childrenAt(bytes, tree));
  await bytes.prefetch(nodes.map(spanOf), AT_ONCE);
  const headers = nodes.flatMap(node => headersAt(bytes, node));
  await bytes.prefetch(headers.map(spanOf), AT_ONCE);
}

function spanOf(address: number): Span {
  return [address, address + NODE];
}

/** The symbol nodes below a node, if it is the only one of its tree. */
function childrenAt(bytes: RangeBytes, address: number): readonly number[] {
  const node = treeNode(peeked(bytes, address));
  return node?.level === 0 ? node.children : [];
}

function headersAt(bytes: RangeBytes, address: number): number[] {
  const symbols = symbolsOf(peeked(bytes, address)) ?? [];
  return symbols.map(({ header }) => header);
}

/** What stands at an address, if it is there; zeros where not. */
function peeked(bytes: RangeBytes, address: number): Uint8Array {
  const target = new Uint8Array(NODE);
  return bytes.peek(address, target) ? target : new Uint8Array(NODE);
}
