import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { NodePath } from '../refs/layout';
import { ancestorPaths, isPlaceholder, nodeRowKind } from '../refs/outline';
import type { Outline } from '../refs/outlinerows';
import type { Contents } from './contents';
import type { IFilterProgress } from './filterrun';
import { TreeFocus } from './treefocus';
import { TreeRows } from './treerows';
import { TreeSelection } from './treeselection';

/** At most this many groups or sections are opened by one key, since each is read. */
const MAX_SIBLINGS = 200;

/** The state of the tree: its rows, the focused one, and the selected variables. */
export class TreeModel implements IDisposable {
  /** Show contents. */
  constructor(options: { contents: Contents }) {
    this.contents = options.contents;
    this._rows = new TreeRows(options);
    this._rows.changed.connect(this._emitSoon, this);
  }

  /** What the rows are made of. */
  readonly contents: Contents;

  /** Emitted after rows, focus, selection or the filter's progress changed; once for all that changed at a time. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted after a gesture of the user changed the selection. */
  get selectionChanged(): ISignal<this, void> {
    return this._selectionChanged;
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Stop the filter and forget the listeners; the contents are not its own. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._rows.dispose();
    Signal.clearData(this);
  }

  /** The rows from top to bottom. */
  get rows(): Outline {
    return this._rows.rows;
  }

  /** The filter's text. */
  get filter(): string {
    return this._rows.filter;
  }

  /** Show only the variables that match a text; all rows when it has no words. */
  setFilter(text: string): void {
    this._rows.setFilter(text, this.focusedVariable);
  }

  /** How far the filter's reading has come; null when nothing is left to read. */
  get progress(): IFilterProgress | null {
    return this._rows.progress;
  }

  /** How many variables match; null without a filter. */
  get matchCount(): number | null {
    return this._rows.matchCount;
  }

  /** How many groups and sections a filter could not look into. */
  get unsearched(): number {
    return this._rows.unsearched;
  }

  /** The node that the keyboard is at; for a row that stands for children, their parent. */
  get focusedPath(): NodePath | null {
    return this._focus.path;
  }

  /** The index of the focused row; -1 when it is not among the rows. */
  get focusedIndex(): number {
    return this._focus.indexIn(this.rows);
  }

  /** The focused node if it is a variable. */
  get focusedVariable(): NodePath | null {
    const path = this.focusedPath;
    return path !== null && this._isVariable(path) ? path : null;
  }

  /** Move the focus to a node. */
  focus(path: NodePath): void {
    this._setFocus(path, false);
  }

  /** Move the focus to a row. */
  focusIndex(index: number): void {
    const row = this.rows.at(index);
    if (row) {
      this._setFocus(row.path, isPlaceholder(row));
    }
  }

  /** The selected variables in the order they were selected in. */
  get selection(): readonly NodePath[] {
    return this._selection.paths;
  }

  /** Whether a variable is selected. */
  isSelected(path: NodePath): boolean {
    return this._selection.has(path);
  }

  /** Select exactly these variables, on behalf of something else than the tree. */
  setSelection(paths: readonly NodePath[]): void {
    if (this._selection.set(paths)) {
      this._emitSoon();
    }
  }

  /** Select a variable alone; expand or collapse anything else. */
  activate(path: NodePath): void {
    this.focus(path);
    if (this._isVariable(path)) {
      this._selection.anchor = path;
      this._select([path]);
    } else {
      this.setExpanded(path, !this._rows.isExpanded(path));
    }
  }

  /** Add a variable to the selection or take it out; expand or collapse anything else. */
  toggle(path: NodePath): void {
    if (!this._isVariable(path)) {
      this.activate(path);
      return;
    }
    this.focus(path);
    this._selection.anchor = path;
    const others = this.selection.filter(selected => selected !== path);
    this._select(this.isSelected(path) ? others : [...others, path]);
  }

  /** Select the variables from the one selected last, else from the focused row, to a row. */
  extendTo(path: NodePath): void {
    const { rows } = this;
    const to = rows.indexOf(path);
    if (to < 0) {
      return;
    }
    const { anchor } = this._selection;
    const from = anchor === null ? -1 : rows.indexOf(anchor);
    const start =
      from >= 0 ? from : this.focusedIndex >= 0 ? this.focusedIndex : to;
    this._selection.anchor = rows.at(start)?.path ?? path;
    this.focus(path);
    const [first, last] = start < to ? [start, to] : [to, start];
    this._select(rows.variables(first, last + 1));
  }

  /** Select every variable that the rows hold; with a filter every one that matches. */
  selectAll(): void {
    this._select(this._rows.allRows.variables());
    this._early = this.progress
      ? { paths: this.selection, filter: this.filter }
      : null;
    this._emitSoon();
  }

  /** How many variables were selected as all while the filter had not found them all; null when they are all, or others were selected. */
  get selectedEarly(): number | null {
    const { _early: early, selection, progress, matchCount } = this;
    const isIt =
      early !== null &&
      early.paths === selection &&
      early.filter === this.filter &&
      (progress !== null || selection.length !== matchCount);
    return isIt ? selection.length : null;
  }

  /** Expand or collapse a group, section or folder. */
  setExpanded(path: NodePath, expanded: boolean): void {
    if (this._isVariable(path)) {
      return;
    }
    const { focusedIndex } = this;
    this._rows.setExpanded([path], expanded);
    if (!expanded && focusedIndex >= 0 && this._isLost()) {
      this.focus(path);
    }
  }

  /** What is expanded where there is no filter; null until the file told what there is. */
  get expanded(): readonly NodePath[] | null {
    return this._rows.expanded;
  }

  /** Whether the row that the keyboard is at is still to be read. */
  get isFocusAwaited(): boolean {
    const { contents, focusedPath: path } = this;
    return (
      path !== null &&
      this.focusedIndex < 0 &&
      ancestorPaths(contents, path).some(
        above => contents.childNames(above) === null && !contents.failure(above)
      )
    );
  }

  /** Expand these and nothing else; each is read when it comes in sight. A node in one of them gets the focus. */
  restore(expanded: readonly NodePath[], focused: NodePath | null): void {
    const open = new Set(expanded);
    const isInside =
      focused !== null &&
      ancestorPaths(this.contents, focused).every(path => open.has(path));
    const reveal = isInside ? focused : null;
    this._rows.restoreExpanded(expanded, reveal);
    if (reveal !== null) {
      this.focus(reveal);
    }
  }

  /** Expand a row and all rows beside it. */
  expandSiblings(path: NodePath): void {
    const paths: NodePath[] = [];
    for (const row of this.rows.beside(path)) {
      if (row.expandable && paths.push(row.path) === MAX_SIBLINGS) {
        break;
      }
    }
    this._rows.setExpanded(paths, true);
  }

  /** Read the facts of the rows that can be seen, the last one included. */
  setVisibleRange(first: number, last: number): void {
    this._rows.setVisibleRange(first, last);
  }

  /** Whether the focused row is gone, or the one that it stood on. */
  private _isLost(): boolean {
    const row = this.rows.at(this.focusedIndex);
    return !row || isPlaceholder(row) !== this._focus.isAtPlaceholder;
  }

  private _isVariable(path: NodePath): boolean {
    return nodeRowKind(this.contents, path) === 'variable';
  }

  private _setFocus(path: NodePath, isAtPlaceholder: boolean): void {
    if (this._focus.set(path, isAtPlaceholder)) {
      this._emitSoon();
    }
  }

  private _select(paths: readonly NodePath[]): void {
    if (this._selection.set(paths)) {
      this._emitSoon();
      this._selectionChanged.emit();
    }
  }

  private _emitSoon(): void {
    if (this._isEmitting || this._isDisposed) {
      return;
    }
    this._isEmitting = true;
    queueMicrotask(() => {
      this._isEmitting = false;
      if (!this._isDisposed) {
        this._rows.readVisible();
        this._changed.emit();
      }
    });
  }

  /** What was selected as all while the filter was not done. */
  private _early: {
    readonly paths: readonly NodePath[];
    readonly filter: string;
  } | null = null;
  private _isEmitting = false;
  private _isDisposed = false;
  private readonly _rows: TreeRows;
  private readonly _focus = new TreeFocus();
  private readonly _selection = new TreeSelection();
  private readonly _changed = new Signal<this, void>(this);
  private readonly _selectionChanged = new Signal<this, void>(this);
}
