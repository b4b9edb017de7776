import type { ChildNames } from './childnames';
import type { NodePath } from './layout';
import { childPath, nodeName, parentPath } from './layout';
import type { IOpening, ISized } from './openings';
import { Openings } from './openings';
import type { IOutlineSource } from './outline';
import { isExpandable, rowKindAt } from './outline';
import type { IShown, IShownTree } from './shown';

/** What decides which nodes show their children. */
export interface IExpansion {
  readonly source: IOutlineSource;
  /** What a filter leaves; null without a filter. */
  readonly shown: IShownTree | null;
  /** The nodes that are not as all start: expanded, or, with a filter, collapsed. */
  readonly toggled: ReadonlySet<NodePath>;
  /** Whether what a filter leaves need not be there any more, so that rows have to be counted. */
  readonly isShownOld: boolean;
}

/** The rows below a child. */
interface IRows extends ISized {
  /** Forget them. */
  close(): void;
}

/** The rows below a child that is expanded; they are made when they are asked for. */
export class Bough<T extends ISized> implements ISized {
  /** Take rows that were made, or are to be; their number may be known before. */
  constructor(
    private readonly _left: IShown | null,
    private readonly _name: string,
    private readonly _made: ReadonlyMap<string, T>,
    private readonly _rowsOf: (name: string) => T
  ) {}

  /** How many rows there are; of what a filter leaves, this is known before they are made. */
  get size(): number {
    // Asked of thousands of which nothing is made.
    const isKnown =
      this._left !== null &&
      (this._made.size === 0 || !this._made.has(this._name));
    return isKnown ? this._left.size : this.rows.size;
  }

  /** The rows. */
  get rows(): T {
    return this._rowsOf(this._name);
  }
}

/** The children of a node that are expanded. */
export class Boughs<T extends IRows> {
  /** Look at the children of a node, which stand so many names below `/results`. */
  constructor(
    private readonly _expansion: IExpansion,
    private readonly _place: {
      readonly path: NodePath;
      readonly depth: number;
    },
    private readonly _names: ChildNames,
    private readonly _make: (name: string) => T
  ) {}

  /** Where they leave the rows. */
  readonly openings = new Openings<Bough<T>>();

  /** Look anew at which children are expanded; the rows of those that stay are kept. */
  reopen(left: IShown | undefined): void {
    this._left = left;
    this.openings.set(
      this._opened().map((at): IOpening<Bough<T>> => {
        return { at, item: this._bough(this._names.at(at)) };
      })
    );
    for (const name of this._made.keys()) {
      if (!this.openings.has(this._names.placeOf(name))) {
        this._close(name);
      }
    }
  }

  /** Look again at whether the child at a place is expanded; whether that is news. */
  recheck(place: number): boolean {
    const name = this._names.at(place);
    const wasOpen = this.openings.has(place);
    if (this._isOpen(place) === wasOpen) {
      return false;
    }
    if (wasOpen) {
      this.openings.remove(place);
      this._close(name);
    } else {
      this.openings.add(place, this._bough(name));
    }
    return true;
  }

  /** The rows below the child at a place; undefined where it is shut. */
  below(place: number): T | undefined {
    return this.openings.has(place)
      ? this._rowsOf(this._names.at(place))
      : undefined;
  }

  /** Forget all rows. */
  close(): void {
    this._made.forEach(rows => rows.close());
  }

  /** The places of the children that are expanded. */
  private _opened(): number[] {
    const { toggled, shown } = this._expansion;
    if (shown === null && toggled.size <= this._names.count) {
      return [...toggled]
        .filter(path => path !== '/' && parentPath(path) === this._place.path)
        .map(path => this._names.placeOf(nodeName(path)))
        .filter(place => place >= 0 && this._isOpen(place))
        .sort((a, b) => a - b);
    }
    const places: number[] = [];
    for (let place = 0; place < this._names.count; place++) {
      if (this._isOpen(place)) {
        places.push(place);
      }
    }
    return places;
  }

  private _isOpen(place: number): boolean {
    const { source, shown, toggled } = this._expansion;
    const isLeft =
      shown !== null && !!this._left?.below.get(this._names.at(place));
    if (shown !== null && (!isLeft || toggled.size === 0)) {
      // Thousands are open below a filter, and their paths decide nothing.
      return isLeft;
    }
    const path = this._names.pathAt(place);
    return shown !== null
      ? !toggled.has(path)
      : toggled.has(path) &&
          isExpandable(rowKindAt(source, path, this._place.depth));
  }

  private _bough(name: string): Bough<T> {
    const left = this._left?.below.get(name) ?? null;
    const { isShownOld } = this._expansion;
    const isWhole = left !== null && !isShownOld && !this._hasToggled(name);
    return new Bough(isWhole ? left : null, name, this._made, this._rowsOf);
  }

  /** Whether anything below a child is collapsed in what a filter leaves. */
  private _hasToggled(name: string): boolean {
    const { toggled } = this._expansion;
    if (toggled.size === 0) {
      return false;
    }
    const start = `${childPath(this._place.path, name)}/`;
    return [...toggled].some(path => path.startsWith(start));
  }

  private _close(name: string): void {
    this._made.get(name)?.close();
    this._made.delete(name);
  }

  /** The rows below a child, made when they are asked for first. */
  private readonly _rowsOf = (name: string): T => {
    const made = this._made.get(name) ?? this._make(name);
    this._made.set(name, made);
    return made;
  };

  /** What a filter leaves below the node; undefined where nothing is, and without a filter. */
  private _left: IShown | undefined;
  private readonly _made = new Map<string, T>();
}
