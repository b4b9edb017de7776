import type { NodePath } from '../refs/layout';
import type { IRow } from '../refs/outline';
import { isPlaceholder } from '../refs/outline';

/** The index of a node's own row; -1 where it has none. */
export function rowIndex(rows: readonly IRow[], path: NodePath): number {
  return rows.findIndex(row => row.path === path && !isPlaceholder(row));
}

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
    this._rows = null;
    return true;
  }

  /** The index of the focused row; -1 where it is not among the rows. */
  indexIn(rows: readonly IRow[]): number {
    const path = this._path;
    if (path === null) {
      return -1;
    }
    if (this._rows !== rows) {
      this._rows = rows;
      this._index = rowIndex(rows, path);
      const placeholder = rows[this._index + 1];
      if (this._isAtPlaceholder && placeholder?.path === path) {
        this._index += 1;
      }
    }
    return this._index;
  }

  private _path: NodePath | null = null;
  private _isAtPlaceholder = false;
  private _rows: readonly IRow[] | null = null;
  private _index = -1;
}
