import type { Span } from './blocks';
import { partAt, partSpan } from './grouppart';
import { symbolsOf, treeNode } from './oldgroup';
import type { IGroupPlace } from './oldgroups';
import type { RangeBytes } from './rangebytes';

/** Bytes around a small group's tree in which what was made with it lies, mostly. */
const BEFORE = 512;
const AROUND = 2048;

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
      partSpan(header),
      partSpan(heap),
      [Math.max(0, tree - BEFORE), tree + AROUND]
    ])
  );
  const nodes = places.flatMap(({ tree }) => childrenAt(bytes, tree));
  await bytes.prefetch(nodes.map(partSpan));
  const headers = nodes.flatMap(node => headersAt(bytes, node));
  await bytes.prefetch(headers.map(partSpan));
}

/** The symbol nodes below a node, if it is the only one of its tree. */
function childrenAt(bytes: RangeBytes, address: number): readonly number[] {
  const node = treeNode(partAt(bytes, address));
  return node?.level === 0 ? node.children : [];
}

function headersAt(bytes: RangeBytes, address: number): number[] {
  const symbols = symbolsOf(partAt(bytes, address)) ?? [];
  return symbols.map(({ header }) => header);
}
