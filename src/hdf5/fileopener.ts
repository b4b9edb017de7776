import { failureOf, ReadError } from '../refs/failure';
import type { IByteRequest } from './bytes';
import { MemoryBytes } from './bytes';
import type { FileSource } from './protocol';
import type { INetwork, IRemoteFile } from './remote';
import { openRemote } from './remote';
import type { Rounds } from './rounds';
import type { SignsOfLife } from './signs';
import type { Wants } from './wants';

/** By what files are opened. */
export interface IFileOpenerOptions {
  readonly network: INetwork;
  /** Asks the page where the linked files are. */
  readonly wants: Wants;
  /** Tells the page how long it waits, and for what. */
  readonly signs: SignsOfLife;
  /** Lets reads wait for the server together. */
  readonly rounds: Rounds;
}

/** Opens files' bytes so that the page is told whenever the worker waits for them. */
export class FileOpener {
  /** Open nothing yet. */
  constructor(private readonly _options: IFileOpenerOptions) {
    const { network, signs } = _options;
    this._network = {
      fetch: async (url, init) => {
        signs.beat(true, true);
        const response = await network.fetch(url, init);
        signs.count(Number(response.headers.get('Content-Length')));
        // Its body is still to come: the work that waits for it says when it goes on.
        signs.beat(true);
        return response;
      },
      request: address => this._watched(network.request(address))
    };
  }

  /** Open a file, of which so many bytes are kept in memory; rejects with a `ReadError`. */
  async open(source: FileSource, cacheBytes: number): Promise<IRemoteFile> {
    if (source.kind === 'bytes') {
      const bytes = new MemoryBytes(new Uint8Array(source.buffer));
      return { bytes, access: 'download' };
    }
    const { rounds, signs } = this._options;
    return openRemote(
      source,
      this._network,
      (done, total) => signs.downloaded(done, total),
      { cacheBytes, rounds }
    );
  }

  /** Open a linked file, had by the ways by which the opened file was. */
  async openLinked(file: string, cacheBytes: number): Promise<IRemoteFile> {
    let first: ReadError;
    try {
      return await this.open(await this._wanted(file, false), cacheBytes);
    } catch (reason) {
      first = new ReadError(failureOf(reason, 'not-found'));
      // What the server refuses may lie outside its root: no link of a file goes round that.
      if (first.failure.code !== 'not-found') {
        throw first;
      }
    }
    const whole = await this._wanted(file, true).catch(reason => {
      // The other way may know no more than that there is nothing.
      throw failureOf(reason, 'not-found').code === 'not-found'
        ? first
        : reason;
    });
    return this.open(whole, cacheBytes);
  }

  private async _wanted(file: string, whole: boolean): Promise<FileSource> {
    const { signs, wants } = this._options;
    signs.beat(true, true);
    const source = await wants.ask(file, whole);
    signs.beat(false, true);
    return source;
  }

  /** A way to ask that tells the page when it begins and ends to wait. */
  private _watched(request: IByteRequest): IByteRequest {
    const { signs } = this._options;
    return (from, to) => {
      signs.beat(true, true);
      const response = request(from, to);
      signs.count(response.body?.byteLength ?? 0);
      signs.beat(false, true);
      return response;
    };
  }

  private readonly _network: INetwork;
}
