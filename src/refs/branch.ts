import type { NodePath } from './layout';
import { childPath, nodeName, parentPath, X_NAME } from './layout';
import type { IOutlineSource, IRow, RowKind, ShownNames } from './outline';
import type { IOpening } from './openings';
import { Openings } from './openings';
import { hiddenName, isExpandable, rowKindAt } from './outline';

/** What all branches of a tree are made of. */
export interface ITrunk {
  readonly source: IOutlineSource;
  /** What a filter leaves; null without a filter. */
  readonly shown: ShownNames | null;
  /** Whether a node that may have children shows them. */
  isExpanded(path: NodePath): boolean;
  /** The paths that alone may be expanded; null where any may. */
  readonly expandable: ReadonlySet<NodePath> | null;
  /** All branches by the path of their node. */
  readonly branches: Map<NodePath, Branch>;
}

/** Where a branch stands. */
export interface IBranchPlace {
  readonly path: NodePath;
  /** The branch that its node is in; null at the top. */
  readonly above: Branch | null;
  /** The level of its rows. */
  readonly level: number;
  /** How many names below `/results` its children are; 0 outside. */
  readonly depth: number;
  /** How many rows stand beside its children that are not of it. */
  readonly more: number;
}

/**
 * The rows below an expanded node.
 *
 * It keeps names and counts, and makes rows when they are asked for: of ten
 * thousand, forty are in sight. What it keeps is looked at again when it is
 * told that something else is known of a node.
 */
export class Branch {
  /** Make the rows below a node. */
  constructor(
    private readonly _trunk: ITrunk,
    place: IBranchPlace
  ) {
    this._place = place;
    _trunk.branches.set(place.path, this);
    this.reload(true);
  }

  /** How many children have a row of their own. */
  get count(): number {
    return this._names?.length ?? 0;
  }

  /** How many rows there are. */
  get size(): number {
    return this.count === 0 ? this._standIns : this.count + this._openings.size;
  }

  /** Look at the names again; those that a filter leaves may be others. */
  reload(isShownOther: boolean): void {
    const { path, depth } = this._place;
    const { source, shown } = this._trunk;
    const listed = source.childNames(path);
    const hidden = hiddenName(source, path, depth);
    const isSame = listed === this._listed && hidden === this._hidden;
    if (isSame && !isShownOther) {
      return;
    }
    this._listed = listed;
    this._hidden = hidden;
    this._positions = null;
    this._names = listed && namesOf(listed, hidden, shown, path);
    this._reopen();
    this._recount();
  }

  /** Look again at whether a child is expanded, and whether it is shown. */
  recheck(path: NodePath, name: string): void {
    if (name === X_NAME) {
      this.reload(false);
    }
    const branch = this._trunk.branches.get(path);
    if (this._isOpen(path) === (branch !== undefined)) {
      return;
    }
    const at = this.positionOf(name);
    if (at < 0) {
      return;
    }
    if (branch) {
      branch.close();
      this._openings.remove(at);
    } else {
      this._openings.add(at, this._open(path));
    }
    this._recount();
  }

  /** Forget it, and all that is expanded in it. */
  close(): void {
    this._trunk.branches.delete(this._place.path);
    this._openings.list.forEach(({ item }) => item.close());
  }

  /** The row at an index below its size. */
  row(index: number): IRow {
    if (this.count === 0) {
      return this._standIn();
    }
    const { at, next, below } = this._openings.find(index);
    return below < 0
      ? this.child(at)
      : this._openings.list[next].item.row(below);
  }

  /** The own row of the child at a place. */
  child(at: number): IRow {
    const { depth, level, more } = this._place;
    const path = this.pathAt(at);
    const kind = rowKindAt(this._trunk.source, path, depth);
    const expandable = isExpandable(kind);
    return {
      path,
      kind,
      name: this.nameAt(at),
      level,
      expandable,
      expanded: expandable && this._trunk.isExpanded(path),
      posInSet: at + 1,
      setSize: this.count + more
    };
  }

  /** The name of the child at a place. */
  nameAt(at: number): string {
    return this._names![at];
  }

  /** The path of the child at a place. */
  pathAt(at: number): NodePath {
    return childPath(this._place.path, this.nameAt(at));
  }

  /** What the child at a place is shown as. */
  kindAt(at: number): RowKind {
    const { depth } = this._place;
    return rowKindAt(this._trunk.source, this.pathAt(at), depth);
  }

  /** The index among all rows of the tree's top of a child's own row; -1 where it has none. */
  indexOf(name: string): number {
    const at = this.positionOf(name);
    if (at < 0) {
      return -1;
    }
    const { above, path } = this._place;
    const index = this._openings.rowOf(at);
    return above ? above.indexOf(nodeName(path)) + 1 + index : index;
  }

  /** The place of a child among those that have a row; -1 where it has none. */
  positionOf(name: string): number {
    this._positions ??= new Map(this._names?.map((other, at) => [other, at]));
    return this._positions.get(name) ?? -1;
  }

  /** Visit the nodes of its rows between two, without making the rows, until a visitor has had enough. */
  visit(
    first: number,
    end: number,
    visitor: (branch: Branch, at: number, index: number) => boolean,
    base = 0
  ): boolean {
    if (this.count === 0 || first >= Math.min(end, this.size)) {
      return false;
    }
    const { list } = this._openings;
    let { at, next } = this._openings.find(Math.max(first, 0));
    let index = this._openings.rowOf(at);
    for (; at < this.count && index < end; at++) {
      if (index >= first && visitor(this, at, base + index)) {
        return true;
      }
      index += 1;
      if (list[next]?.at === at) {
        const { item } = list[next];
        const [from, to] = [first - index, end - index];
        if (item.visit(from, to, visitor, base + index)) {
          return true;
        }
        index += item.size;
        next += 1;
      }
    }
    return false;
  }

  /** Make the branches of what is expanded anew; those that were there stay as they are. */
  private _reopen(): void {
    const { branches } = this._trunk;
    const list: IOpening<Branch>[] = [];
    const isNew = this._openings.list.length === 0;
    for (const at of this._candidates()) {
      const path = this.pathAt(at);
      if (this._isOpen(path)) {
        const kept = isNew ? undefined : branches.get(path);
        list.push({ at, item: kept ?? this._open(path) });
      }
    }
    const kept = new Set(list.map(({ item }) => item));
    this._openings.list
      .filter(({ item }) => !kept.has(item))
      .forEach(({ item }) => item.close());
    this._openings.set(list);
  }

  /** The places of the children that may be expanded: as few as can be looked at. */
  private _candidates(): number[] {
    const { expandable } = this._trunk;
    if (expandable === null || expandable.size > this.count) {
      return Array.from({ length: this.count }, (_, at) => at);
    }
    return [...expandable]
      .filter(path => path !== '/' && parentPath(path) === this._place.path)
      .map(path => this.positionOf(nodeName(path)))
      .filter(at => at >= 0)
      .sort((a, b) => a - b);
  }

  private _isOpen(path: NodePath): boolean {
    const { source, shown } = this._trunk;
    return (
      (shown === null || shown.has(path)) &&
      this._trunk.isExpanded(path) &&
      isExpandable(rowKindAt(source, path, this._place.depth))
    );
  }

  private _open(path: NodePath): Branch {
    const { level, depth } = this._place;
    return new Branch(this._trunk, {
      path,
      above: this,
      level: level + 1,
      depth: depth === 0 ? 0 : depth + 1,
      more: 0
    });
  }

  /** One row stands for children that are not there; a filter just leaves nothing. */
  private get _standIns(): number {
    return this._trunk.shown === null ? 1 : 0;
  }

  private _standIn(): IRow {
    const { path, level, more } = this._place;
    const isFailed = this._trunk.source.listingFailure(path) !== null;
    return {
      path,
      kind: this._names ? 'empty' : isFailed ? 'failed' : 'loading',
      name: '',
      level,
      expandable: false,
      expanded: false,
      posInSet: 1,
      setSize: 1 + more
    };
  }

  /** There are more rows, or fewer. */
  private _recount(): void {
    this._openings.recount();
    this._place.above?._recount();
  }

  private _listed: readonly string[] | null | undefined;
  private _hidden: string | null = null;
  private _names: readonly string[] | null = null;
  private _positions: Map<string, number> | null = null;
  private readonly _openings = new Openings<Branch>();
  private readonly _place: IBranchPlace;
}

/** The names to show of those that were listed. */
function namesOf(
  listed: readonly string[],
  hidden: string | null,
  shown: ShownNames | null,
  path: NodePath
): readonly string[] {
  if (shown === null) {
    return hidden !== null && listed.includes(hidden)
      ? listed.filter(name => name !== hidden)
      : listed;
  }
  const left = shown.get(path);
  return left ? listed.filter(name => left.has(name) && name !== hidden) : [];
}
