import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { filterWords } from '../refs/filter';
import type { NodePath } from '../refs/layout';
import { childPath } from '../refs/layout';
import { ancestorPaths, topPath } from '../refs/outline';
import { Outline } from '../refs/outlinerows';
import type { Contents } from './contents';
import type { FilterRun, IFilterProgress } from './filterrun';
import { readRows } from './rowreading';
import { TreeSearch } from './treesearch';

/** The rows of the tree: what is expanded and filtered, and the reading for what can be seen. */
export class TreeRows implements IDisposable {
  /** Make rows of contents. */
  constructor(options: { contents: Contents }) {
    this._contents = options.contents;
    this._search = new TreeSearch(this._contents);
    this._search.changed.connect(this._onSearch, this);
    this._search.found.connect(this._onFound, this);
    this._contents.read.connect(this._onRead, this);
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
    this._search.dispose();
    this._contents.read.disconnect(this._onRead, this);
    this._contents.changed.disconnect(this._onContents, this);
    this._contents.wasReset.disconnect(this._onReset, this);
    Signal.clearData(this);
  }

  /** The rows from top to bottom, which are others when they have changed. */
  get rows(): Outline {
    this._rows ??= this._outline(this._toggled);
    return this._rows;
  }

  /** The rows of all that matches a filter, collapsed or not; without a filter the rows that there are. */
  get allRows(): Outline {
    return this._search.run ? this._outline(new Set()) : this.rows;
  }

  /** The filter's text. */
  get filter(): string {
    return this._filter;
  }

  /** How far the filter's reading has come; null when nothing is left to read. */
  get progress(): IFilterProgress | null {
    return this._search.run?.progress ?? null;
  }

  /** How many variables match; null without a filter. */
  get matchCount(): number | null {
    return this._search.run?.matchCount ?? null;
  }

  /** How many groups and sections a filter could not look into. */
  get unsearched(): number {
    return this._search.run?.unsearched ?? 0;
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
      this._renew();
      return;
    }
    if (isOther) {
      // At once: the search gives way to the next key.
      this._search.start(text);
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
    this._renew();
  }

  /** Whether a node that has children shows them. */
  isExpanded(path: NodePath): boolean {
    return this._toggled.has(path) === (this._search.run === null);
  }

  /** Expand or collapse nodes. */
  setExpanded(paths: readonly NodePath[], isExpanded: boolean): void {
    if (this._isDisposed) {
      return;
    }
    const toggled = this._toggled;
    for (const path of paths) {
      if (isExpanded === (this._search.run === null)) {
        toggled.add(path);
      } else {
        toggled.delete(path);
      }
    }
    if (isExpanded) {
      this._list(paths);
    }
    this._rows?.noteToggled(paths);
    this._changed.emit();
  }

  /** Read what the rows in sight lack: their facts, and those of a group's x. */
  setVisibleRange(first: number, last: number): void {
    this._first = Math.max(first, 0);
    this._last = last;
    this.readVisible();
  }

  /** Read it again, the rows having changed. */
  readVisible(): void {
    const inSight = this.rows.slice(this._first, this._last + 1);
    readRows(this._contents, inSight);
  }

  private _outline(toggled: ReadonlySet<NodePath>): Outline {
    const { run } = this._search;
    return new Outline({
      source: this._contents,
      shown: run?.shown ?? null,
      isShownOld: run !== null && run === this._oldRun,
      toggled
    });
  }

  /** What is not as all starts: expanded, or collapsed of what a filter leaves. */
  private get _toggled(): Set<NodePath> {
    return this._search.run ? this._collapsed : this._expanded;
  }

  /** List groups that are not listed yet; the contents keep what fails. */
  private _list(paths: readonly NodePath[]): void {
    void this._contents.requestChildren(paths);
  }

  private _onSearch(): void {
    if (this._rows?.shown !== this._search.run?.shown) {
      this._rows = null;
    }
    this._changed.emit();
  }

  private _onFound(_: unknown, groups: readonly NodePath[]): void {
    if (this._rows?.shown === this._search.run?.shown) {
      this._rows?.noteShown(groups);
    }
  }

  private _endSearch(reveal: NodePath | null): void {
    this._search.stop();
    this._rows = null;
    this._collapsed.clear();
    if (reveal !== null) {
      this.setExpanded(ancestorPaths(this._contents, reveal), true);
    }
  }

  private _onRead(_: unknown, paths: readonly NodePath[]): void {
    this._rows?.noteRead(paths);
  }

  private _onContents(): void {
    this._expandOnlyGroup();
    this._changed.emit();
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
      this._rows?.noteToggled([group]);
      this._list([group]);
    }
  }

  /** The file was opened anew: read again what is expanded and in sight, and search again. */
  private _onReset(): void {
    const unlisted = [...this._expanded].filter(
      path => this._contents.childNames(path) === null
    );
    this._list([topPath(this._contents), ...unlisted]);
    this._oldRun = this._search.run;
    if (this._search.run) {
      this._search.again();
    }
    this._renew();
  }

  /** Make the rows anew. */
  private _renew(): void {
    this._rows = null;
    this._changed.emit();
  }

  private _rows: Outline | null = null;
  private _filter = '';
  private _first = 0;
  private _last = -1;
  private _isStarted = false;
  private _isDisposed = false;
  private readonly _contents: Contents;
  private readonly _search: TreeSearch;
  /** The search of what was there before the file was opened anew. */
  private _oldRun: FilterRun | null = null;
  private readonly _expanded = new Set<NodePath>();
  /** What the user collapsed of what the filter leaves. */
  private readonly _collapsed = new Set<NodePath>();
  private readonly _changed = new Signal<this, void>(this);
}
