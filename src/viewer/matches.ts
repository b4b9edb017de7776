import { Filter } from '../refs/filter';
import type { NodePath } from '../refs/layout';
import { childPath, nodeName, parentPath, refNames } from '../refs/layout';
import type { ShownNames } from '../refs/outline';

/** The variables that a filter matches, and the names of all that is above them. */
export class Matches {
  /** Match words, the names of the file's variables being in lower case. */
  constructor(words: readonly string[], variables: ReadonlySet<string>) {
    this._filter = new Filter(words, variables);
  }

  /** How many variables match. */
  get count(): number {
    return this._matched.size;
  }

  /** The names to show below each group. */
  get shown(): ShownNames {
    return this._shown;
  }

  /** The groups below which other names are shown than when this was asked last. */
  takeChanged(): NodePath[] {
    const changed = [...this._changed];
    this._changed.clear();
    return changed;
  }

  /** Whether a name of a group or a section says something about any of the words. */
  isNear(path: NodePath): boolean {
    return this._filter.mask(nodeName(path)) !== 0;
  }

  /** Whether the names and the detail of a variable below a node match. */
  test(parent: NodePath, name: string, detail: string): boolean {
    const bits =
      this._maskAbove(parent) |
      this._maskOf(name) |
      (detail === '' ? 0 : this._filter.mask(detail));
    return bits === this._filter.all;
  }

  /** Show a variable, or show it no longer. */
  set(path: NodePath, isShown: boolean): void {
    if (isShown) {
      this._add(path);
    } else if (this._matched.size > 0) {
      this._remove(path);
    }
  }

  private _add(path: NodePath): void {
    if (this._matched.has(path)) {
      return;
    }
    this._matched.add(path);
    for (let at = path; at !== '/';) {
      const parent = parentPath(at);
      const names = this._shown.get(parent);
      this._changed.add(parent);
      if (names) {
        // What is above it is shown already.
        names.add(nodeName(at));
        break;
      }
      this._shown.set(parent, new Set([nodeName(at)]));
      at = parent;
    }
  }

  private _remove(path: NodePath): void {
    if (!this._matched.delete(path)) {
      return;
    }
    // What stands above other matches stays.
    let at = path;
    for (; at !== '/' && !this._shown.has(at); at = parentPath(at)) {
      const names = this._shown.get(parentPath(at));
      this._changed.add(parentPath(at));
      names?.delete(nodeName(at));
      if (names && names.size > 0) {
        break;
      }
      this._shown.delete(parentPath(at));
    }
  }

  /** What the names above a variable match; those beside it have the same. */
  private _maskAbove(parent: NodePath): number {
    if (parent !== this._parent) {
      const { group, section } = refNames(childPath(parent, ''));
      this._parent = parent;
      this._above = this._maskOf(group) | this._filter.mask(section);
    }
    return this._above;
  }

  /** Thousands share the names of a few variables and groups. */
  private _maskOf(field: string): number {
    let bits = this._masks.get(field);
    if (bits === undefined) {
      bits = this._filter.mask(field);
      this._masks.set(field, bits);
    }
    return bits;
  }

  private readonly _filter: Filter;
  private readonly _matched = new Set<NodePath>();
  private readonly _changed = new Set<NodePath>();
  private readonly _shown = new Map<NodePath, Set<string>>();
  private _parent: NodePath | null = null;
  private _above = 0;
  private readonly _masks = new Map<string, number>();
}
