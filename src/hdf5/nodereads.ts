import type { IFailure } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { nodeName, parentPath, X_NAME } from '../refs/layout';
import { groupsNaming } from '../refs/missing';
import type { NodeDescription, NodeListing } from '../refs/types';
import { fetchGroups } from './groupahead';
import { fetchGroup } from './groupcheck';
import type { KnownLists } from './knownlists';
import { LIMITS } from './limits';
import type { LinkedReader } from './linkedreader';
import type { IListedSoon } from './listings';
import type { ITreeNode } from './oldgroup';
import type { Request } from './protocol';
import type { RangeBytes } from './rangebytes';
import type { IReach } from './reach';
import type { Rounds } from './rounds';
import type { StartAhead } from './startahead';

/** What the nodes of an open file are read by. */
export interface INodeReadsOptions {
  readonly reader: LinkedReader;
  /** The file's bytes where they come in parts; null where all of them are there. */
  readonly bytes: RangeBytes | null;
  readonly rounds: Rounds;
  readonly known: KnownLists;
  /** Fetches the names, and all metadata. */
  readonly start: StartAhead;
  /** Whether the file is opened anew: nothing of it is fetched ahead then but for what is looked at. */
  readonly isAgain: boolean;
  /** Do work when the calls before it are answered. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>;
  /** Called with the right list of a group that was answered as `unchecked`. */
  readonly relisted: (listing: NodeListing) => void;
}

/** A large group that is still to be looked through. */
interface IUnchecked {
  /** The names that stand in it. */
  readonly names: readonly string[];
  /** The node from which to look. */
  readonly root: ITreeNode;
  /** Whether somebody looks; put off until then. */
  isRunning: boolean;
}

/** Milliseconds from what the tree asks for in which the figures ask for their traces, mostly; those asked for later come after the metadata. */
const MOMENT = 50;

/** Reads what the tree of one open file shows, and fetches ahead what many groups are listed by. */
export class NodeReads {
  /** Read nothing yet. */
  constructor(private readonly _options: INodeReadsOptions) {}

  /** Post nothing more. */
  close(): void {
    this._isClosed = true;
    this._unchecked.clear();
    clearTimeout(this._calm);
  }

  /** Fetch the names, which are looked for first, and then all other metadata. */
  async fetchStart(): Promise<void> {
    const { start } = this._options;
    start.look();
    for (const what of ['names', 'metadata'] as const) {
      if (!this._isClosed) {
        await soundly(start.fetch(what));
      }
    }
  }

  /** What is to be fetched before a call is answered, while others are; null where that is nothing. */
  fetchAhead(request: Request): Promise<void> | null {
    if (request.call === 'list' && isMany(request.argument)) {
      return this._fetchMany(request.argument);
    }
    const { known, start, isAgain } = this._options;
    const groups = isAgain ? groupsOf(request) : [];
    if (!groups.some(path => known.isLarge(path))) {
      return null;
    }
    // Where the names do not lie together, they are everywhere in the metadata.
    const isAll = groups.length > LIMITS.describedSoon || !start.tells('names');
    return this._fetchOnce(isAll ? 'metadata' : 'names');
  }

  /** The children of groups, for as many of the paths as fit in a moment. */
  async list(paths: readonly NodePath[]): Promise<readonly NodeListing[]> {
    const { reader, bytes, rounds, known } = this._options;
    if (!bytes || isMany(paths)) {
      return this._withNotes(await this._together(() => reader.list(paths)));
    }
    const found = await rounds.run(() => reader.listSoon(paths));
    found.forEach(({ listing }) => known.see(listing));
    return this._withNotes(found.map(soon => this._answer(soon)));
  }

  /** The facts of nodes, for as many of the paths as fit in a moment. */
  async describe(
    paths: readonly NodePath[]
  ): Promise<readonly NodeDescription[]> {
    const { reader } = this._options;
    return this._withNotes(await this._together(() => reader.describe(paths)));
  }

  /** Take note that a read failed: where what a list tells of is not there, that is looked up at once. */
  noteFailure(failure: IFailure): void {
    const namesOf = (path: NodePath) => this._unchecked.get(path)?.names;
    for (const group of groupsNaming(failure, namesOf)) {
      // Where the file is opened anew before that, the list is not to be trusted either.
      this._options.known.drop(group);
      this._look(group);
    }
  }

  /**
   * Fetch what is known to be needed for a list of many groups. The first such
   * list, mostly of what is looked for, goes on while large groups are looked
   * through; those after it are listed much sooner when that is done.
   */
  private async _fetchMany(paths: readonly NodePath[]): Promise<void> {
    const { reader, bytes } = this._options;
    await this._fetchOnce('metadata');
    this._lookAtAll();
    if (this._isMoreWanted) {
      await Promise.all(this._running);
    }
    if (this._isClosed) {
      return;
    }
    this._isMoreWanted = true;
    const places = reader.groupPlaces(paths);
    if (bytes && places.length > 0) {
      await soundly(fetchGroups(bytes, places));
    }
  }

  /** Look at many nodes: waiting for all of them together is work that a near server is not worth. */
  private _together<T>(work: () => Promise<T>): Promise<T> {
    const { bytes, rounds } = this._options;
    const roundTrip = bytes?.roundTrip ?? Infinity;
    return roundTrip < LIMITS.nearServer ? work() : rounds.run(work);
  }

  /** Fetch a part of the file's start once, if it is not there; null where nothing is to be waited for. */
  private _fetchOnce(what: keyof IReach): Promise<void> | null {
    const { start, isAgain } = this._options;
    const under = this._fetches.get(what);
    if (under || !isAgain || !start.misses(what)) {
      return under ?? null;
    }
    const fetching = this._fetchAfterTraces(what);
    this._fetches.set(what, fetching);
    return fetching;
  }

  /** The figures ask for their traces a moment after the tree, and these are few bytes. */
  private async _fetchAfterTraces(what: keyof IReach): Promise<void> {
    const { start, inTurn } = this._options;
    await new Promise(resolve => setTimeout(resolve, MOMENT));
    await inTurn(() => Promise.resolve());
    if (this._isClosed) {
      return;
    }
    // What fails here is read again when it is needed, and told then.
    await soundly(start.fetch(what));
  }

  private _answer({ listing, unchecked: root }: IListedSoon): NodeListing {
    const { known } = this._options;
    if (!root || 'failure' in listing) {
      known.replace(listing);
      return listing;
    }
    const { path, names } = listing;
    const before = known.get(path, names);
    const isRunning = this._unchecked.get(path)?.isRunning ?? false;
    this._unchecked.set(path, { names, root, isRunning });
    if (before?.isAll) {
      // Only the name of what was deleted since may stand there still.
      this._lookWhenCalm();
    } else {
      this._look(path);
    }
    return before ? { ...before.listing, unchecked: true } : listing;
  }

  private _withNotes<T extends NodeListing | NodeDescription>(
    answers: readonly T[]
  ): readonly T[] {
    answers.forEach(answer => {
      if ('failure' in answer) {
        this.noteFailure(answer.failure);
      }
    });
    return answers;
  }

  private _lookWhenCalm(): void {
    clearTimeout(this._calm);
    this._calm = setTimeout(() => this._lookAtAll(), LIMITS.calm);
  }

  private _lookAtAll(): void {
    [...this._unchecked.keys()].forEach(path => this._look(path));
  }

  /** Look through a group, unless somebody does; where that fails, later again. */
  private _look(path: NodePath): void {
    const unchecked = this._unchecked.get(path);
    if (!unchecked || unchecked.isRunning) {
      return;
    }
    unchecked.isRunning = true;
    const running = this._check(path, unchecked).then(isDone => {
      this._running.delete(running);
      this._unchecked.delete(path);
      if (!isDone && !this._isClosed) {
        this._unchecked.set(path, { ...unchecked, isRunning: false });
        this._lookWhenCalm();
      }
    });
    this._running.add(running);
  }

  /** Look up the names that stand in a group, and in which order they lie, and tell; false where the server fails. */
  private async _check(
    path: NodePath,
    { names, root }: IUnchecked
  ): Promise<boolean> {
    const { reader, bytes, rounds, known, inTurn, relisted } = this._options;
    const isWhole = bytes && (await soundly(fetchGroup(bytes, root)));
    if (!isWhole) {
      // Too much of it to be kept is no failure.
      return isWhole === false;
    }
    let listing: NodeListing | undefined;
    await inTurn(async () => {
      const listings = this._isClosed
        ? null
        : await soundly(rounds.run(() => reader.list([path])));
      listing = listings?.[0];
    });
    if (!listing || this._isClosed) {
      return false;
    }
    if ('names' in listing) {
      known.keep(listing, names);
    }
    relisted(listing);
    return true;
  }

  private _isClosed = false;
  private readonly _fetches = new Map<keyof IReach, Promise<void>>();
  /** Whether a list of many groups was asked for already. */
  private _isMoreWanted = false;
  private readonly _running = new Set<Promise<void>>();
  private _calm: ReturnType<typeof setTimeout> | undefined;
  /** Groups that are looked through at once, or when many are listed, when something of them is missing, or when the file was left alone for a while. */
  private readonly _unchecked = new Map<NodePath, IUnchecked>();
}

/** Whether so many groups are more than what a user looks at. */
function isMany(paths: readonly NodePath[]): boolean {
  return paths.length > LIMITS.listedSoon;
}

/** The groups that a call of the tree looks into; a group's x is shown with it, whether it is expanded or not. */
function groupsOf({ call, argument }: Request): readonly NodePath[] {
  if (call === 'describe') {
    return argument.filter(path => nodeName(path) !== X_NAME).map(parentPath);
  }
  return call === 'list' ? argument : [];
}

/** The value of work; null when it fails. */
export async function soundly<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch {
    return null;
  }
}
