import { notDrawable } from '../refs/drawable';
import { ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { nodeName, RESULTS_PATH } from '../refs/layout';
import type {
  IFileSummary,
  INodePreview,
  ITrace,
  ITraceRequest,
  NodeDescription,
  NodeListing
} from '../refs/types';
import { Arrays, readError } from './arrays';
import { assertChunks, isDrawnSize } from './extent';
import { ArrayCache } from './arraycache';
import type { ArrivingNumbers } from './arriving';
import type { IAxis } from './axis';
import type { IBytes } from './bytes';
import { Engine } from './engine';
import { nodeFailure } from './errors';
import { assertSupported, valueType } from './facts';
import { LIMITS } from './limits';
import { listingOf } from './listing';
import type { IListedSoon } from './listings';
import { Listings } from './listings';
import type { ILinkedNode } from './links';
import type { ILongArray } from './longarray';
import { longArray } from './longarray';
import { assertHardLinks, Links } from './links';
import type { IHdf5 } from './mount';
import { NodeFacts } from './nodefacts';
import { makePreview } from './preview';
import type { IReach } from './reach';
import { reachOf } from './reach';
import type { IGroupPlace } from './oldgroups';
import { Session } from './session';
import type { IDrawable } from './trace';
import { makeTrace } from './trace';
import { textBytes } from './values';

/** What a reader is given. */
export interface IReaderOptions {
  /** h5wasm's module; which build of it is the caller's choice. */
  readonly hdf5: IHdf5;
  readonly bytes: IBytes;
  readonly access: IFileSummary['access'];
  readonly age?: IFileSummary['age'];
  /** Called between the steps of a long read. */
  readonly beat?: () => void;
  /** Milliseconds, from any start. */
  readonly now?: () => number;
  /** Where arrays are kept, together with those of other files; its own when absent. */
  readonly arrays?: ArrayCache;
  /** The name by which another file links to this one; absent for the file that was opened. */
  readonly linkedFile?: string;
}

/** One open file. Every method throws a `ReadError`. */
export class Reader {
  /** Open the file. */
  constructor(options: IReaderOptions) {
    this._now = options.now ?? (() => performance.now());
    const { hdf5, bytes, linkedFile } = options;
    this._bytes = bytes;
    this._session = new Session(hdf5, bytes, linkedFile);
    this._engine = new Engine(this._session);
    this._arrays = new Arrays(
      this._engine,
      options.beat ?? (() => undefined),
      options.arrays ?? new ArrayCache(LIMITS.cache, LIMITS.step)
    );
    this._links = new Links(this._engine);
    this._nodes = new NodeFacts(this._engine);
    this._listings = new Listings(this._engine, this._session);
    try {
      this.summary = {
        kind: this._isResults() ? 'results' : 'plain',
        size: bytes.size,
        access: options.access,
        age: options.age,
        rootNames: this._rootNames()
      };
    } catch (reason) {
      this._session.close();
      throw reason;
    }
  }

  /** What is known of the file. */
  readonly summary: IFileSummary;

  /** Close the file. */
  close(): void {
    this._arrays.close();
    this._session.close();
  }

  /** Where a node lies by a link into another file; null where none may be followed. */
  linked(path: NodePath): ILinkedNode | null {
    return this._links.find(path);
  }

  /** Assert that only hard links lead to a node. */
  assertHardLinks(path: NodePath): void {
    assertHardLinks(this._engine, path);
  }

  /** The children of groups, for as many of the paths as fit in a moment. */
  list(paths: readonly NodePath[]): NodeListing[] {
    return this._inTime(paths, path => this._listings.of(path));
  }

  /** Where groups of the original's layout probably lie: all that HDF5 has come upon by their names. */
  groupPlaces(paths: readonly NodePath[]): IGroupPlace[] {
    return paths.flatMap(path => this._session.groupPlaces(nodeName(path)));
  }

  /** The facts of nodes, for as many of the paths as fit in a moment. */
  describe(paths: readonly NodePath[]): NodeDescription[] {
    return this._inTime(paths, path => this._description(path));
  }

  /** The attributes and first values of a node. */
  preview(path: NodePath): INodePreview {
    const { facts, metadata } = this._nodes.read(path);
    return makePreview(this._engine, facts, metadata);
  }

  /** One variable, paired and reduced. */
  trace(request: ITraceRequest): ITrace {
    return makeTrace({
      request,
      y: this.drawable(request.path),
      x: request.x === null ? null : this._description(request.x),
      axis: path => this.axis(path)
    });
  }

  /** A dataset to draw. */
  drawable(path: NodePath): IDrawable {
    const { facts, metadata } = this._nodes.read(path);
    const reason = notDrawable(facts);
    if (reason === 'other-type' && metadata) {
      assertSupported(path, metadata);
    }
    if (reason !== null || !metadata) {
      throw new ReadError({
        code: 'not-drawable',
        path,
        technical: `${reason}: ${facts.dtype || facts.kind} ${JSON.stringify(facts.shape)}`
      });
    }
    return { facts, line: c => this._arrays.line(path, metadata, c) };
  }

  /** A dataset to draw against. */
  axis(path: NodePath): IAxis {
    return this._arrays.axis(path, this._nodes.dataset(path));
  }

  /** A dataset whose numbers are best taken as they come; null for any other, and once they are there. */
  long(path: NodePath): ILongArray | null {
    if (this._arrays.isSettled(path)) {
      return null;
    }
    const metadata = this._nodes.dataset(path);
    return !isDrawnSize(path, metadata, this._engine.size)
      ? null
      : longArray(this._engine, this._bytes, path, metadata);
  }

  /** Takes the numbers of such a dataset. */
  arriving(path: NodePath, isX: boolean): ArrivingNumbers {
    return this._arrays.arriving(path, this._nodes.dataset(path), isX);
  }

  /** Bytes that may be kept of the arrays of all files. */
  get room(): number {
    return this._arrays.room;
  }

  /** Keep what has come; see `Arrays.keep`. */
  keep(path: NodePath, { kept, facts }: ArrivingNumbers): void {
    this._arrays.keep(path, kept, facts);
  }

  /** Pass the little-endian bytes of a dataset along, in steps. */
  raw(path: NodePath, use: (bytes: Uint8Array) => void): void {
    this._nodes.facts(path);
    this._arrays.eachStep(path, this._nodes.dataset(path), use);
  }

  /** The bytes of a text: of the first, where there are several. */
  text(path: NodePath): Uint8Array {
    this._nodes.facts(path);
    const metadata = this._nodes.dataset(path);
    assertChunks(path, metadata);
    if (valueType(metadata).valueClass !== 'text' || metadata.total_size < 1) {
      throw new ReadError({
        code: 'node-unreadable',
        path,
        technical: `${valueType(metadata).dtype} is no text`
      });
    }
    const rank = metadata.shape?.length ?? 0;
    const zeros = new Array<number>(rank).fill(0);
    const ones = new Array<number>(rank).fill(1);
    try {
      return this._engine.readPart(path, metadata, zeros, ones, bytes =>
        textBytes(bytes, metadata, this._engine.pointed).slice()
      );
    } catch (reason) {
      throw readError(this._engine, path, reason);
    }
  }

  /** See `reachOf`. */
  get reach(): IReach {
    return reachOf(this._engine);
  }

  /** The children of a group; perhaps before all that lists them was fetched, see `unchecked`. */
  listSoon(path: NodePath): IListedSoon {
    return this._listings.soon(path);
  }

  private _isResults(): boolean {
    try {
      return this._engine.kind(RESULTS_PATH) === 'group';
    } catch (reason) {
      nodeFailure(reason);
      return false;
    }
  }

  private _rootNames(): readonly string[] {
    try {
      return listingOf('/', this._engine.names('/')).names;
    } catch (reason) {
      // Without its root there is nothing of the file to be had.
      throw new ReadError({
        code: 'damaged',
        technical: nodeFailure(reason).technical
      });
    }
  }

  private _description(path: NodePath): NodeDescription {
    try {
      return { path, facts: this._nodes.facts(path) };
    } catch (reason) {
      return { path, failure: nodeFailure(reason) };
    }
  }

  private _inTime<T>(
    paths: readonly NodePath[],
    answer: (path: NodePath) => T
  ): T[] {
    const end = this._now() + LIMITS.slice;
    const answers: T[] = [];
    for (const path of paths) {
      answers.push(answer(path));
      if (this._now() >= end) {
        break;
      }
    }
    return answers;
  }

  private readonly _bytes: IBytes;
  private readonly _session: Session;
  private readonly _engine: Engine;
  private readonly _arrays: Arrays;
  private readonly _links: Links;
  private readonly _nodes: NodeFacts;
  private readonly _listings: Listings;
  private readonly _now: () => number;
}
