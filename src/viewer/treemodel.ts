import type { IDisposable } from '@lumino/disposable';
import { Debouncer } from '@lumino/polling';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { filterWords } from '../refs/filter';
import type { NodePath } from '../refs/layout';
import { childPath, X_NAME } from '../refs/layout';
import type { IRow } from '../refs/outline';
import {
  ancestorPaths,
  isPlaceholder,
  nodeRowKind,
  outlineRows,
  topPath
} from '../refs/outline';
import type { Contents } from './contents';
import type { IFilterProgress } from './filterrun';
import { FilterRun } from './filterrun';
import { rowIndex, TreeFocus } from './treefocus';
import { TreeSelection } from './treeselection';

/** Milliseconds without a key after which a filter is searched for. */
const FILTER_DELAY = 100;

/** The state of the tree: its rows, what is expanded, focused, selected and filtered. */
export class TreeModel implements IDisposable {
  /** Show contents; the delay of the filter is for tests. */
  constructor(options: { contents: Contents; filterDelay?: number }) {
    this.contents = options.contents;
    this._debouncer = new Debouncer(
      () => this._search(),
      options.filterDelay ?? FILTER_DELAY
    );
    this.contents.changed.connect(this._onContents, this);
    this.contents.wasReset.connect(this._onReset, this);
    this._request([topPath(this.contents)]);
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
    this._debouncer.dispose();
    this._run?.dispose();
    this.contents.changed.disconnect(this._onContents, this);
    this.contents.wasReset.disconnect(this._onReset, this);
    Signal.clearData(this);
  }

  /** The rows from top to bottom. */
  get rows(): readonly IRow[] {
    this._rows ??= this._outline(path => this._isExpanded(path));
    return this._rows;
  }

  /** The filter's text. */
  get filter(): string {
    return this._filter;
  }

  /** Show only the variables that match a text; all rows when it has no words. */
  setFilter(text: string): void {
    if (text === this._filter || this._isDisposed) {
      return;
    }
    const isSame =
      filterWords(text).join() === filterWords(this._filter).join();
    this._filter = text;
    if (filterWords(text).length === 0) {
      void this._debouncer.stop();
      this._endSearch();
    } else if (!isSame) {
      void this._debouncer.invoke().catch(() => undefined);
    }
    this._emitSoon();
  }

  /** How far the filter's reading has come; null when nothing is left to read. */
  get progress(): IFilterProgress | null {
    return this._run?.progress ?? null;
  }

  /** How many variables match; null without a filter. */
  get matchCount(): number | null {
    return this._run?.matchCount ?? null;
  }

  /** The node that the keyboard is at; for a row that stands for children, their parent. */
  get focusedPath(): NodePath | null {
    return this._focus.path;
  }

  /** The index of the focused row; -1 when no row is. */
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
    const row = this.rows[index];
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
      this.setExpanded(path, !this._isExpanded(path));
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

  /** Select the variables from the one selected last to a row. */
  extendTo(path: NodePath): void {
    const to = rowIndex(this.rows, path);
    if (to < 0) {
      return;
    }
    const { anchor } = this._selection;
    const from = anchor === null ? -1 : rowIndex(this.rows, anchor);
    const start = from < 0 ? Math.max(this.focusedIndex, 0) : from;
    this._selection.anchor = this.rows[start]?.path ?? path;
    this.focus(path);
    this._select(
      variablesOf(this.rows.slice(Math.min(start, to), Math.max(start, to) + 1))
    );
  }

  /** Select every variable that is shown; with a filter every one that matches. */
  selectAll(): void {
    this._select(
      variablesOf(this._run ? this._outline(() => true) : this.rows)
    );
  }

  /** Expand or collapse a group, section or folder. */
  setExpanded(path: NodePath, expanded: boolean): void {
    if (this._isDisposed || this._isVariable(path)) {
      return;
    }
    if (this._run) {
      this._mark(this._collapsed, path, !expanded);
    } else {
      this._mark(this._expanded, path, expanded);
    }
    if (expanded) {
      this._request([path]);
    } else if (this.focusedPath?.startsWith(`${path}/`)) {
      this.focus(path);
    }
  }

  /** Expand a row and all rows beside it. */
  expandSiblings(path: NodePath): void {
    const at = rowIndex(this.rows, path);
    const level = this.rows[at]?.level;
    if (level === undefined) {
      return;
    }
    const beside = siblingRows(this.rows, at)
      .filter(row => row.expandable)
      .map(row => row.path);
    const marks = this._run ? this._collapsed : this._expanded;
    beside.forEach(sibling => this._mark(marks, sibling, !this._run));
    this._request(beside);
  }

  /** Read the facts of the rows that can be seen, the last one included. */
  setVisibleRange(first: number, last: number): void {
    this._first = Math.max(first, 0);
    this._last = last;
    this._readVisible();
  }

  private _isVariable(path: NodePath): boolean {
    return nodeRowKind(this.contents, path) === 'variable';
  }

  private _isExpanded(path: NodePath): boolean {
    return this._run ? !this._collapsed.has(path) : this._expanded.has(path);
  }

  private _outline(isExpanded: (path: NodePath) => boolean): IRow[] {
    const shown = this._run?.shown ?? null;
    return outlineRows({ source: this.contents, isExpanded, shown });
  }

  private _mark(marks: Set<NodePath>, path: NodePath, isMarked: boolean): void {
    if (isMarked) {
      marks.add(path);
    } else {
      marks.delete(path);
    }
    this._refresh();
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

  /** List groups that are not listed yet; the contents keep what fails. */
  private _request(paths: readonly NodePath[]): void {
    void this.contents.requestChildren(paths);
  }

  private _search(): void {
    if (this._isDisposed) {
      return;
    }
    this._run?.dispose();
    this._run = new FilterRun({ contents: this.contents, text: this._filter });
    this._run.changed.connect(this._refresh, this);
    this._refresh();
  }

  private _endSearch(): void {
    this._run?.dispose();
    this._run = null;
    this._collapsed.clear();
    // What was found stays in sight.
    const found = this.focusedVariable;
    if (found !== null) {
      const above = ancestorPaths(this.contents, found);
      above.forEach(path => this._expanded.add(path));
      this._request(above);
    }
    this._refresh();
  }

  private _onContents(): void {
    this._expandOnlyGroup();
    this._refresh();
  }

  /** The only group of a file is what its user came for. */
  private _expandOnlyGroup(): void {
    const top = topPath(this.contents);
    const names = this.contents.childNames(top);
    if (this._isStarted || names === null) {
      return;
    }
    this._isStarted = true;
    if (names.length === 1 && top !== '/') {
      this._expanded.add(childPath(top, names[0]));
      this._request([childPath(top, names[0])]);
    }
  }

  /** The file was opened anew: read again what is expanded, and search again. */
  private _onReset(): void {
    this._request([topPath(this.contents), ...this._expanded]);
    if (this._run) {
      this._search();
    }
    this._refresh();
  }

  private _refresh(): void {
    this._rows = null;
    this._emitSoon();
  }

  private _emitSoon(): void {
    if (this._isEmitting || this._isDisposed) {
      return;
    }
    this._isEmitting = true;
    queueMicrotask(() => {
      this._isEmitting = false;
      if (!this._isDisposed) {
        this._readVisible();
        this._changed.emit();
      }
    });
  }

  /** Read what the rows in sight lack: their facts, and those of a group's x. */
  private _readVisible(): void {
    const paths: NodePath[] = [];
    for (const row of this.rows.slice(this._first, this._last + 1)) {
      if (isPlaceholder(row) || row.path === '/') {
        continue;
      }
      paths.push(row.path);
      if (row.kind === 'group') {
        paths.push(childPath(row.path, X_NAME));
      }
    }
    // What failed is not asked for again at each change, or it would never end.
    const lacking = paths.filter(
      path => !this.contents.facts(path) && !this.contents.factsFailure(path)
    );
    if (lacking.length > 0) {
      void this.contents.requestFacts(lacking);
    }
  }

  private _rows: readonly IRow[] | null = null;
  private _filter = '';
  private _run: FilterRun | null = null;
  private _first = 0;
  private _last = -1;
  private _isStarted = false;
  private _isEmitting = false;
  private _isDisposed = false;
  private readonly _debouncer: Debouncer;
  private readonly _expanded = new Set<NodePath>();
  /** What the user collapsed of what the filter leaves. */
  private readonly _collapsed = new Set<NodePath>();
  private readonly _focus = new TreeFocus();
  private readonly _selection = new TreeSelection();
  private readonly _changed = new Signal<this, void>(this);
  private readonly _selectionChanged = new Signal<this, void>(this);
}

function variablesOf(rows: readonly IRow[]): NodePath[] {
  return rows.filter(row => row.kind === 'variable').map(row => row.path);
}

/** The rows that have the same parent as a row, with the row itself. */
function siblingRows(rows: readonly IRow[], index: number): IRow[] {
  const { level } = rows[index];
  let first = index;
  while (first > 0 && rows[first - 1].level >= level) {
    first -= 1;
  }
  let end = index + 1;
  while (end < rows.length && rows[end].level >= level) {
    end += 1;
  }
  return rows.slice(first, end).filter(row => row.level === level);
}
