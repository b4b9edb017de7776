import type { NodePath } from '../refs/layout';
import {
  childPath,
  nodeName,
  parentPath,
  RESULTS_PATH,
  RUN_NOTES_PATH,
  X_NAME
} from '../refs/layout';
import type {
  IFileSummary,
  INodeFacts,
  INodePreview,
  ITrace,
  ITraceRequest,
  NodeDescription,
  NodeListing,
  RoughTrace
} from '../refs/types';
import { InTime } from './intime';
import type { LinkedFiles } from './linkedfiles';
import type { IGroupPlace } from './oldgroups';
import type { IPlace } from './places';
import { Places } from './places';
import type { IListedSoon } from './listings';
import type { IReach } from './reach';
import type { Reader } from './reader';
import type { Rounds } from './rounds';
import { wanted } from './rounds';
import type { ITraceParts } from './trace';
import { makeTrace } from './trace';
import { streamParts } from './streamparts';
import { WaitingTraces } from './waiting';

/** What reads a file and those that it links to. */
export interface ILinkedReaderOptions {
  /** The opened file; closed with this. */
  readonly master: Reader;
  /** The files that it links to; closed with this. */
  readonly files: LinkedFiles;
  /** Milliseconds, from any start. */
  readonly now: () => number;
  /** Lets reads wait for the server together. */
  readonly rounds: Rounds;
  /** Called as the bytes of long arrays come. */
  readonly progress: (done: number, total: number) => void;
}

/**
 * An open file together with the files that its results link to, read as one.
 *
 * Every method rejects with a `ReadError`. What is wrong with a linked file
 * costs the nodes that lie in it.
 */
export class LinkedReader {
  /** Read a file; nothing that it links to is opened yet. */
  constructor(options: ILinkedReaderOptions) {
    this._master = options.master;
    this._files = options.files;
    this._now = options.now;
    this._rounds = options.rounds;
    this._progress = options.progress;
    this._places = new Places(options.master, options.files);
    this._inTime = new InTime(options.now, paths =>
      this._places.ordered(paths)
    );
    this._waiting = new WaitingTraces(options.rounds, this._places);
  }

  /** What is known of the opened file. */
  get summary(): IFileSummary {
    return this._master.summary;
  }

  /** See `Reader.reach`; of the opened file alone. */
  get reach(): IReach {
    return this._master.reach;
  }

  /** Close the opened file alone; the files that it links to are left to the caller. */
  closeOpened(): LinkedFiles {
    this._master.close();
    return this._files;
  }

  /** See `Reader.groupPlaces`; of the opened file alone. */
  groupPlaces(paths: readonly NodePath[]): IGroupPlace[] {
    return this._master.groupPlaces(paths);
  }

  /** The children of groups, for as many of the paths as fit in a moment. */
  list(paths: readonly NodePath[]): Promise<NodeListing[]> {
    return this._inTime.answer(paths, path => this._listing(path));
  }

  /** The same; large groups of the opened file perhaps before all that lists them was fetched, see `Reader.listSoon`. */
  async listSoon(paths: readonly NodePath[]): Promise<IListedSoon[]> {
    const found = await this._inTime.answer(paths, path =>
      this._listedSoon(path)
    );
    return found.map(soon =>
      'listing' in soon ? soon : { listing: soon, unchecked: null }
    );
  }

  /** The facts of nodes, for as many of the paths as fit in a moment. */
  describe(paths: readonly NodePath[]): Promise<NodeDescription[]> {
    return this._inTime.answer(paths, path => this._description(path));
  }

  /** The attributes and first values of a node. */
  preview(path: NodePath): Promise<INodePreview> {
    const group = this._linkedGroup(path);
    const note = group && this._note(path);
    if (group && note) {
      return this._at(note.path, ({ reader }) => ({
        ...reader.preview(note.path),
        facts: group
      }));
    }
    return this._at(path, place => {
      const preview = place.reader.preview(place.path);
      const { failure } = preview;
      return {
        ...preview,
        facts: factsAt(place, path, preview.facts),
        failure: failure && { ...failure, path }
      };
    });
  }

  /**
   * One variable, paired and reduced; it and its x may lie in two files. Long
   * ones come as a stream, and `rough` is called with what has come. What is
   * missing of those that wait is fetched with it.
   */
  async trace(
    request: ITraceRequest,
    rough?: RoughTrace,
    waiting: readonly ITraceRequest[] = []
  ): Promise<ITrace> {
    const { path } = request;
    if (this._rounds.isNoting && (await this._waiting.look(request, waiting))) {
      // No stream begins that the next round would begin again.
      throw wanted();
    }
    const place = await this._places.of(path);
    try {
      const { facts, line } = place.reader.drawable(place.path);
      const [x, xPlace] = await this._x(request.x);
      const parts: ITraceParts = {
        request,
        y: { facts: factsAt(place, path, facts), line },
        x,
        axis: xPath => {
          try {
            return (xPlace ?? place).reader.axis(xPlace?.path ?? xPath);
          } catch (reason) {
            throw this._places.error(xPath, reason);
          }
        }
      };
      const streamed = await streamParts(parts, place, xPlace, {
        now: this._now,
        progress: this._progress,
        rough
      });
      return makeTrace(streamed);
    } catch (reason) {
      throw this._places.error(path, reason);
    }
  }

  private _listing(path: NodePath): Promise<NodeListing> {
    return this._at<NodeListing>(path, place => {
      const [listing] = place.reader.list([place.path]);
      return 'failure' in listing
        ? { path, failure: { ...listing.failure, path } }
        : { ...listing, path };
    });
  }

  private async _listedSoon(path: NodePath): Promise<IListedSoon> {
    if (this._master.linked(path)) {
      return { listing: await this._listing(path), unchecked: null };
    }
    const { noted, notedBytes } = this._rounds;
    const soon = this._master.listSoon(path);
    if (soon.unchecked) {
      // What HDF5 missed of this group is not what the answer waits for.
      this._rounds.goBack(noted, notedBytes);
    }
    return soon;
  }

  /** What is known of an x, and where it lies. */
  private async _x(
    path: NodePath | null
  ): Promise<[NodeDescription | null, IPlace | null]> {
    if (path === null) {
      return [null, null];
    }
    const [description] = await this.describe([path]);
    return [
      description,
      'facts' in description ? await this._places.of(path) : null
    ];
  }

  private async _description(path: NodePath): Promise<NodeDescription> {
    const group = this._linkedGroup(path);
    if (group) {
      return { path, facts: group };
    }
    return this._at<NodeDescription>(path, place => {
      const [description] = place.reader.describe([place.path]);
      return 'failure' in description
        ? { path, failure: { ...description.failure, path } }
        : { path, facts: this._factsAt(place, path, description.facts) };
    });
  }

  /**
   * What is known of a group of results that lies in a linked file; null for
   * any other node. A sweep has a file for each group, so none is opened for it.
   */
  private _linkedGroup(path: NodePath): INodeFacts | null {
    const link = isGroupPath(path) ? this._master.linked(path) : null;
    return (
      link && {
        path,
        file: link.file,
        kind: 'group',
        shape: null,
        dtype: '',
        valueClass: 'other',
        detail: this._note(path)?.detail ?? '',
        units: null
      }
    );
  }

  /** What the opened file tells of the run that a group is of. */
  private _note(path: NodePath): INodeFacts | null {
    const note = childPath(RUN_NOTES_PATH, nodeName(path));
    const [description] = this._master.describe([note]);
    return 'facts' in description ? description.facts : null;
  }

  private _factsAt(
    place: IPlace,
    path: NodePath,
    facts: INodeFacts
  ): INodeFacts {
    const x = isGroupPath(path)
      ? this._master.linked(childPath(path, X_NAME))
      : null;
    return factsAt(place, path, x ? { ...facts, xFile: x.file } : facts);
  }

  /** Look at a node in its file. */
  private async _at<T>(path: NodePath, look: (place: IPlace) => T): Promise<T> {
    const place = await this._places.of(path);
    try {
      return look(place);
    } catch (reason) {
      throw this._places.error(path, reason);
    }
  }

  private readonly _master: Reader;
  private readonly _files: LinkedFiles;
  private readonly _now: () => number;
  private readonly _rounds: Rounds;
  private readonly _progress: (done: number, total: number) => void;
  private readonly _places: Places;
  private readonly _inTime: InTime;
  private readonly _waiting: WaitingTraces;
}

/** Whether a group of results stands at a path. */
function isGroupPath(path: NodePath): boolean {
  return parentPath(path) === RESULTS_PATH;
}

/** The facts of a node, told by its path in the opened file. */
function factsAt(
  { file }: IPlace,
  path: NodePath,
  facts: INodeFacts
): INodeFacts {
  return file === undefined ? facts : { ...facts, path, file };
}
