import { filterWords, matchedWords } from '../refs/filter';
import { isFileFailure } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { childPath, nodeName, parentPath } from '../refs/layout';
import type { RowKind } from '../refs/outline';
import {
  depthBelow,
  isHiddenX,
  nodeRowKind,
  shownKind,
  topPath
} from '../refs/outline';
import { ShownTree } from '../refs/shown';
import type { INodeFacts } from '../refs/types';
import type { Contents } from './contents';
import { Matches } from './matches';
import { SearchWants } from './searchwants';
import type { IEntered, IWork } from './searchwork';
import { pathOf } from './searchwork';
import { VariableNames } from './variablenames';

/** Nodes looked at between two looks at the clock. */
const STEP = 50;

/** Names below the top that folders are listed down to; links may make a tree endless. */
const MAX_DEPTH = 8;

/** Folders that are listed for a filter; the groups and sections of the results all are. */
const MAX_FOLDERS = 5000;

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
    this._variables = new VariableNames(this._words);
    this._matches = new Matches(this._words, this._variables.all);
    this._enterTop();
  }

  /** What matches so far. */
  get shown(): ShownTree {
    return this._shown;
  }

  /** What is to be read. */
  readonly wants = new SearchWants();

  /** How many of the words match what is known of a group, or of a section and its group. */
  nearness(path: NodePath): number {
    return matchedWords(this._entered.get(path)?.mask ?? 0);
  }

  /** Whether the name of a node says something about any of the words. */
  isNear(path: NodePath): boolean {
    return this._matches.isNear(path);
  }

  /** Take note of nodes of which something was read. */
  take(paths: readonly NodePath[]): void {
    const before = this._work.length;
    let names: string[] = [];
    for (const path of paths) {
      const entered = this._entered.get(path);
      if (entered && this._isOther(entered)) {
        this._open(entered);
      }
      this.wants.arrange(path, this._contents);
      this._leaveListed(path);
      const group = this._entered.get(parentPath(path));
      if (group?.names !== undefined) {
        const last = this._work.at(-1);
        if (last?.names !== names || last.group !== group) {
          names = [];
          this._work.push({ group, names, isAll: false, next: 0 });
        }
        names.push(nodeName(path));
      }
    }
    // The last is looked at first, and they came in the order in which they lie in the file.
    this._work.push(...this._work.splice(before).reverse());
  }

  /** What is not listed any more does not match. */
  private _leaveListed(path: NodePath): void {
    const left = this._shown.at(path);
    if (left) {
      const listed = new Set(this._contents.childNames(path));
      for (const name of left.below.keys()) {
        if (!listed.has(name)) {
          this._shown.removeAll(path, name);
        }
      }
    }
  }

  /** Whether a group was not looked into, or has other names since. */
  private _isOther({ path, isSection, names }: IEntered): boolean {
    return (
      names === undefined ||
      (!isSection && names !== this._contents.childNames(path))
    );
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
      const end = Math.min(work.next + left, work.names.length);
      left -= end - work.next + 1;
      this._facts = this._contents.factsBelow(work.group.path);
      for (; work.next < end; work.next++) {
        this._judge(work, work.next);
      }
      if (work.next < work.names.length) {
        this._work.push(work);
      } else if (work.isAll && work.group.isSection) {
        this.wants.noteListed();
      }
      if (this._isOutdated) {
        this._startOver();
      }
    }
    return this._work.length > 0;
  }

  /** A word turned out to be the name of a variable, or in the detail of a group, and so matches otherwise. */
  private _startOver(): void {
    this._isOutdated = false;
    this._matches = new Matches(this._words, this._variables.all);
    this._shown.clear();
    this.wants.startOver();
    this._entered.clear();
    this._wanted.clear();
    this._work.length = 0;
    this._folders = 0;
    this._enterTop();
  }

  /** Look at a node; called for each of thousands, so not even its path is made where nothing is missing. */
  private _judge(work: IWork, place: number): void {
    const parent = work.group.path;
    const name = work.names[place];
    const facts = this._facts?.get(name) ?? null;
    const kind = this._kindOf(work, place, facts);
    if (kind === 'variable') {
      this._isOutdated = this._variables.note(name) || this._isOutdated;
      const isMatch = this._matches.test(
        work.group.mask,
        name,
        facts?.detail ?? ''
      );
      if (isMatch) {
        this._shown.add(parent, name);
      } else {
        this._shown.removeAll(parent, name);
      }
      if (facts === null || this.wants.owesAny) {
        const path = childPath(parent, name);
        const isUnread = this._isUnread(path, facts);
        this.wants.oweVariable(path, work.group, isUnread, isMatch);
      }
    } else if (kind === null) {
      this._shown.removeAll(parent, name);
      const path = childPath(parent, name);
      this.wants.owe(path, work.group, this._isUnread(path, facts));
    } else {
      // It may have been taken for a variable before its facts were read.
      this._shown.remove(parent, name);
      this._judgeGroup(work, place, kind, facts);
    }
  }

  private _judgeGroup(
    work: IWork,
    place: number,
    kind: RowKind,
    facts: INodeFacts | null
  ): void {
    const above = work.group;
    const path = pathOf(work, place);
    // The detail of a group, as the parameters of a run, is of all that is in
    // it, and to list the group may be to open the file of the run.
    if (kind === 'folder' || kind === 'group') {
      const isUnread = this._contents.lacksFacts(path);
      this.wants.owe(path, above, isUnread);
      if (isUnread && kind === 'folder') {
        return;
      }
      if (isUnread && this._contents.children(path) === null) {
        this.wants.groups.add(path);
        return;
      }
    } else if (this._contents.listingFailure(path)) {
      // A dataset where a group is expected cannot be listed.
      this.wants.owe(path, above, this._isUnread(path, facts));
    }
    const mask =
      kind === 'section'
        ? this._matches.aboveSection(above.mask, work.names[place])
        : this._matches.above(path, facts?.detail);
    if (kind === 'group') {
      this._isOutdated ||= (this._entered.get(path)?.mask ?? mask) !== mask;
    }
    this._enter({
      path,
      depth: above.depth === 0 ? 0 : above.depth + 1,
      isSection: kind === 'section' || kind === 'folder',
      mask,
      names: undefined
    });
  }

  private _isUnread(path: NodePath, facts: INodeFacts | null): boolean {
    return facts === null && !this._contents.factsFailure(path);
  }

  private _kindOf(
    work: IWork,
    place: number,
    facts: INodeFacts | null
  ): RowKind | null {
    const kind = facts?.kind ?? null;
    const { depth } = work.group;
    if (isHiddenX(work.names[place], depth, kind)) {
      return null;
    }
    // By its place alone, a path decides only where nothing is known.
    const path = depth === 0 && kind === null ? pathOf(work, place) : '';
    return shownKind(this._contents, path, depth, kind);
  }

  private _enterTop(): void {
    const path = topPath(this._contents);
    this._enter({
      path,
      depth: depthBelow(this._contents, path),
      isSection: false,
      mask: this._matches.above(path),
      names: undefined
    });
  }

  private _enter(group: IEntered): void {
    const { path } = group;
    if (this._entered.has(path)) {
      return;
    }
    if (
      this._contents.children(path) === null &&
      nodeRowKind(this._contents, path) === 'folder'
    ) {
      const names = path.split('/').length - 1;
      if (names > MAX_DEPTH || this._folders >= MAX_FOLDERS) {
        return;
      }
      this._folders += 1;
    }
    this._entered.set(path, group);
    if (group.isSection) {
      this.wants.noteSection();
    }
    this._open(group);
  }

  /** Look at a group's children, or want them listed. */
  private _open(group: IEntered): void {
    const { path } = group;
    const children = this._contents.children(path);
    if (children === null || this._contents.isListingOld(path)) {
      const failure = this._contents.listingFailure(path);
      // What the server did not answer before, it may by now.
      const mayBeBack =
        failure?.cause === 'server-gone' && !this._wanted.has(path);
      if (failure === null || isFileFailure(failure) || mayBeBack) {
        this._wanted.add(path);
        this.wants.listings.add(path);
        return;
      }
      this.wants.unlisted.add(path);
    } else {
      this.wants.unlisted.delete(path);
    }
    group.names = children?.names ?? null;
    // What lies near each other in the file is read together.
    const names = children?.namesInFile ?? [];
    this._work.push({ group, names, isAll: true, children, next: 0 });
  }

  private _matches: Matches;
  private _folders = 0;
  private _isOutdated = false;
  private _facts: ReadonlyMap<string, INodeFacts> | undefined;
  private readonly _shown = new ShownTree();
  private readonly _words: readonly string[];
  private readonly _variables: VariableNames;
  /** The groups that were to be listed. */
  private readonly _wanted = new Set<NodePath>();
  private readonly _entered = new Map<NodePath, IEntered>();
  private readonly _work: IWork[] = [];
}
