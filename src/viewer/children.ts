import type { NodePath } from '../refs/layout';
import { childPath } from '../refs/layout';

/** The children of a group, as they were listed. */
export class Children {
  /** Keep names in natural order, and, where it is known, the order in which what they lead to lies in the file. */
  constructor(
    private readonly _parent: NodePath,
    readonly names: readonly string[],
    /** How many there are, which may be more than the names. */
    readonly total: number,
    private readonly _order?: Uint32Array
  ) {}

  /** Whether it is known in which order they lie in the file. */
  get isOrderKnown(): boolean {
    return this._order !== undefined;
  }

  /** The names in the order in which they lie in the file, as far as that is known. */
  get namesInFile(): readonly string[] {
    this._inFile ??= this._order
      ? Array.from(this._order, number => this.names[number])
      : this.names;
    return this._inFile;
  }

  /** The path of the one at a place in the file: the same string each time, which maps find faster than an equal one. */
  pathInFile(place: number): NodePath {
    const path =
      this._paths[place] ?? childPath(this._parent, this.namesInFile[place]);
    this._paths[place] = path;
    return path;
  }

  private _inFile: readonly string[] | null = null;
  private readonly _paths: (NodePath | undefined)[] = [];
}
