import type { NodePath } from '../refs/layout';

/** The selected variables, in the order they were selected in. */
export class TreeSelection {
  /** Where a selection of several rows starts; null before the first gesture. */
  anchor: NodePath | null = null;

  /** The selected variables. */
  get paths(): readonly NodePath[] {
    return this._paths;
  }

  /** Whether a variable is selected. */
  has(path: NodePath): boolean {
    return this._set.has(path);
  }

  /** Select exactly these; false when they were, in this order. */
  set(paths: readonly NodePath[]): boolean {
    const unique = new Set(paths);
    const next = [...unique];
    const isSame =
      next.length === this._paths.length &&
      next.every((path, i) => path === this._paths[i]);
    if (isSame) {
      return false;
    }
    this._set = unique;
    this._paths = next;
    return true;
  }

  private _set: ReadonlySet<NodePath> = new Set<NodePath>();
  private _paths: readonly NodePath[] = [];
}
