import type { NodePath } from './layout';
import { nodeName, parentPath } from './layout';

/** What a filter leaves below a group. */
export interface IShown {
  /** The names that are left, and what is left below each; null for a variable. */
  readonly below: ReadonlyMap<string, IShown | null>;
  /** How many names are left, at any depth. */
  readonly size: number;
}

/** What a filter leaves of a file. */
export interface IShownTree {
  /** What is left below a group; undefined where nothing is. */
  at(path: NodePath): IShown | undefined;
}

/** One group of which something is left. */
class ShownGroup implements IShown {
  constructor(
    readonly above: ShownGroup | null,
    readonly path: NodePath
  ) {}

  readonly below = new Map<string, ShownGroup | null>();
  /** Whether other names are left below it than when this was asked last. */
  isChanged = false;
  size = 0;
  variables = 0;

  /** Count names and variables here and in all that is above. */
  count(names: number, variables: number): void {
    this.size += names;
    this.variables += variables;
    this.above?.count(names, variables);
  }
}

/** The variables that a filter leaves, and the names of all that is above them. */
export class ShownTree implements IShownTree {
  /** How many variables are left. */
  get count(): number {
    return this._root.variables;
  }

  /** What is left below a group; undefined where nothing is. */
  at(path: NodePath): IShown | undefined {
    return this._groups.get(path);
  }

  /** Leave a variable. */
  add(parent: NodePath, name: string): void {
    const known = this._known(parent);
    const before = known?.below.get(name);
    if (before === null) {
      return;
    }
    if (known && before) {
      this._drop(known, name, before);
    }
    // What was dropped may have been all that was left.
    const group = this._made(parent);
    group.below.set(name, null);
    group.count(1, 1);
    this._noteChange(group);
  }

  /** Leave a variable no longer; it may be a group by now, of which something is left. */
  remove(parent: NodePath, name: string): void {
    const group = this._known(parent);
    if (group?.below.get(name) === null) {
      this._drop(group, name, null);
    }
  }

  /** Leave nothing of a name, be it a variable or a group. */
  removeAll(parent: NodePath, name: string): void {
    const group = this._known(parent);
    const before = group?.below.get(name);
    if (group && before !== undefined) {
      this._drop(group, name, before);
    }
  }

  /** Leave nothing at all. */
  clear(): void {
    for (const name of [...this._root.below.keys()]) {
      this.removeAll(this._root.path, name);
    }
  }

  /** The groups below which other names are left than when this was asked last; one that was made anew may be told twice. */
  takeChanged(): NodePath[] {
    const changed = this._changed.map(group => {
      group.isChanged = false;
      return group.path;
    });
    this._changed.length = 0;
    return changed;
  }

  private _drop(
    group: ShownGroup,
    name: string,
    item: ShownGroup | null
  ): void {
    group.below.delete(name);
    group.count(-(1 + (item?.size ?? 0)), -(item?.variables ?? 1));
    this._noteChange(group);
    if (item) {
      this._forget(item);
    }
    if (group.below.size === 0 && group.above) {
      // The counts above are of what is below it, so it counts itself alone.
      const { above, path } = group;
      this._forget(group);
      this._drop(above, nodeName(path), group);
    }
  }

  private _forget(group: ShownGroup): void {
    this._groups.delete(group.path);
    this._noteChange(group);
    if (this._last === group) {
      this._last = null;
    }
    if (this._lastAbove === group) {
      this._lastAbove = null;
    }
    group.below.forEach(item => item && this._forget(item));
  }

  /** The group at a path; those whose variables are looked at come one after another. */
  private _known(path: NodePath): ShownGroup | undefined {
    if (this._last?.path !== path) {
      const group = this._groups.get(path);
      if (!group) {
        return undefined;
      }
      this._last = group;
    }
    return this._last;
  }

  private _made(path: NodePath): ShownGroup {
    const known = this._known(path);
    if (known) {
      return known;
    }
    const above = this._above(path);
    const group = new ShownGroup(above, path);
    const name = nodeName(path);
    if (above.below.get(name) === null) {
      above.count(-1, -1);
    }
    above.below.set(name, group);
    above.count(1, 0);
    this._noteChange(above);
    this._groups.set(path, group);
    this._last = group;
    return group;
  }

  /** The group that a group lies in; thousands of sections lie in one. */
  private _above(path: NodePath): ShownGroup {
    const last = this._lastAbove;
    const isIt =
      last !== null &&
      path.lastIndexOf('/') === last.path.length &&
      path.startsWith(last.path);
    const above = isIt ? last : this._made(parentPath(path));
    this._lastAbove = above;
    return above;
  }

  private _noteChange(group: ShownGroup): void {
    if (!group.isChanged) {
      group.isChanged = true;
      this._changed.push(group);
    }
  }

  private readonly _root = new ShownGroup(null, '/');
  private readonly _groups = new Map<NodePath, ShownGroup>([['/', this._root]]);
  private readonly _changed: ShownGroup[] = [];
  private _last: ShownGroup | null = null;
  private _lastAbove: ShownGroup | null = null;
}
