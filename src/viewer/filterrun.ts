import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { nextTurn } from '../plot/turn';
import { isFileFailure } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { parentPath } from '../refs/layout';
import type { IShownTree } from '../refs/shown';
import type { Contents } from './contents';
import { FilterSearch } from './filtersearch';

/** Nodes asked for at a time. */
const BATCH = 200;

/** Wanted nodes that are looked at for nearer ones, once there are enough that are near. */
const SEEN = 5000;

/** Milliseconds of work after which the page gets its turn: a key is to be seen while it is pressed. */
const SLICE = 30;

/** Milliseconds between two looks at what was found so far, which cost as much as there are rows. */
const NEWS = 100;

/** Milliseconds after which a search that is not done tells what it found so far. */
const FIRST_NEWS = 100;

/** How far the reading for a filter has come, in sections. */
export interface IFilterProgress {
  readonly done: number;
  readonly total: number;
  /** Whether it came to an end there, since the file can be read no more. */
  readonly isCutOff?: true;
}

/**
 * One search: it reads what was not read yet, names and the details of the
 * variables whose names do not match, and finds more as the answers come.
 */
export class FilterRun implements IDisposable {
  /** Search the contents for a text of at least one word. */
  constructor(options: { contents: Contents; text: string }) {
    this._contents = options.contents;
    this._search = new FilterSearch(options.contents, options.text);
    this._contents.read.connect(this._onRead, this);
    void this._run();
  }

  /** Emitted now and then when there are more matches, or more is read. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted at once with the groups below which the filter leaves other names than before. */
  get found(): ISignal<this, readonly NodePath[]> {
    return this._found;
  }

  /** What the filter leaves. */
  get shown(): IShownTree {
    return this._search.shown;
  }

  /** How many variables match. */
  get matchCount(): number {
    return this._search.shown.count;
  }

  /** How many groups and sections could not be searched, since their names cannot be read; 0 until all others are. */
  get unsearched(): number {
    const { unlisted } = this._search.wants;
    // One that proves to be a dataset has no names.
    return this._isRunning || unlisted.size === 0
      ? 0
      : [...unlisted].filter(path => this._contents.listingFailure(path))
          .length;
  }

  /** Whether it is done, or took long enough to have told what it found so far. */
  get hasNews(): boolean {
    return this._hasNews || !this._isRunning;
  }

  /** How far the reading has come; null when all is read. A search that was cut off stays unfinished. */
  get progress(): IFilterProgress | null {
    if (this._isWhole) {
      return null;
    }
    const { done, total } = this._search.wants;
    return this._isCutOff && !this._isRunning
      ? { done, total, isCutOff: true }
      : { done, total };
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Stop searching; what was read stays in the contents. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._contents.read.disconnect(this._onRead, this);
    Signal.clearData(this);
  }

  private _onRead(_: unknown, paths: readonly NodePath[]): void {
    this._search.take(paths);
    this._note();
    if (!this._isRunning) {
      void this._run();
    }
  }

  private async _run(): Promise<void> {
    this._isRunning = true;
    do {
      while (this._step()) {
        this._tell();
        await nextTurn();
        if (this._isDisposed) {
          return;
        }
      }
      if (this._search.wants.any) {
        this._isWhole = false;
        // Reading takes longer than a moment.
        this._tellAt = this._hasNews ? this._tellAt : 0;
        this._tell();
      }
    } while (this._search.wants.any && (await this._readSome()));
    this._isRunning = false;
    this._isWhole = !this._isCutOff;
    this._changed.emit();
    void this._readAhead();
  }

  /**
   * Read the details of what matches by its names too: the next key may leave
   * it to them, so this goes on when that key ends the search. What lies in
   * other files waits until it is needed.
   */
  private async _readAhead(): Promise<void> {
    if (this._isAhead || this._isCutOff) {
      return;
    }
    this._isAhead = true;
    const { ahead } = this._search.wants;
    const { summary } = this._contents;
    // A file that was opened anew has another summary.
    const isSame = () =>
      !this._contents.isDisposed && this._contents.summary === summary;
    while (ahead.size > 0 && isSame()) {
      const paths: NodePath[] = [];
      for (const path of ahead) {
        ahead.delete(path);
        if (this._isHere(path) && paths.push(path) === BATCH) {
          break;
        }
      }
      await this._contents.requestFacts(paths);
    }
    this._isAhead = false;
  }

  /** Whether a variable lies in the opened file, and nothing is known of it yet. */
  private _isHere(path: NodePath): boolean {
    const section = parentPath(path);
    const isLinked = [section, parentPath(section)].some(
      above => this._contents.facts(above)?.file !== undefined
    );
    return !isLinked && this._contents.lacksFacts(path);
  }

  /** Tell what was found, now and then. */
  private _tell(): void {
    const now = performance.now();
    if (now >= this._tellAt) {
      this._tellAt = now + NEWS;
      this._hasNews = true;
      this._changed.emit();
    }
  }

  /** Look at some nodes; whether there are more to look at. */
  private _step(): boolean {
    const isMore = this._search.step(performance.now() + SLICE);
    this._note();
    return isMore;
  }

  /** Tell of other names before anybody can look. */
  private _note(): void {
    const groups = this._search.shown.takeChanged();
    if (groups.length > 0) {
      this._found.emit(groups);
    }
  }

  /**
   * Read the next few nodes; false when there are none, or nothing can be read.
   * Names and details are asked for at once, so that the reader goes on from one to the other.
   */
  private async _readSome(): Promise<boolean> {
    const { listings, facts, groups } = this._search.wants;
    if (this._isCutOff || this._isDisposed) {
      return false;
    }
    // What lies near each other in the file is read together: a section and what is in it.
    // The details of groups come before any of them is listed: they say which is nearest.
    const toList =
      groups.size === 0 && facts.size <= BATCH
        ? takeNearest(listings, path => this._search.nearness(path))
        : [];
    const toDescribe = takeNearest(
      groups.size > 0 ? groups : facts,
      path => (this._search.isNear(path) ? 1 : 0),
      1
    );
    toDescribe.forEach(path => facts.delete(path));
    await Promise.all([
      this._contents.requestChildren(toList),
      this._contents.requestFacts(toDescribe)
    ]);
    const failures = [
      ...toList.map(path => this._contents.listingFailure(path)),
      ...toDescribe.map(path => this._contents.factsFailure(path))
    ];
    this._isCutOff = failures.some(
      failure => failure !== null && isFileFailure(failure)
    );
    return !this._isDisposed && failures.length > 0;
  }

  private _isDisposed = false;
  private _isRunning = false;
  /** Whether all was looked through; what else comes of it is looked at without a word. */
  private _isWhole = false;
  private _isCutOff = false;
  private _isAhead = false;
  private _hasNews = false;
  private _tellAt = performance.now() + FIRST_NEWS;
  private readonly _contents: Contents;
  private readonly _search: FilterSearch;
  private readonly _changed = new Signal<this, void>(this);
  private readonly _found = new Signal<this, readonly NodePath[]>(this);
}

/** Take some of the wanted nodes, of those that are nearest: each of the others may lie in a file of its own. None is nearer than `most`. */
function takeNearest(
  wanted: Set<NodePath>,
  nearness: (path: NodePath) => number,
  most = Infinity
): NodePath[] {
  let nearest = 0;
  let taken: NodePath[] = [];
  let seen = 0;
  for (const path of wanted) {
    const isEnough = nearest === most || (nearest > 0 && seen > SEEN);
    if (isEnough && taken.length === BATCH) {
      break;
    }
    seen += 1;
    const near = nearness(path);
    if (near > nearest) {
      nearest = near;
      taken = [];
    }
    if (near === nearest && taken.length < BATCH) {
      taken.push(path);
    }
  }
  taken.forEach(path => wanted.delete(path));
  return taken;
}
