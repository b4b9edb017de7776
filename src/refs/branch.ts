import type { IExpansion } from './boughs';
import { Boughs } from './boughs';
import { ChildNames } from './childnames';
import type { NodePath } from './layout';
import { childPath, nodeName, X_NAME } from './layout';
import type { IRow, RowKind } from './outline';
import { hiddenName, isExpandable, rowKindAt } from './outline';
import type { IShown } from './shown';

/** What all branches of a tree are made of. */
export interface ITrunk extends IExpansion {
  /** Whether a node that may have children shows them. */
  isExpanded(path: NodePath): boolean;
  /** The branches that were made, by the path of their node. */
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
    this._names = new ChildNames(place.path);
    this._boughs = new Boughs(_trunk, place, this._names, name =>
      this._make(name)
    );
    _trunk.branches.set(place.path, this);
    this.reload(true);
  }

  /** How many children have a row of their own. */
  get count(): number {
    this._update();
    return this._names.count;
  }

  /** How many rows there are. */
  get size(): number {
    return this.count === 0
      ? this._standIns
      : this.count + this._boughs.openings.size;
  }

  /** Look at the names again when they are asked for: a filter leaves others. */
  outdate(): void {
    this._isOutdated = true;
    this.recount();
  }

  private _update(): void {
    if (this._isOutdated) {
      this.reload(true);
    }
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
    this._isOutdated = false;
    this._listed = listed;
    this._hidden = hidden;
    const left = shown?.at(path);
    this._names.set(
      listed ? namesOf(listed, hidden, shown && (left ?? NOTHING)) : []
    );
    this._boughs.reopen(left);
    this.recount();
  }

  /** Look again at whether a child is expanded, and whether it is shown. */
  recheck(name: string): void {
    if (name === X_NAME) {
      this.reload(false);
    }
    const at = this.positionOf(name);
    if (at >= 0 && this._boughs.recheck(at)) {
      this.recount();
    }
  }

  /** The rows below a child; undefined where it is shut. */
  below(name: string): Branch | undefined {
    return this._boughs.below(this.positionOf(name));
  }

  /** There are more rows below it, or fewer. */
  recount(): void {
    this._boughs.openings.recount();
    this._place.above?.recount();
  }

  /** Forget it, and all that is expanded in it. */
  close(): void {
    this._trunk.branches.delete(this._place.path);
    this._boughs.close();
  }

  /** The row at an index below its size. */
  row(index: number): IRow {
    if (this.count === 0) {
      return this._standIn();
    }
    const { openings } = this._boughs;
    const { at, next, below } = openings.find(index);
    return below < 0
      ? this.child(at)
      : openings.list[next].item.rows.row(below);
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
    return this._names.at(at);
  }

  /** The path of the child at a place. */
  pathAt(at: number): NodePath {
    return this._names.pathAt(at);
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
    const index = this._boughs.openings.rowOf(at);
    return above ? above.indexOf(nodeName(path)) + 1 + index : index;
  }

  /** The place of a child among those that have a row; -1 where it has none. */
  positionOf(name: string): number {
    this._update();
    return this._names.placeOf(name);
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
    const { openings } = this._boughs;
    const { list } = openings;
    let { at, next } = openings.find(Math.max(first, 0));
    let index = openings.rowOf(at);
    for (; at < this.count && index < end; at++) {
      if (index >= first && visitor(this, at, base + index)) {
        return true;
      }
      index += 1;
      if (list[next]?.at === at) {
        const { item } = list[next];
        const [from, to] = [first - index, end - index];
        if (
          from < item.size &&
          item.rows.visit(from, to, visitor, base + index)
        ) {
          return true;
        }
        index += item.size;
        next += 1;
      }
    }
    return false;
  }

  private _make(name: string): Branch {
    const { level, depth, path } = this._place;
    return new Branch(this._trunk, {
      path: childPath(path, name),
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
      kind: this._listed ? 'empty' : isFailed ? 'failed' : 'loading',
      name: '',
      level,
      expandable: false,
      expanded: false,
      posInSet: 1,
      setSize: 1 + more
    };
  }

  private _isOutdated = false;
  private _listed: readonly string[] | null | undefined;
  private _hidden: string | null = null;
  private readonly _names: ChildNames;
  private readonly _boughs: Boughs<Branch>;
  private readonly _place: IBranchPlace;
}

const NOTHING: IShown = { below: new Map(), size: 0 };

/** The names to show of those that were listed. */
function namesOf(
  listed: readonly string[],
  hidden: string | null,
  left: IShown | null
): readonly string[] {
  if (left === null) {
    return hidden !== null && listed.includes(hidden)
      ? listed.filter(name => name !== hidden)
      : listed;
  }
  return left.below.size === 0
    ? []
    : listed.filter(name => left.below.has(name) && name !== hidden);
}
