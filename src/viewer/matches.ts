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

  /** The words that the names above the variables of a node match, or its detail, a bit each. */
  above(parent: NodePath, detail = ''): number {
    const { group, section } = refNames(childPath(parent, ''));
    return (
      this._filter.mask(group) |
      this._filter.mask(section) |
      this._filter.groupMask(detail)
    );
  }

  /** The same of a section, by its name and what is above the variables of its group. */
  aboveSection(group: number, section: string): number {
    return group | this._filter.mask(section);
  }

  /** Whether the names and the detail of a variable match, with what is above it. */
  test(above: number, name: string, detail: string): boolean {
    const { all } = this._filter;
    const bits = above | this._maskOf(name);
    return bits === all || (bits | this._filter.mask(detail)) === all;
  }

  /** Thousands share the names of a few variables. */
  private _maskOf(field: string): number {
    let bits = this._masks.get(field);
    if (bits === undefined) {
      bits = this._filter.mask(field);
      this._masks.set(field, bits);
    }
    return bits;
  }

  private readonly _filter: Filter;
  private readonly _masks = new Map<string, number>();
}
