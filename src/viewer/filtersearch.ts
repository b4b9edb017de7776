import { filterWords } from '../refs/filter';
import { isFileFailure } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { childPath, nodeName, parentPath } from '../refs/layout';
import {
  knownRowKind,
  nodeRowKind,
  resultsDepth,
  topPath
} from '../refs/outline';
import type { Contents } from './contents';
import { Matches } from './matches';

/** Nodes looked at between two looks at the clock. */
const STEP = 50;

/** Names below the top that folders are listed down to; links may make a tree endless. */
const MAX_DEPTH = 8;

/** Folders that are listed for a filter; the groups and sections of the results all are. */
const MAX_FOLDERS = 5000;

/** Names that are put in another order at once. */
const MOST_ARRANGED = 20_000;

/** Variables whose details are read before anything asks for them. */
const MOST_AHEAD = 20_000;

/** Nodes to look at: the names of a group's children, or whole paths. */
interface IWork {
  readonly parent: NodePath | null;
  readonly items: readonly string[];
  next: number;
}

/**
 * What a filter finds in what has been read, and what it wants to be read.
 *
 * It looks at each node once, and again when something is read of it.
 */
export class FilterSearch {
  /** Search for the words of a text. */
  constructor(
    private readonly _contents: Contents,
    text: string
  ) {
    this._words = filterWords(text);
    this._matches = new Matches(this._words, this._variables);
    this._enter(topPath(this._contents), false);
  }

  /** What matches so far. */
  get matches(): Matches {
    return this._matches;
  }

  /** The groups whose children are to be listed. */
  readonly wantedListings = new Set<NodePath>();

  /** The nodes whose facts are to be read. */
  readonly wantedFacts = new Set<NodePath>();

  /** Some of the variables that match without their details, which were not read. */
  readonly ahead = new Set<NodePath>();

  /** Whether anything is still to be read. */
  get wantsMore(): boolean {
    return this.wantedListings.size > 0 || this.wantedFacts.size > 0;
  }

  /** How many sections and folders there are to search. */
  get total(): number {
    return this._sections.size;
  }

  /** How many of them are searched; half of one are its names, the other half the details in it. */
  get done(): number {
    return Math.max(0, Math.floor(this._listed - this._owing.size / 2));
  }

  /** Take note of nodes of which something was read. */
  take(paths: readonly NodePath[]): void {
    const again: NodePath[] = [];
    for (const path of paths) {
      if (this._entered.has(path) && this._isOther(path)) {
        this._open(path);
      }
      this._arrange(path);
      if (this._opened.has(parentPath(path))) {
        again.push(path);
      }
    }
    this._work.push({ parent: null, items: again, next: 0 });
  }

  /** Whether a group was not looked into, or has other names since. */
  private _isOther(path: NodePath): boolean {
    const names = this._opened.get(path);
    return (
      names === undefined ||
      (!this._sections.has(path) && names !== this._contents.childNames(path))
    );
  }

  /** Want the children of a group in the order in which they lie in the file, once that is known. */
  private _arrange(path: NodePath): void {
    const count = this._contents.childNames(path)?.length ?? 0;
    if (
      this.wantedListings.size === 0 ||
      count > MOST_ARRANGED ||
      !this._contents.isOrderKnown(path)
    ) {
      return;
    }
    for (const name of this._contents.childNamesInFile(path) ?? []) {
      const child = childPath(path, name);
      if (this.wantedListings.delete(child)) {
        this.wantedListings.add(child);
      }
    }
  }

  /** Look at nodes until a time; whether there are more to look at. */
  step(until: number): boolean {
    let left = STEP;
    while (this._work.length > 0) {
      if (left <= 0) {
        if (performance.now() >= until) {
          break;
        }
        left = STEP;
      }
      // A new work is put on top while this one is done.
      const work = this._work.pop()!;
      const end = Math.min(work.next + left, work.items.length);
      left -= end - work.next + 1;
      for (; work.next < end; work.next++) {
        const item = work.items[work.next];
        if (work.parent === null) {
          this._judge(item, parentPath(item), nodeName(item));
        } else {
          this._judge(childPath(work.parent, item), work.parent, item);
        }
      }
      if (work.next < work.items.length) {
        this._work.push(work);
      } else if (work.parent !== null && this._sections.has(work.parent)) {
        this._listed += 1;
      }
      if (this._isOutdated) {
        this._startOver();
      }
    }
    return this._work.length > 0;
  }

  /** A word turned out to be the name of a variable, and so matches otherwise. */
  private _startOver(): void {
    this._isOutdated = false;
    this._matches = new Matches(this._words, this._variables);
    this.wantedListings.clear();
    this.wantedFacts.clear();
    this.ahead.clear();
    this._entered.clear();
    this._opened.clear();
    this._sections.clear();
    this._owed.clear();
    this._owing.clear();
    this._work.length = 0;
    this._listed = 0;
    this._folders = 0;
    this._enter(topPath(this._contents), false);
  }

  /** Look at a node; called for each of thousands, so what is known of it is not found out again. */
  private _judge(path: NodePath, parent: NodePath, name: string): void {
    const contents = this._contents;
    const facts = contents.facts(path);
    const known = facts?.kind ?? null;
    const kind = knownRowKind(contents, path, this._depthBelow(parent), known);
    const isUnread = facts === null && !this._contents.factsFailure(path);
    if (kind === 'variable') {
      this._note(name);
      const isMatch = this._matches.test(parent, name, facts?.detail ?? '');
      this._matches.set(path, isMatch);
      this._owe(path, parent, isUnread && !isMatch);
      if (isUnread && isMatch && this.ahead.size < MOST_AHEAD) {
        this.ahead.add(path);
      }
      return;
    }
    // It may have been taken for a variable before its facts were read.
    this._matches.set(path, false);
    if (kind === null || kind === 'folder') {
      this._owe(path, parent, isUnread);
      if (kind === null || isUnread) {
        return;
      }
    } else if (this._contents.listingFailure(path)) {
      // A dataset where a group is expected cannot be listed.
      this._owe(path, parent, isUnread);
    }
    this._enter(path, kind === 'section' || kind === 'folder');
  }

  private _enter(path: NodePath, isSection: boolean): void {
    if (this._entered.has(path)) {
      return;
    }
    if (
      this._contents.childNames(path) === null &&
      nodeRowKind(this._contents, path) === 'folder'
    ) {
      const depth = path.split('/').length - 1;
      if (depth > MAX_DEPTH || this._folders >= MAX_FOLDERS) {
        return;
      }
      this._folders += 1;
    }
    this._entered.add(path);
    if (isSection) {
      this._sections.add(path);
    }
    this._open(path);
  }

  /** How many names below the results the children of a node are; those beside each other are as many. */
  private _depthBelow(parent: NodePath): number {
    if (parent !== this._parent) {
      this._parent = parent;
      this._depth = resultsDepth(this._contents, childPath(parent, ''));
    }
    return this._depth;
  }

  /** Look at a group's children, or want them listed. */
  private _open(path: NodePath): void {
    // What lies near each other in the file is read together.
    const names = this._contents.childNamesInFile(path);
    if (names === null || this._contents.isListingOld(path)) {
      const failure = this._contents.listingFailure(path);
      if (failure === null || isFileFailure(failure)) {
        this.wantedListings.add(path);
        return;
      }
    }
    this._opened.set(path, this._contents.childNames(path));
    this._work.push({ parent: path, items: names ?? [], next: 0 });
  }

  /** Want the facts of a node, or be content with what there is. */
  private _owe(path: NodePath, parent: NodePath, isOwed: boolean): void {
    const wasOwed = this._owed.size > 0 && this._owed.has(path);
    if (isOwed === wasOwed) {
      return;
    }
    const count = (this._owing.get(parent) ?? 0) + (isOwed ? 1 : -1);
    if (isOwed) {
      this._owed.add(path);
      this.wantedFacts.add(path);
    } else {
      this._owed.delete(path);
      this.wantedFacts.delete(path);
    }
    if (count === 0) {
      this._owing.delete(parent);
    } else if (this._sections.has(parent)) {
      this._owing.set(parent, count);
    }
  }

  /** Take note of a variable's name. */
  private _note(name: string): void {
    if (this._names.has(name)) {
      return;
    }
    this._names.add(name);
    const variable = name.toLowerCase();
    if (!this._variables.has(variable)) {
      this._variables.add(variable);
      this._isOutdated ||= this._words.includes(variable);
    }
  }

  private _matches: Matches;
  private _listed = 0;
  private _folders = 0;
  private _isOutdated = false;
  private _parent: NodePath | null = null;
  private _depth = 0;
  private readonly _words: readonly string[];
  private readonly _names = new Set<string>();
  private readonly _variables = new Set<string>();
  private readonly _entered = new Set<NodePath>();
  /** The names of the groups that were looked into; null where there were none to be had. */
  private readonly _opened = new Map<NodePath, readonly string[] | null>();
  private readonly _sections = new Set<NodePath>();
  private readonly _owed = new Set<NodePath>();
  private readonly _owing = new Map<NodePath, number>();
  private readonly _work: IWork[] = [];
}
