import { parentPath } from '../refs/layout';
import type { IRow } from '../refs/outline';
import { isPlaceholder } from '../refs/outline';
import type { TreeModel } from './treemodel';

/** Letters typed within this time, in milliseconds, are one name. */
const TYPE_TIME = 500;

/** The keys of the tree: moving, opening, selecting and typing ahead. */
export class TreeKeys {
  /** Make the keys of a tree; `page` tells how many rows are in view. */
  constructor(
    private readonly _model: TreeModel,
    private readonly _page: () => number,
    private readonly _copy: (path: string) => void
  ) {}

  /** Do what a key says; answers whether it was one of the tree's. */
  handle(event: KeyboardEvent): boolean {
    const accel = event.ctrlKey || event.metaKey;
    // Keys with more modifiers are JupyterLab's, such as Ctrl+Shift+C.
    if (event.altKey || event.isComposing || (accel && event.shiftKey)) {
      return false;
    }
    if (accel) {
      return this._accel(event.key.toLowerCase());
    }
    return (
      this._move(event.key, event.shiftKey) ||
      this._act(event.key) ||
      this._type(event)
    );
  }

  private _accel(key: string): boolean {
    const path = this._model.focusedPath;
    switch (key) {
      case 'a':
        this._model.selectAll();
        return true;
      case 'c':
        if (path !== null) {
          this._copy(path);
        }
        return path !== null;
      case 'enter':
        if (path !== null) {
          this._model.toggle(path);
        }
        return true;
      default:
        return false;
    }
  }

  private _move(key: string, extend: boolean): boolean {
    const { rows, focusedIndex } = this._model;
    const targets: Record<string, [from: number, step: 1 | -1]> = {
      ArrowDown: [focusedIndex + 1, 1],
      ArrowUp: [focusedIndex < 0 ? 0 : focusedIndex - 1, -1],
      Home: [0, 1],
      End: [rows.length - 1, -1],
      PageDown: [Math.min(rows.length - 1, focusedIndex + this._page()), -1],
      PageUp: [Math.max(0, focusedIndex - this._page()), 1]
    };
    const target = targets[key];
    if (!target) {
      return false;
    }
    const [from, step] = target;
    const index = rows.nodeFrom(from, step);
    const row = rows.at(index);
    if (row) {
      if (extend) {
        this._model.extendTo(row.path);
      } else {
        this._model.focusIndex(index);
      }
    }
    return true;
  }

  private _act(key: string): boolean {
    const { rows, focusedIndex } = this._model;
    const row = rows.at(focusedIndex);
    if (!row) {
      return false;
    }
    switch (key) {
      case 'ArrowRight':
        if (row.expandable && !row.expanded) {
          this._model.setExpanded(row.path, true);
        } else if (row.expanded) {
          this._enter(focusedIndex + 1);
        }
        return true;
      case 'ArrowLeft':
        this._close(row);
        return true;
      case 'Enter':
        this._model.activate(row.path);
        return true;
      case ' ':
        this._model.toggle(row.path);
        return true;
      case '*':
        this._model.expandSiblings(row.path);
        return true;
      default:
        return false;
    }
  }

  /** Go to the first row below one that is open. */
  private _enter(index: number): void {
    const below = this._model.rows.at(index);
    if (below && !isPlaceholder(below)) {
      this._model.focusIndex(index);
    }
  }

  /** Close the row, or go to the one it is in. */
  private _close(row: IRow): void {
    if (row.expanded) {
      this._model.setExpanded(row.path, false);
      return;
    }
    const above = isPlaceholder(row) ? row.path : parentPath(row.path);
    if (row.level > 1) {
      this._model.focusIndex(this._model.rows.indexOf(above));
    }
  }

  /** Go to the next row whose name begins with what is typed. */
  private _type(event: KeyboardEvent): boolean {
    if (event.key.length !== 1 || event.key === ' ') {
      return false;
    }
    const soon = event.timeStamp - this._typedAt < TYPE_TIME;
    this._typed = (soon ? this._typed : '') + event.key.toLowerCase();
    this._typedAt = event.timeStamp;
    const { rows, focusedIndex } = this._model;
    const start = this._typed.length > 1 ? focusedIndex : focusedIndex + 1;
    const index = rows.findName(Math.max(0, start), name =>
      name.toLowerCase().startsWith(this._typed)
    );
    if (index >= 0) {
      this._model.focusIndex(index);
    }
    return true;
  }

  private _typed = '';
  private _typedAt = -Infinity;
}
