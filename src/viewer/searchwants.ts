import type { NodePath } from '../refs/layout';
import type { Contents } from './contents';
import type { IEntered } from './searchwork';

/** Names that are put in another order at once. */
const MOST_ARRANGED = 20_000;

/** Variables whose details are read before anything asks for them. */
const MOST_AHEAD = 20_000;

/** What a filter's search wants to be read, and how much of it was. */
export class SearchWants {
  /** The groups whose children are to be listed. */
  readonly listings = new Set<NodePath>();

  /** The nodes whose facts are to be read. */
  readonly facts = new Set<NodePath>();

  /** Those of them that are groups which are not looked into before. */
  readonly groups = new Set<NodePath>();

  /** Some of the variables that match without their details, which were not read. */
  readonly ahead = new Set<NodePath>();

  /** The groups and sections whose names could not be read. */
  readonly unlisted = new Set<NodePath>();

  /** Whether anything is still to be read. */
  get any(): boolean {
    return this.listings.size > 0 || this.facts.size > 0;
  }

  /** Whether the facts of any node are owed. */
  get owesAny(): boolean {
    return this._owed.size > 0;
  }

  /** How many sections and folders there are to search. */
  get total(): number {
    return Math.max(this._before.total, this._sections);
  }

  /** How many of them are searched; half of one are its names, the other half the details in it. */
  get done(): number {
    const done = Math.floor(this._listed - this._owing.size / 2);
    return Math.max(this._before.done, done);
  }

  /** Take note of a section or folder. */
  noteSection(): void {
    this._sections += 1;
  }

  /** Take note that the names of a section or folder were all looked at. */
  noteListed(): void {
    this._listed += 1;
  }

  /** Want nothing; how far the search was stays, since what was read is. */
  startOver(): void {
    this._before = { done: this.done, total: this.total };
    this.listings.clear();
    this.facts.clear();
    this.groups.clear();
    this.ahead.clear();
    this.unlisted.clear();
    this._sections = 0;
    this._owed.clear();
    this._owing.clear();
    this._listed = 0;
  }

  /** Want the children of a group in the order in which they lie in the file, once that is known. */
  arrange(path: NodePath, contents: Contents): void {
    const children = this.listings.size > 0 ? contents.children(path) : null;
    if (!children?.isOrderKnown || children.names.length > MOST_ARRANGED) {
      return;
    }
    for (let place = 0; place < children.names.length; place++) {
      const child = children.pathInFile(place);
      if (this.listings.delete(child)) {
        this.listings.add(child);
      }
    }
  }

  /** Want the facts of a variable if they may make it a match; if they cannot, they may be read ahead. */
  oweVariable(
    path: NodePath,
    group: IEntered,
    isUnread: boolean,
    isMatch: boolean
  ): void {
    this.owe(path, group, isUnread && !isMatch);
    if (isUnread && isMatch && this.ahead.size < MOST_AHEAD) {
      this.ahead.add(path);
    }
  }

  /** Want the facts of a node, or be content with what there is. */
  owe(path: NodePath, group: IEntered, isOwed: boolean): void {
    const wasOwed = this._owed.size > 0 && this._owed.has(path);
    if (isOwed === wasOwed) {
      return;
    }
    const count = (this._owing.get(group.path) ?? 0) + (isOwed ? 1 : -1);
    if (isOwed) {
      this._owed.add(path);
      this.facts.add(path);
    } else {
      this._owed.delete(path);
      this.facts.delete(path);
      this.groups.delete(path);
    }
    if (count === 0) {
      this._owing.delete(group.path);
    } else if (group.isSection) {
      this._owing.set(group.path, count);
    }
  }

  private _listed = 0;
  /** How far it was before it started over. */
  private _before = { done: 0, total: 0 };
  private _sections = 0;
  private readonly _owed = new Set<NodePath>();
  private readonly _owing = new Map<NodePath, number>();
}
