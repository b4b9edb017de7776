import { failureOf, ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { RESULTS_PATH } from '../refs/layout';
import type {
  IFileSummary,
  IListing,
  ITraceRequest,
  NodeListing
} from '../refs/types';
import type { ArrayCache } from './arraycache';
import { FileOpener } from './fileopener';
import { fetchGroups } from './groupahead';
import { fetchGroup } from './groupcheck';
import { LIMITS } from './limits';
import { LinkedFiles } from './linkedfiles';
import { LinkedReader } from './linkedreader';
import type { IHdf5 } from './mount';
import type {
  CallName,
  ICalls,
  Message,
  PageMessage,
  Request
} from './protocol';
import type { ITreeNode } from './oldgroup';
import { RangeBytes } from './rangebytes';
import { Reader } from './reader';
import { Remains } from './remains';
import type { INetwork } from './remote';
import { Rounds } from './rounds';
import { SignsOfLife } from './signs';
import { Wants } from './wants';

/** Sends a message to the page, giving away the memory named. */
export type IPost = (message: Message, transfer: ArrayBuffer[]) => void;

/** Bytes of blocks that are kept beside a file's metadata. */
const MORE_BLOCKS = 2 << 20;

/** Answers the page's calls, one after another. */
export class Dispatcher {
  /** Make a dispatcher around a module of HDF5 that is being loaded. */
  constructor(
    private readonly _hdf5: Promise<IHdf5>,
    network: INetwork,
    private readonly _post: IPost
  ) {
    this._wants = new Wants(wanted => _post(wanted, []));
    this._signs = new SignsOfLife(beat => _post(beat, []));
    this._rounds = new Rounds(() => this._signs.beat(false, true));
    this._files = new FileOpener({
      network,
      wants: this._wants,
      signs: this._signs,
      rounds: this._rounds
    });
  }

  /** Answer a call when those before it are answered; an answer of the page's is for the call that runs. */
  handle(message: PageMessage): Promise<void> {
    if ('kind' in message) {
      this._wants.take(message);
      return Promise.resolve();
    }
    return message.call === 'list' && message.argument.length > 1
      ? this._ahead(message.argument).then(() => this._queue(message))
      : this._queue(message);
  }

  private _queue(request: Request): Promise<void> {
    this._waiting.add(request);
    this._last = this._last.then(() => {
      this._waiting.delete(request);
      return this._answer(request);
    });
    return this._last;
  }

  /** Fetch what is known to be needed for a list of many groups, while other calls are answered. */
  private async _ahead(paths: readonly NodePath[]): Promise<void> {
    const places = this._reader?.groupPlaces(paths) ?? [];
    if (this._bytes && places.length > 0) {
      // What fails here is read again when it is needed, and told then.
      await soundly(fetchGroups(this._bytes, places));
    }
  }

  private async _answer(request: Request): Promise<void> {
    const { id } = request;
    this._signs.begin(request.call === 'open' ? 'opening' : 'reading');
    try {
      const value = await this._call(request);
      this._post({ kind: 'value', id, value }, memoryOf(value));
    } catch (reason) {
      // Whatever our own code throws costs this call only.
      const failure = failureOf(reason, 'reader-stopped');
      this._post({ kind: 'failure', id, failure }, []);
    }
    const answered = this._answered;
    this._answered = null;
    try {
      answered?.();
    } catch {
      // The next call comes upon it again, and tells.
    }
    const hdf5 = await this._hdf5.catch(() => null);
    if (hdf5 && hdf5.HEAPU8.length > LIMITS.heap) {
      this._post({ kind: 'spent' }, []);
    }
  }

  private async _call(request: Request): Promise<ICalls[CallName]['value']> {
    const { id } = request;
    switch (request.call) {
      case 'open':
        return this._open(request.argument);
      case 'list':
        return this._list(request.argument);
      case 'describe':
        return this._together(() => this._opened().describe(request.argument));
      case 'trace':
        return this._rounds.run(() =>
          this._opened().trace(
            request.argument,
            trace => this._post({ kind: 'rough', id, trace }, memoryOf(trace)),
            [...this._waiting].flatMap(traceOf)
          )
        );
      case 'preview':
        return this._rounds.run(() => this._opened().preview(request.argument));
    }
  }

  private async _open({
    cacheBytes = LIMITS.cache,
    ...source
  }: ICalls['open']['argument']): Promise<ICalls['open']['value']> {
    this._remains.leave(this._reader);
    this._reader = null;
    const { blocks, linked } = LIMITS.cacheShares;
    const linkedCache = (cacheBytes * linked) / LIMITS.linkedFiles;
    const [hdf5, file] = await Promise.all([
      this._hdf5.catch(reason => {
        throw new ReadError(failureOf(reason, 'reader-missing'));
      }),
      this._files.open(source, cacheBytes * blocks)
    ]);
    const { bytes } = file;
    this._bytes = bytes instanceof RangeBytes ? bytes : null;
    this._signs.beat(false, true);
    const now = () => performance.now();
    const address = source.kind === 'url' ? source.url : null;
    const kept = this._remains.arrays(address, cacheBytes);
    const shared = {
      hdf5,
      now,
      beat: () => this._signs.beat(false),
      arrays: kept
    };
    const master = await this._rounds.run(
      () => new Reader({ ...file, ...shared })
    );
    this._reader = new LinkedReader({
      master,
      files: new LinkedFiles({
        find: linkedFile => this._files.openLinked(linkedFile, linkedCache),
        read: (linkedFile, remote) =>
          this._rounds.without(
            () => new Reader({ ...remote, ...shared, linkedFile })
          ),
        now,
        before: this._remains.take()
      }),
      now,
      rounds: this._rounds,
      progress: (done, total) => this._signs.streamed(done, total)
    });
    // First, the page is told that the file is open.
    this._answered = () =>
      this._fetchMetadata(cacheBytes * LIMITS.metadataShare, kept);
    const groups = await this._groups(this._reader.summary);
    return { ...this._reader.summary, ...(groups && { groups }) };
  }

  /** The groups of the results, which the page would ask for next; null where it is to ask, and to be told why they cannot be had. */
  private async _groups({ kind }: IFileSummary): Promise<IListing | null> {
    const listings =
      kind === 'results' ? await soundly(this._list([RESULTS_PATH])) : null;
    const [listing] = listings ?? [];
    return listing && 'names' in listing ? listing : null;
  }

  /** Fetch what the file says its metadata are, while the page goes on; where they are many, they take room of the arrays'. */
  private _fetchMetadata(most: number, arrays: ArrayCache): void {
    const metadataBytes = this._reader?.metadataBytes ?? 0;
    if (metadataBytes > 0 && metadataBytes <= most && this._bytes) {
      arrays.lend(this._bytes.makeRoom(metadataBytes + MORE_BLOCKS));
      this._rounds.expect(this._bytes.prefetch([[0, metadataBytes]]));
    }
  }

  /** Look at many nodes: waiting for all of them together is work that a near server is not worth. */
  private _together<T>(work: () => Promise<T>): Promise<T> {
    const roundTrip = this._bytes?.roundTrip ?? Infinity;
    return roundTrip < LIMITS.nearServer ? work() : this._rounds.run(work);
  }

  private async _list(
    paths: readonly NodePath[]
  ): Promise<readonly NodeListing[]> {
    const reader = this._opened();
    if (paths.length !== 1 || !this._bytes) {
      return this._together(() => reader.list(paths));
    }
    const { listing, unchecked } = await this._rounds.run(async () => {
      const soon = await reader.listSoon(paths[0]);
      if (soon.unchecked) {
        this._rounds.forget();
      }
      return soon;
    });
    if (unchecked) {
      void this._check(reader, paths[0], unchecked);
    }
    return [listing];
  }

  /** Look up the names of a list that was answered before, and in which order they lie, and tell. */
  private async _check(
    reader: LinkedReader,
    path: NodePath,
    root: ITreeNode
  ): Promise<void> {
    const isWhole =
      this._bytes && (await soundly(fetchGroup(this._bytes, root)));
    if (!isWhole || reader !== this._reader) {
      return;
    }
    this._last = this._last.then(async () => {
      const listings = await soundly(
        this._rounds.run(() => reader.list([path]))
      );
      const [listing] = listings ?? [];
      if (listing && reader === this._reader) {
        this._post({ kind: 'relisted', listing }, []);
      }
    });
  }

  private _opened(): LinkedReader {
    if (!this._reader) {
      throw new ReadError({
        code: 'reader-stopped',
        technical: 'no file is open'
      });
    }
    return this._reader;
  }

  private readonly _wants: Wants;
  private readonly _signs: SignsOfLife;
  private readonly _rounds: Rounds;
  private readonly _files: FileOpener;
  private readonly _remains = new Remains();
  private _bytes: RangeBytes | null = null;
  /** What is to be done once the present call is answered. */
  private _answered: (() => void) | null = null;
  private _reader: LinkedReader | null = null;
  private _last: Promise<void> = Promise.resolve();
  private readonly _waiting = new Set<Request>();
}

/** The value of work; null when it fails. */
async function soundly<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch {
    return null;
  }
}

/** The trace that a call asks for, if it does. */
function traceOf(request: Request): ITraceRequest[] {
  return request.call === 'trace' ? [request.argument] : [];
}

/** The memory of a trace's points, which is given away rather than copied. */
function memoryOf(value: ICalls[CallName]['value']): ArrayBuffer[] {
  return 'series' in value
    ? value.series.flatMap(({ x, y }) => [x.buffer, y.buffer])
    : [];
}
