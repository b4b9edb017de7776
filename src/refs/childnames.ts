import type { NodePath } from './layout';
import { childPath } from './layout';

/** The names of a node's children that have a row, in the order of their rows. */
export class ChildNames {
  /** Take names of a node's children; none so far. */
  constructor(private readonly _parent: NodePath) {}

  /** How many there are. */
  get count(): number {
    return this._names.length;
  }

  /** Take others. */
  set(names: readonly string[]): void {
    this._names = names;
    this._positions = null;
  }

  /** The name at a place, from 0. */
  at(place: number): string {
    return this._names[place];
  }

  /** The path of the child at a place. */
  pathAt(place: number): NodePath {
    return childPath(this._parent, this.at(place));
  }

  /** The place of a name; -1 where it has none. */
  placeOf(name: string): number {
    this._positions ??= new Map(this._names.map((other, at) => [other, at]));
    return this._positions.get(name) ?? -1;
  }

  private _names: readonly string[] = [];
  private _positions: Map<string, number> | null = null;
}
