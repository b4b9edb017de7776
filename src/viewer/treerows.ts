import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { filterWords } from '../refs/filter';
import type { NodePath } from '../refs/layout';
import { childPath, X_NAME } from '../refs/layout';
import type { IRow } from '../refs/outline';
import {
  ancestorPaths,
  isPlaceholder,
  outlineRows,
  topPath
} from '../refs/outline';
import type { Contents } from './contents';
import type { IFilterProgress } from './filterrun';
import { FilterRun } from './filterrun';

/** The rows of the tree: what is expanded and filtered, and the reading for what can be seen. */
export class TreeRows implements IDisposable {
  /** Make rows of contents. */
  constructor(options: { contents: Contents }) {
    this._contents = options.contents;
    this._contents.changed.connect(this._onContents, this);
    this._contents.wasReset.connect(this._onReset, this);
    this._list([topPath(this._contents)]);
    this._expandOnlyGroup();
  }

  /** Emitted at once when the rows, the filter or its progress may have changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Stop the filter and listen no longer; the contents are not its own. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._stopSearch();
    this._contents.changed.disconnect(this._onContents, this);
    this._contents.wasReset.disconnect(this._onReset, this);
    Signal.clearData(this);
  }

  /** The rows from top to bottom. */
  get rows(): readonly IRow[] {
    this._rows ??= this._outline(path => this.isExpanded(path));
    return this._rows;
  }

  /** The rows of all that matches a filter, collapsed or not; without a filter the rows that there are. */
  get allRows(): readonly IRow[] {
    return this._run ? this._outline(() => true) : this.rows;
  }

  /** The filter's text. */
  get filter(): string {
    return this._filter;
  }

  /** How far the filter's reading has come; null when nothing is left to read. */
  get progress(): IFilterProgress | null {
    return this._run?.progress ?? null;
  }

  /** How many variables match; null without a filter. */
  get matchCount(): number | null {
    return this._run?.matchCount ?? null;
  }

  /** Leave only the variables that match a text; a variable to reveal stays in sight when the filter ends. */
  setFilter(text: string, reveal: NodePath | null): void {
    if (text === this._filter || this._isDisposed) {
      return;
    }
    const words = filterWords(text);
    const isOther = words.join(' ') !== filterWords(this._filter).join(' ');
    this._filter = text;
    if (words.length === 0) {
      this._endSearch(reveal);
      this._refresh();
      return;
    }
    if (isOther) {
      // At once: the search gives way to the next key.
      this._search();
    }
    this._changed.emit();
  }

  /** What is expanded where there is no filter; null until the file told what there is. */
  get expanded(): readonly NodePath[] | null {
    return this._isStarted ? [...this._expanded] : null;
  }

  /** Expand these and nothing else; each is read when it comes in sight, and at once what is above a node to reveal. */
  restoreExpanded(paths: readonly NodePath[], reveal: NodePath | null): void {
    this._isStarted = true;
    this._expanded.clear();
    paths.forEach(path => this._expanded.add(path));
    if (reveal !== null) {
      this._list(ancestorPaths(this._contents, reveal));
    }
    this._refresh();
  }

  /** Whether a node that has children shows them. */
  isExpanded(path: NodePath): boolean {
    return this._run ? !this._collapsed.has(path) : this._expanded.has(path);
  }

  /** Expand or collapse nodes. */
  setExpanded(paths: readonly NodePath[], isExpanded: boolean): void {
    if (this._isDisposed) {
      return;
    }
    const marks = this._run ? this._collapsed : this._expanded;
    for (const path of paths) {
      if (isExpanded === (this._run === null)) {
        marks.add(path);
      } else {
        marks.delete(path);
      }
    }
    if (isExpanded) {
      this._list(paths);
    }
    this._refresh();
  }

  /** Read what the rows in sight lack: their facts, and those of a group's x. */
  setVisibleRange(first: number, last: number): void {
    this._first = Math.max(first, 0);
    this._last = last;
    this.readVisible();
  }

  /** Read it again, the rows having changed. */
  readVisible(): void {
    const facts: NodePath[] = [];
    const unlisted = new Set<NodePath>();
    for (const row of this.rows.slice(this._first, this._last + 1)) {
      if (row.kind === 'loading') {
        // What was expanded in the page before is not listed yet.
        unlisted.add(row.path);
      }
      if (isPlaceholder(row) || row.path === '/') {
        continue;
      }
      facts.push(row.path);
      if (this._wantsX(row)) {
        facts.push(childPath(row.path, X_NAME));
      }
      // The names beside a row, and below it, decide which rows are in sight.
      const open = this.isExpanded(row.path) ? [row.path] : [];
      for (const path of [
        ...open,
        ...ancestorPaths(this._contents, row.path)
      ]) {
        if (this._contents.isListingOld(path)) {
          unlisted.add(path);
        }
      }
    }
    // What failed is not asked for again at each change, or it would never end.
    const lacking = facts.filter(path => this._contents.lacksFacts(path));
    if (lacking.length > 0) {
      void this._contents.requestFacts(lacking);
    }
    if (unlisted.size > 0) {
      this._list([...unlisted]);
    }
  }

  /**
   * Whether to read the facts of a group's x. One in another file is left until
   * the group is expanded: the groups of a sweep have a file each.
   */
  private _wantsX(row: IRow): boolean {
    if (row.kind !== 'group') {
      return false;
    }
    const facts = this._contents.facts(row.path);
    const isHere = facts && (facts.file ?? facts.xFile) === undefined;
    return row.expanded || isHere === true;
  }

  private _outline(isExpanded: (path: NodePath) => boolean): IRow[] {
    const shown = this._run?.shown ?? null;
    return outlineRows({ source: this._contents, isExpanded, shown });
  }

  /** List groups that are not listed yet; the contents keep what fails. */
  private _list(paths: readonly NodePath[]): void {
    void this._contents.requestChildren(paths);
  }

  /** Search; what was found before stays for the moment that most searches take, so that rows are made once. */
  private _search(): void {
    if (this._isDisposed) {
      return;
    }
    this._run?.dispose();
    const next = this._begin(() => true);
    if (next.hasNews) {
      this._take(next);
    }
  }

  /** Search what was opened anew; what was found before stays until that is done. */
  private _searchAgain(): void {
    if (this._isDisposed || this.progress) {
      this._search();
      return;
    }
    this._begin(next => next.progress === null);
  }

  /** Start a search that is shown once it has something to tell that is fit to be. */
  private _begin(isFit: (run: FilterRun) => boolean): FilterRun {
    this._next?.dispose();
    const next = this._newRun();
    this._next = next;
    next.changed.connect(() => {
      if (next === this._next && isFit(next)) {
        this._take(next);
      }
    });
    return next;
  }

  private _take(run: FilterRun): void {
    this._stopSearch(run);
    this._run = run;
    this._refresh();
  }

  private _newRun(): FilterRun {
    const run = new FilterRun({
      contents: this._contents,
      text: this._filter
    });
    run.changed.connect(() => {
      if (run === this._run) {
        this._refresh();
      }
    });
    return run;
  }

  private _stopSearch(butNot: FilterRun | null = null): void {
    for (const run of [this._run, this._next]) {
      if (run !== butNot) {
        run?.dispose();
      }
    }
    this._run = null;
    this._next = null;
  }

  private _endSearch(reveal: NodePath | null): void {
    this._stopSearch();
    this._collapsed.clear();
    if (reveal !== null) {
      this.setExpanded(ancestorPaths(this._contents, reveal), true);
    }
  }

  private _onContents(): void {
    this._expandOnlyGroup();
    this._refresh();
  }

  /** The only group of the results is what their reader came for. */
  private _expandOnlyGroup(): void {
    const top = topPath(this._contents);
    const names = this._contents.childNames(top);
    if (this._isStarted || names === null) {
      return;
    }
    this._isStarted = true;
    if (names.length === 1 && top !== '/') {
      const group = childPath(top, names[0]);
      this._expanded.add(group);
      this._list([group]);
    }
  }

  /** The file was opened anew: read again what is expanded and in sight, and search again. */
  private _onReset(): void {
    const unlisted = [...this._expanded].filter(
      path => this._contents.childNames(path) === null
    );
    this._list([topPath(this._contents), ...unlisted]);
    if (this._run) {
      this._searchAgain();
    }
    this._refresh();
  }

  private _refresh(): void {
    this._rows = null;
    this._changed.emit();
  }

  private _rows: readonly IRow[] | null = null;
  private _filter = '';
  private _run: FilterRun | null = null;
  /** A search that takes the place of the present one when it has something to show. */
  private _next: FilterRun | null = null;
  private _first = 0;
  private _last = -1;
  private _isStarted = false;
  private _isDisposed = false;
  private readonly _contents: Contents;
  private readonly _expanded = new Set<NodePath>();
  /** What the user collapsed of what the filter leaves. */
  private readonly _collapsed = new Set<NodePath>();
  private readonly _changed = new Signal<this, void>(this);
}
