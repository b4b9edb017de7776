import { partAt, partSpan } from './grouppart';
import { LIMITS } from './limits';
import type { ITreeNode } from './oldgroup';
import { treeNode } from './oldgroup';
import type { RangeBytes } from './rangebytes';

/** Requests at a time: whatever the user looks at meanwhile goes first. */
const AT_ONCE = 3;

/**
 * Fetch all that lists an old group, from the uppermost node of its B-tree
 * down, or as far as it is one; false where that is too much to be kept.
 */
export async function fetchGroup(
  bytes: RangeBytes,
  root: ITreeNode
): Promise<boolean> {
  let nodes: readonly ITreeNode[] = [root];
  for (;;) {
    const children = nodes.flatMap(node => node.children);
    if (children.length > LIMITS.checkedParts) {
      return false;
    }
    await bytes.prefetch(children.map(partSpan), AT_ONCE);
    if (nodes.every(node => node.level === 0)) {
      return true;
    }
    const [{ level }] = nodes;
    const below = children.flatMap(address => nodeAt(bytes, address));
    // What does not lie a level lower is no part of a tree, and may lead in a circle.
    nodes = below.filter(node => node.level === level - 1);
    if (nodes.length < below.length) {
      return true;
    }
  }
}

function nodeAt(bytes: RangeBytes, address: number): ITreeNode[] {
  const node = treeNode(partAt(bytes, address));
  return node ? [node] : [];
}
