import type { NodePath } from '../refs/layout';
import { childPath, nodeName, parentPath } from '../refs/layout';

/** Something for each of many nodes, kept by the node's parent and its name. */
export class NodeMap<T> {
  /** What is kept for a node. */
  get(path: NodePath): T | undefined {
    return this._below.get(parentPath(path))?.get(nodeName(path));
  }

  /** Whether something is kept for a node. */
  has(path: NodePath): boolean {
    return this.get(path) !== undefined;
  }

  /** What is kept for the children of a node, by their names. */
  below(parent: NodePath): ReadonlyMap<string, T> | undefined {
    return this._below.get(parent);
  }

  /** Keep something for a node. */
  set(path: NodePath, item: T): void {
    const parent = parentPath(path);
    const known = this._below.get(parent);
    if (known) {
      known.set(nodeName(path), item);
    } else {
      this._below.set(parent, new Map([[nodeName(path), item]]));
    }
  }

  /** Keep nothing for a node. */
  delete(path: NodePath): void {
    this._below.get(parentPath(path))?.delete(nodeName(path));
  }

  /** Keep nothing. */
  clear(): void {
    this._below.clear();
  }

  /** The nodes for which something is kept. */
  *paths(): Iterable<NodePath> {
    for (const [parent, items] of this._below) {
      for (const name of items.keys()) {
        yield childPath(parent, name);
      }
    }
  }

  private readonly _below = new Map<NodePath, Map<string, T>>();
}
