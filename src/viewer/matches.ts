import { Filter } from '../refs/filter';
import type { NodePath } from '../refs/layout';
import { childPath, nodeName, refNames } from '../refs/layout';

/** What the words of a filter match. */
export class Matches {
  /** Match words, the names of the file's variables being in lower case. */
  constructor(words: readonly string[], variables: ReadonlySet<string>) {
    this._filter = new Filter(words, variables);
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
  private _parent: NodePath | null = null;
  private _above = 0;
  private readonly _masks = new Map<string, number>();
}
