import { failureOf, ReadError } from '../refs/failure';
import { ArrayCache } from './arraycache';
import type { IByteRequest } from './bytes';
import { MemoryBytes } from './bytes';
import { LIMITS } from './limits';
import { LinkedFiles } from './linkedfiles';
import { LinkedReader } from './linkedreader';
import type { IHdf5 } from './mount';
import type {
  CallName,
  FileSource,
  ICalls,
  Message,
  PageMessage,
  Request
} from './protocol';
import { NO_ADDRESS } from './protocol';
import { Reader } from './reader';
import type { INetwork, IProgress, IRemoteFile } from './remote';
import { openRemote } from './remote';
import type { IActivity } from './source';
import { Wants } from './wants';

/** Sends a message to the page, giving away the memory named. */
export type IPost = (message: Message, transfer: ArrayBuffer[]) => void;

/** Milliseconds between signs of life in a long computation. */
const BEAT = 100;

/** Answers the page's calls, one after another. */
export class Dispatcher {
  /** Make a dispatcher around a module of HDF5 that is being loaded. */
  constructor(
    private readonly _hdf5: Promise<IHdf5>,
    private readonly _network: INetwork,
    private readonly _post: IPost
  ) {
    this._wants = new Wants(wanted => _post(wanted, []));
  }

  /** Answer a call when those before it are answered; an answer of the page's is for the call that runs. */
  handle(message: PageMessage): Promise<void> {
    if ('kind' in message) {
      this._wants.take(message);
      return Promise.resolve();
    }
    this._last = this._last.then(() => this._answer(message));
    return this._last;
  }

  private async _answer(request: Request): Promise<void> {
    const { id } = request;
    this._start(request.call);
    try {
      const value = await this._call(request);
      this._post({ kind: 'value', id, value }, memoryOf(value));
    } catch (reason) {
      // Whatever our own code throws costs this call only.
      const failure = failureOf(reason, 'reader-stopped');
      this._post({ kind: 'failure', id, failure }, []);
    }
    const hdf5 = await this._hdf5.catch(() => null);
    if (hdf5 && hdf5.HEAPU8.length > LIMITS.heap) {
      this._post({ kind: 'spent' }, []);
    }
  }

  private async _call(request: Request): Promise<ICalls[CallName]['value']> {
    switch (request.call) {
      case 'open':
        return this._open(request.argument);
      case 'list':
        return this._opened().list(request.argument);
      case 'describe':
        return this._opened().describe(request.argument);
      case 'trace':
        return this._opened().trace(request.argument);
      case 'preview':
        return this._opened().preview(request.argument);
    }
  }

  private async _open(source: FileSource): Promise<ICalls['open']['value']> {
    this._reader?.close();
    this._reader = null;
    const hdf5 = await this._hdf5.catch(reason => {
      throw new ReadError(failureOf(reason, 'reader-missing'));
    });
    const file = await this._file(source, LIMITS.blockCache);
    this._beat(false, true);
    const now = () => performance.now();
    const shared = {
      hdf5,
      now,
      beat: () => this._beat(false),
      arrays: new ArrayCache()
    };
    this._reader = new LinkedReader({
      master: new Reader({ ...file, ...shared }),
      files: new LinkedFiles({
        find: linkedFile => this._linked(linkedFile),
        read: (linkedFile, remote) =>
          new Reader({ ...remote, ...shared, linkedFile }),
        now
      }),
      now
    });
    return this._reader.summary;
  }

  /** A linked file, had by the ways by which the opened file was. */
  private async _linked(file: string): Promise<IRemoteFile> {
    const cacheBytes = LIMITS.linkedBlockCache / LIMITS.linkedFiles;
    let first: ReadError;
    try {
      return await this._file(await this._wanted(file, false), cacheBytes);
    } catch (reason) {
      first = new ReadError(failureOf(reason, 'not-found'));
      if (!NO_ADDRESS.has(first.failure.code)) {
        throw first;
      }
    }
    const whole = await this._wanted(file, true).catch(reason => {
      // The other way may know no more than that there is nothing.
      throw failureOf(reason, 'not-found').code === 'not-found'
        ? first
        : reason;
    });
    return this._file(whole, cacheBytes);
  }

  private async _wanted(file: string, whole: boolean): Promise<FileSource> {
    this._beat(true, true);
    const source = await this._wants.ask(file, whole);
    this._beat(false, true);
    return source;
  }

  private async _file(
    source: FileSource,
    cacheBytes: number
  ): Promise<IRemoteFile> {
    if (source.kind === 'bytes') {
      const bytes = new MemoryBytes(new Uint8Array(source.buffer));
      return { bytes, access: 'download' };
    }
    const network: INetwork = {
      fetch: (url, init) => {
        this._beat(true, true);
        return this._network.fetch(url, init);
      },
      request: address => this._watched(this._network.request(address))
    };
    const progress: IProgress = (done, total) => {
      const first = this._activity.what !== 'downloading';
      this._activity = { what: 'downloading', done, total };
      this._beat(true, first);
    };
    return openRemote(source, network, progress, cacheBytes);
  }

  /** A way to ask that tells the page when it begins and ends to wait. */
  private _watched(request: IByteRequest): IByteRequest {
    return (from, to) => {
      this._beat(true, true);
      const response = request(from, to);
      const done = this._activity.done + (response.body?.byteLength ?? 0);
      this._activity = { ...this._activity, done };
      this._beat(false, true);
      return response;
    };
  }

  private _start(call: CallName): void {
    const what = call === 'open' ? 'opening' : 'reading';
    this._activity = { what, done: 0, total: null };
    this._beat(false, true);
  }

  private _beat(network: boolean, always = false): void {
    const now = performance.now();
    if (always || now - this._beaten >= BEAT) {
      this._beaten = now;
      this._post({ kind: 'beat', network, activity: this._activity }, []);
    }
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
  private _reader: LinkedReader | null = null;
  private _last: Promise<void> = Promise.resolve();
  private _activity: IActivity = { what: 'opening', done: 0, total: null };
  private _beaten = 0;
}

/** The memory of a trace's points, which is given away rather than copied. */
function memoryOf(value: ICalls[CallName]['value']): ArrayBuffer[] {
  return 'series' in value
    ? value.series.flatMap(({ x, y }) => [x.buffer, y.buffer])
    : [];
}
