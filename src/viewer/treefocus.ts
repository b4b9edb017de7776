import type { NodePath } from '../refs/layout';
import type { IRow } from '../refs/outline';
import { isPlaceholder } from '../refs/outline';
import type { Outline } from '../refs/outlinerows';

/** The row that the keyboard is at, which may come and go with the rows. */
export class TreeFocus {
  /** The node of the row; for a row that stands for children, their parent. */
  get path(): NodePath | null {
    return this._path;
  }

  /** Whether it is the row that stands for the node's children. */
  get isAtPlaceholder(): boolean {
    return this._isAtPlaceholder;
  }

  /** Move to a node's own row, or to the one that stands for its children; false when there already. */
  set(path: NodePath, isAtPlaceholder: boolean): boolean {
    if (path === this._path && isAtPlaceholder === this._isAtPlaceholder) {
      return false;
    }
    this._path = path;
    this._isAtPlaceholder = isAtPlaceholder;
    this._index = -1;
    return true;
  }

  /** The index of the focused row; -1 where it is not among the rows. */
  indexIn(rows: Outline): number {
    const path = this._path;
    if (path === null) {
      return -1;
    }
    // Mostly it is where it was.
    if (!this._isRow(rows.at(this._index))) {
      const index = rows.indexOf(path);
      const below = this._isAtPlaceholder && this._isRow(rows.at(index + 1));
      this._index = below ? index + 1 : index;
    }
    return this._index;
  }

  private _isRow(row: IRow | undefined): boolean {
    return (
      row?.path === this._path && isPlaceholder(row) === this._isAtPlaceholder
    );
  }

  private _path: NodePath | null = null;
  private _isAtPlaceholder = false;
  private _index = -1;
}
