import { failureOf, ReadError } from '../refs/failure';
import { RESULTS_PATH } from '../refs/layout';
import type { IFileSummary, IListing, ITraceRequest } from '../refs/types';
import type { ArrayCache } from './arraycache';
import { FileOpener } from './fileopener';
import { NodeReads, soundly } from './nodereads';
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
import { RangeBytes } from './rangebytes';
import { Reader } from './reader';
import { Remains } from './remains';
import type { INetwork, IRemoteFile } from './remote';
import { Rounds } from './rounds';
import { SignsOfLife } from './signs';
import { StartAhead } from './startahead';
import { Wants } from './wants';

/** Sends a message to the page, giving away the memory named. */
export type IPost = (message: Message, transfer: ArrayBuffer[]) => void;

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
    const ahead = this._reads?.fetchAhead(message);
    return ahead ? this._queueAfter(ahead, message) : this._queue(message);
  }

  private async _queueAfter(
    ahead: Promise<void>,
    request: Request
  ): Promise<void> {
    this._fetching += 1;
    await ahead;
    this._fetching -= 1;
    return this._queue(request);
  }

  private _queue(request: Request): Promise<void> {
    this._waiting.add(request);
    return this._inTurn(() => {
      this._waiting.delete(request);
      return this._answer(request);
    });
  }

  /** Do work when that before it is done. */
  private _inTurn(work: () => Promise<void>): Promise<void> {
    this._last = this._last.then(work);
    return this._last;
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
      this._reads?.noteFailure(failure);
      this._post({ kind: 'failure', id, failure }, []);
    }
    if (this._fetching > 0) {
      // What is fetched for the next call may take long.
      this._signs.beat(true, true);
    }
    const answered = this._answered;
    this._answered = null;
    if (answered) {
      // Where it fails, the next call comes upon it again, and tells.
      void soundly(answered());
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
        return this._nodeReads().list(request.argument);
      case 'describe':
        return this._nodeReads().describe(request.argument);
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
    this._reads?.close();
    this._reads = null;
    const { blocks } = LIMITS.cacheShares;
    const [hdf5, file] = await Promise.all([
      this._hdf5.catch(reason => {
        throw new ReadError(failureOf(reason, 'reader-missing'));
      }),
      this._files.open(source, cacheBytes * blocks)
    ]);
    this._signs.beat(false, true);
    const address = source.kind === 'url' ? source.url : null;
    const arrays = this._remains.arrays(address, cacheBytes);
    const reader = await this._newReader(hdf5, file, arrays, cacheBytes);
    const bytes = file.bytes instanceof RangeBytes ? file.bytes : null;
    const { _rounds: rounds, _remains: remains } = this;
    const start = new StartAhead({ reader, bytes, rounds, arrays, cacheBytes });
    if (remains.isAgain) {
      // What is in sight is asked for, and mostly no more: the start is fetched where that needs it.
      start.look();
    }
    this._reader = reader;
    const reads = new NodeReads({
      reader,
      bytes,
      rounds,
      known: remains.lists,
      isAgain: remains.isAgain,
      start,
      inTurn: work => this._inTurn(work),
      relisted: listing => this._post({ kind: 'relisted', listing }, [])
    });
    this._reads = reads;
    // First, the page is told that the file is open.
    this._answered = remains.isAgain ? null : () => reads.fetchStart();
    const groups = await this._groups(reader.summary);
    return { ...reader.summary, ...(groups && { groups }) };
  }

  /** Open a file of which the bytes are there, and later those that it links to. */
  private async _newReader(
    hdf5: IHdf5,
    file: IRemoteFile,
    arrays: ArrayCache,
    cacheBytes: number
  ): Promise<LinkedReader> {
    const now = () => performance.now();
    const beat = () => this._signs.beat(false);
    const shared = { hdf5, now, beat, arrays };
    const linkedBytes = cacheBytes * LIMITS.cacheShares.linked;
    const master = await this._rounds.run(
      () => new Reader({ ...file, ...shared })
    );
    return new LinkedReader({
      master,
      files: new LinkedFiles({
        find: linkedFile =>
          this._files.openLinked(linkedFile, linkedBytes / LIMITS.linkedFiles),
        read: (linkedFile, remote) =>
          this._rounds.without(
            () => new Reader({ ...remote, ...shared, linkedFile })
          ),
        cacheBytes: linkedBytes,
        now,
        before: this._remains.take()
      }),
      now,
      rounds: this._rounds,
      progress: (done, total) => this._signs.streamed(done, total)
    });
  }

  /** The groups of the results, which the page would ask for next; null where it is to ask, and to be told why they cannot be had. */
  private async _groups({ kind }: IFileSummary): Promise<IListing | null> {
    const listings =
      kind === 'results'
        ? await soundly(this._nodeReads().list([RESULTS_PATH]))
        : null;
    const [listing] = listings ?? [];
    return listing && 'names' in listing ? listing : null;
  }

  private _opened(): LinkedReader {
    return this._reader ?? noFile();
  }

  private _nodeReads(): NodeReads {
    return this._reads ?? noFile();
  }

  private readonly _wants: Wants;
  private readonly _signs: SignsOfLife;
  private readonly _rounds: Rounds;
  private readonly _files: FileOpener;
  private readonly _remains = new Remains();
  /** What is to be done once the present call is answered. */
  private _answered: (() => Promise<void>) | null = null;
  /** How many calls wait for what is fetched ahead of them. */
  private _fetching = 0;
  private _reader: LinkedReader | null = null;
  private _reads: NodeReads | null = null;
  private _last: Promise<void> = Promise.resolve();
  private readonly _waiting = new Set<Request>();
}

function noFile(): never {
  throw new ReadError({ code: 'reader-stopped', technical: 'no file is open' });
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
