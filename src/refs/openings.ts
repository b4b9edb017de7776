/** What stands open below a child: it has so many rows. */
export interface ISized {
  readonly size: number;
}

/** A child that is open, and the place that it has among its siblings, from 0. */
export interface IOpening<T> {
  readonly at: number;
  readonly item: T;
}

/** Where a row is: a child's own, or one of the rows below it. */
export interface IRowPlace {
  /** The place of the child among its siblings. */
  readonly at: number;
  /** The first opening that does not stand above the child. */
  readonly next: number;
  /** Which of the rows below the child it is; -1 for the child's own row. */
  readonly below: number;
}

/** Which of a node's children are open, and where that leaves the rows of all. */
export class Openings<T extends ISized> {
  /** All of them from top to bottom. */
  get list(): readonly IOpening<T>[] {
    return this._list;
  }

  /** How many rows stand below children. */
  get size(): number {
    const last = this._list.at(-1);
    return last ? this._end(this._list.length - 1) - last.at - 1 : 0;
  }

  /** Whether the child at a place is open. */
  has(at: number): boolean {
    return this._list[this._firstFrom(at)]?.at === at;
  }

  /** Put others in place of all, in the order of their places. */
  set(list: readonly IOpening<T>[]): void {
    this._list = [...list];
    this.recount();
  }

  /** Open a child. */
  add(at: number, item: T): void {
    this._list.splice(this._firstFrom(at), 0, { at, item });
    this.recount();
  }

  /** Shut the child at a place, which is open. */
  remove(at: number): void {
    this._list.splice(this._firstFrom(at), 1);
    this.recount();
  }

  /** Count anew when asked: what is open has another size. */
  recount(): void {
    this._starts = null;
  }

  /** The row at which the child at a place stands. */
  rowOf(at: number): number {
    const next = this._firstFrom(at);
    return next === 0
      ? at
      : this._end(next - 1) + at - this._list[next - 1].at - 1;
  }

  /** Where a row is. */
  find(row: number): IRowPlace {
    const starts = this._counted();
    const next = firstFrom(starts.length, i => starts[i] > row);
    if (next === 0) {
      return { at: row, next, below: -1 };
    }
    const { at, item } = this._list[next - 1];
    const below = row - starts[next - 1] - 1;
    return below < item.size
      ? { at, next: next - 1, below }
      : { at: at + 1 + below - item.size, next, below: -1 };
  }

  /** The row after those of an opening. */
  private _end(index: number): number {
    return this._counted()[index] + 1 + this._list[index].item.size;
  }

  private _firstFrom(at: number): number {
    return firstFrom(this._list.length, i => this._list[i].at >= at);
  }

  /** The rows at which the open children stand. */
  private _counted(): readonly number[] {
    if (this._starts === null) {
      let size = 0;
      this._starts = this._list.map(({ at, item }) => {
        const start = at + size;
        size += item.size;
        return start;
      });
    }
    return this._starts;
  }

  private _list: IOpening<T>[] = [];
  private _starts: readonly number[] | null = null;
}

/** The first index below a length from which on something is true; the length where it never is. */
function firstFrom(length: number, isTrue: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isTrue(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
