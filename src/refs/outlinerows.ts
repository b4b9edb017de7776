import type { ITrunk } from './branch';
import { Branch } from './branch';
import type { NodePath } from './layout';
import { nodeName, parentPath, X_NAME } from './layout';
import type { IOutlineSource, IRow } from './outline';
import { hasOtherContents, isPlaceholder, topPath } from './outline';
import type { IShownTree } from './shown';

/** What makes the rows of the tree. */
export interface IOutlineOptions {
  readonly source: IOutlineSource;
  /** What a filter leaves; null without a filter. */
  readonly shown: IShownTree | null;
  /** The nodes that are not as all start: what was expanded, or, with a filter, collapsed. */
  readonly toggled: ReadonlySet<NodePath>;
  /** Whether a filter searched what was listed before the file was opened anew: it leaves what need not be there. */
  readonly isShownOld?: boolean;
}

/**
 * The rows of the tree from top to bottom, made as they are asked for.
 *
 * It has to be told what is known anew of a node, expanded or shown; where
 * the file is another one, another outline is to be made.
 */
export class Outline {
  /** Count the rows; none is made. */
  constructor(private readonly _options: IOutlineOptions) {
    const { source, shown, toggled, isShownOld = false } = _options;
    const path = topPath(source);
    this._trunk = {
      source,
      shown,
      isExpanded: at => toggled.has(at) === (shown === null),
      toggled,
      isShownOld,
      branches: new Map<NodePath, Branch>()
    };
    this._hasOther = shown === null && hasOtherContents(source);
    this._top = new Branch(this._trunk, {
      path,
      above: null,
      level: 1,
      depth: path === '/' ? 0 : 1,
      more: this._hasOther ? 1 : 0
    });
    this._checkOther();
  }

  /** What the filter leaves; null without a filter. */
  get shown(): IShownTree | null {
    return this._options.shown;
  }

  /** How many rows there are. */
  get length(): number {
    const other = this._hasOther ? 1 + (this._other?.size ?? 0) : 0;
    return this._top.size + other;
  }

  /** The row at an index; undefined where there is none. */
  at(index: number): IRow | undefined {
    if (index < 0 || index >= this.length) {
      return undefined;
    }
    const { size } = this._top;
    if (index < size) {
      return this._top.row(index);
    }
    return index === size
      ? this._otherRow()
      : this._other!.row(index - size - 1);
  }

  /** The rows between two indices, the last one not included. */
  slice(first = 0, end = this.length): IRow[] {
    const rows: IRow[] = [];
    for (let i = Math.max(first, 0); i < Math.min(end, this.length); i++) {
      rows.push(this.at(i)!);
    }
    return rows;
  }

  /** The index of a node's own row; -1 where it has none. */
  indexOf(path: NodePath): number {
    if (path === '/') {
      return this._hasOther ? this._top.size : -1;
    }
    const branch = this._branchAt(parentPath(path));
    const index = branch?.indexOf(nodeName(path)) ?? -1;
    const isBelowOther = index >= 0 && this._isBelowOther(path);
    return isBelowOther ? this._top.size + 1 + index : index;
  }

  /** The first row from an index on, in steps of 1 or -1, that is a node; -1 where there is none. */
  nodeFrom(index: number, step: 1 | -1): number {
    let at = index;
    for (let row = this.at(at); row; at += step, row = this.at(at)) {
      if (!isPlaceholder(row)) {
        return at;
      }
    }
    return -1;
  }

  /** The rows of a node and of all beside it. */
  *beside(path: NodePath): Iterable<IRow> {
    if (this.indexOf(path) < 0) {
      return;
    }
    const isOther = path === '/';
    const branch = isOther ? this._top : this._branchAt(parentPath(path))!;
    for (let at = 0; at < branch.count; at++) {
      yield branch.child(at);
    }
    if (branch === this._top && this._hasOther) {
      yield this._otherRow();
    }
  }

  /** The variables between two rows, the last one not included. */
  variables(first = 0, end = this.length): NodePath[] {
    const found: NodePath[] = [];
    this._visit(first, end, (branch, at) => {
      if (branch.kindAt(at) === 'variable') {
        found.push(branch.pathAt(at));
      }
      return false;
    });
    return found;
  }

  /** The first row from one on, and then from the top, whose name is one that is looked for; -1 where none is. */
  findName(from: number, isIt: (name: string) => boolean): number {
    let found = -1;
    const look = (branch: Branch, at: number, index: number): boolean => {
      found = isIt(branch.nameAt(at)) ? index : -1;
      return found >= 0;
    };
    if (!this._visit(from, this.length, look)) {
      this._visit(0, from, look);
    }
    return found;
  }

  /** Take note of nodes of which a listing, facts or a failure has come. */
  noteRead(paths: readonly NodePath[]): void {
    const { branches, shown } = this._trunk;
    for (const path of paths) {
      branches.get(path)?.reload(false);
      // What a filter leaves does not hang on what is read; it tells of it by `noteShown`.
      if (shown === null || nodeName(path) === X_NAME) {
        this._recheck(path);
      }
    }
  }

  /** Take note of nodes that were expanded or collapsed. */
  noteToggled(paths: readonly NodePath[]): void {
    for (const path of paths) {
      if (path === '/') {
        this._checkOther();
      }
      this._recheck(path);
    }
  }

  /** Take note of groups below which a filter leaves other names than before. */
  noteShown(groups: readonly NodePath[]): void {
    const { branches } = this._trunk;
    for (const path of groups) {
      let at = path;
      while (at !== '/' && !branches.has(at)) {
        at = parentPath(at);
      }
      const nearest = branches.get(at);
      if (at === path) {
        nearest?.outdate();
      } else {
        // It counts what is below it, though that was not made.
        nearest?.recount();
      }
    }
  }

  /** The rows below a node; undefined where it is shut or not shown. */
  private _branchAt(path: NodePath): Branch | undefined {
    const made = this._trunk.branches.get(path);
    return (
      made ??
      (path === '/'
        ? undefined
        : this._branchAt(parentPath(path))?.below(nodeName(path)))
    );
  }

  private _recheck(path: NodePath): void {
    if (path !== '/') {
      const above = this._branchAt(parentPath(path));
      above?.recheck(nodeName(path));
    }
  }

  /** What stands beside the results has rows below a row of its own. */
  private _checkOther(): void {
    if (!this._hasOther) {
      return;
    }
    if (!this._trunk.isExpanded('/')) {
      this._other?.close();
      this._other = null;
    } else if (!this._other) {
      const place = { path: '/', above: null, level: 2, depth: 0, more: 0 };
      this._other = new Branch(this._trunk, place);
    }
  }

  /** The last row at the top. */
  private _otherRow(): IRow {
    const last = (this._top.count || 1) + 1;
    return {
      path: '/',
      kind: 'folder',
      name: '',
      level: 1,
      expandable: true,
      expanded: this._other !== null,
      posInSet: last,
      setSize: last
    };
  }

  private _isBelowOther(path: NodePath): boolean {
    const top = topPath(this._options.source);
    return top !== '/' && !path.startsWith(`${top}/`);
  }

  private _visit(
    first: number,
    end: number,
    visitor: (branch: Branch, at: number, index: number) => boolean
  ): boolean {
    const below = this._top.size + 1;
    return (
      this._top.visit(first, end, visitor) ||
      (this._other?.visit(first - below, end - below, visitor, below) ?? false)
    );
  }

  private readonly _trunk: ITrunk;
  private readonly _hasOther: boolean;
  private readonly _top: Branch;
  private _other: Branch | null = null;
}
