import type { IFailure } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { nodeName, parentPath, X_NAME } from '../refs/layout';
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
import type { Rounds } from './rounds';

/** What the nodes of an open file are read by. */
export interface INodeReadsOptions {
  readonly reader: LinkedReader;
  /** The file's bytes where they come in parts; null where all of them are there. */
  readonly bytes: RangeBytes | null;
  readonly rounds: Rounds;
  readonly known: KnownLists;
  /** Fetches the file's metadata as a whole; null where that is under way, or there is nothing to fetch. */
  readonly metadata: (() => Promise<void>) | null;
  /** Do work when the calls before it are answered. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>;
  /** Called with the right list of a group that was answered as `unchecked`. */
  readonly relisted: (listing: NodeListing) => void;
}

/** A look through a group that is put off. */
interface IPostponed {
  readonly check: () => Promise<void>;
  /** The names that stand in the group. */
  readonly names: readonly string[];
}

/** Milliseconds from what the tree asks for until the figures have asked too. */
const MOMENT = 50;

/** Reads what the tree of one open file shows, and fetches ahead what many groups are listed by. */
export class NodeReads {
  /** Read nothing yet. */
  constructor(private readonly _options: INodeReadsOptions) {}

  /** Post nothing more. */
  close(): void {
    this._isClosed = true;
    this._postponed.clear();
    clearTimeout(this._calm);
  }

  /** What is to be fetched before a call is answered, while others are; null where that is nothing. */
  fetchAhead(request: Request): Promise<void> | null {
    if (request.call === 'list' && isMany(request.argument)) {
      return this._fetchMany(request.argument);
    }
    const { known, metadata } = this._options;
    const groups = metadata ? groupsOf(request) : [];
    return groups.some(path => known.isLarge(path))
      ? this._fetchMetadata()
      : null;
  }

  /** The children of groups, for as many of the paths as fit in a moment. */
  async list(paths: readonly NodePath[]): Promise<readonly NodeListing[]> {
    const { reader, bytes, rounds, known } = this._options;
    if (!bytes || isMany(paths)) {
      return this._looked(await this._together(() => reader.list(paths)));
    }
    const found = await rounds.run(() => reader.listSoon(paths));
    found.forEach(({ listing }) => known.see(listing));
    return this._looked(found.map(soon => this._answer(soon)));
  }

  /** The facts of nodes, for as many of the paths as fit in a moment. */
  async describe(
    paths: readonly NodePath[]
  ): Promise<readonly NodeDescription[]> {
    const { reader } = this._options;
    return this._looked(await this._together(() => reader.describe(paths)));
  }

  /** Take note that a read failed: where what a list tells of is not there, that is looked up at once. */
  noteFailure({ code, path = '/' }: IFailure): void {
    if (code !== 'node-missing' || this._postponed.size === 0) {
      return;
    }
    for (let at = path; at !== '/'; at = parentPath(at)) {
      const group = parentPath(at);
      const postponed = this._postponed.get(group);
      if (postponed?.names.includes(nodeName(at))) {
        // The file may be opened anew before it is.
        this._options.known.drop(group);
        this._postponed.delete(group);
        this._start(postponed.check);
      }
    }
  }

  /**
   * Fetch what is known to be needed for a list of many groups. The first such
   * list, mostly of what is looked for, goes on while large groups are looked
   * through; those after it are listed much sooner when that is done.
   */
  private async _fetchMany(paths: readonly NodePath[]): Promise<void> {
    const { reader, bytes } = this._options;
    await this._fetchMetadata();
    this._startPostponed();
    if (this._isMoreWanted) {
      await Promise.all(this._running);
    }
    this._isMoreWanted = true;
    const places = reader.groupPlaces(paths);
    if (bytes && places.length > 0 && !this._isClosed) {
      await soundly(fetchGroups(bytes, places));
    }
  }

  /** Look at many nodes: waiting for all of them together is work that a near server is not worth. */
  private _together<T>(work: () => Promise<T>): Promise<T> {
    const { bytes, rounds } = this._options;
    const roundTrip = bytes?.roundTrip ?? Infinity;
    return roundTrip < LIMITS.nearServer ? work() : rounds.run(work);
  }

  /** Fetch the file's metadata once, if that is left to do: what is in large groups lies everywhere in them. */
  private _fetchMetadata(): Promise<void> {
    this._metadata ??= this._fetchAfterTraces();
    return this._metadata;
  }

  /** The figures ask for their traces a moment after the tree, and these are few bytes. */
  private async _fetchAfterTraces(): Promise<void> {
    const { metadata, inTurn } = this._options;
    if (!metadata) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, MOMENT));
    await inTurn(() => Promise.resolve());
    // What fails here is read again when it is needed, and told then.
    await soundly(metadata());
  }

  private _answer({ listing, unchecked }: IListedSoon): NodeListing {
    const { known: lists } = this._options;
    if (!unchecked) {
      lists.replace(listing);
      return listing;
    }
    if ('failure' in listing) {
      return listing;
    }
    const { path, names } = listing;
    const check = () => this._check(path, unchecked, names);
    const known = lists.get(path, names);
    if (!known?.isAll) {
      this._start(check);
      return known ? { ...known.listing, unchecked: true } : listing;
    }
    // These are the names that HDF5 found before; only that of one deleted since may stand there still.
    this._postponed.set(path, { check, names });
    clearTimeout(this._calm);
    this._calm = setTimeout(() => this._startPostponed(), LIMITS.calm);
    return { ...known.listing, unchecked: true };
  }

  private _looked<T extends NodeListing | NodeDescription>(
    answers: readonly T[]
  ): readonly T[] {
    answers.forEach(answer => {
      if ('failure' in answer) {
        this.noteFailure(answer.failure);
      }
    });
    return answers;
  }

  private _startPostponed(): void {
    this._postponed.forEach(({ check }) => this._start(check));
    this._postponed.clear();
  }

  private _start(check: () => Promise<void>): void {
    const running = check().finally(() => this._running.delete(running));
    this._running.add(running);
  }

  /** Look up the names that stand in a group, and in which order they lie, and tell. */
  private async _check(
    path: NodePath,
    root: ITreeNode,
    standing: readonly string[]
  ): Promise<void> {
    const { reader, bytes, rounds, known, inTurn, relisted } = this._options;
    const isWhole = bytes && (await soundly(fetchGroup(bytes, root)));
    if (!isWhole || this._isClosed) {
      return;
    }
    await inTurn(async () => {
      if (this._isClosed) {
        return;
      }
      const listings = await soundly(rounds.run(() => reader.list([path])));
      const [listing] = listings ?? [];
      if (!listing || this._isClosed) {
        return;
      }
      if ('names' in listing) {
        known.keep(listing, standing);
      }
      relisted(listing);
    });
  }

  private _isClosed = false;
  private _metadata: Promise<void> | null = null;
  /** Whether a list of many groups was asked for already. */
  private _isMoreWanted = false;
  private readonly _running = new Set<Promise<void>>();
  private _calm: ReturnType<typeof setTimeout> | undefined;
  /** Groups that are looked through when many are listed, when something of them is missing, or when the file was left alone for a while. */
  private readonly _postponed = new Map<NodePath, IPostponed>();
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
