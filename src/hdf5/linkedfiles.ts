import { datesTell } from '../refs/age';
import type { IFailure } from '../refs/failure';
import { failureOf, ReadError } from '../refs/failure';
import type { IFileSummary } from '../refs/types';
import { LIMITS } from './limits';
import { RangeBytes } from './rangebytes';
import type { Reader } from './reader';
import type { IRemoteFile } from './remote';

/** What linked files are opened with. */
export interface ILinkedFilesOptions {
  /** Have the bytes of a file, by the name that a link gives it. */
  readonly find: (file: string) => Promise<IRemoteFile>;
  /** Read a file. */
  readonly read: (file: string, remote: IRemoteFile) => Reader;
  /** Bytes of blocks that are kept of all of them together, where parts of them are read. */
  readonly cacheBytes: number;
  /** Milliseconds, from any start. */
  readonly now: () => number;
  /** Those of the same file when it was open before; what did not change of them is taken over. */
  readonly before?: LinkedFiles | null;
}

interface IOpenFile {
  readonly reader: Reader;
  readonly bytes: IRemoteFile['bytes'];
  /** How many of its bytes there are, where all of them are in memory. */
  readonly whole: number;
  /** Whether it was open before the opened file was opened anew, and may have changed since. */
  readonly isOld: boolean;
}

interface IFailedFile {
  readonly failure: IFailure;
  /** When it may be tried again. */
  readonly until: number;
}

/** The files that the opened file links to: opened when needed, and a few of them open at a time. */
export class LinkedFiles {
  /** Open nothing yet. */
  constructor(private readonly _options: ILinkedFilesOptions) {
    const before = _options.before?._open;
    before?.forEach((entry, file) =>
      this._open.set(file, { ...entry, isOld: true })
    );
    before?.clear();
    this._share();
  }

  /** Whether a file is open. */
  isOpen(file: string): boolean {
    return this._open.get(file)?.isOld === false;
  }

  /** A file's reader; it stays open while at most one other file is opened. */
  async open(file: string): Promise<Reader> {
    const known = this._open.get(file);
    if (known?.isOld === false) {
      // The order of a Map is the order of insertion, so this file is now the newest.
      this._open.delete(file);
      this._open.set(file, known);
      return known.reader;
    }
    // Thousands of sections may lie in a file that is not there.
    const failed = this._failed.get(file);
    if (failed && this._options.now() < failed.until) {
      throw new ReadError(failed.failure);
    }
    this._failed.delete(file);
    try {
      return await this._openNew(file);
    } catch (reason) {
      const failure = failureOf(reason, 'server-gone');
      const until = this._options.now() + LIMITS.linkedRest;
      this._failed.set(file, { failure, until });
      throw new ReadError(failure);
    }
  }

  /** Close a file, if it is open. */
  close(file: string): void {
    this._open.get(file)?.reader.close();
    this._open.delete(file);
    this._share();
  }

  /** Close all of them. */
  closeAll(): void {
    [...this._open.keys()].forEach(file => this.close(file));
    this._failed.clear();
  }

  private async _openNew(file: string): Promise<Reader> {
    const remote = await this._options.find(file);
    const whole = remote.access === 'download' ? remote.bytes.size : 0;
    const before = this._open.get(file);
    this._open.delete(file);
    const isSame = before && isUnchanged(before.reader.summary, remote);
    if (!isSame) {
      before?.reader.close();
    }
    this._makeRoom(whole);
    const { reader, bytes } = isSame
      ? before
      : { reader: this._options.read(file, remote), bytes: remote.bytes };
    this._open.set(file, { reader, bytes, whole, isOld: false });
    this._share();
    return reader;
  }

  /** Each of the open files of which parts are read keeps as many bytes of blocks as the others. */
  private _share(): void {
    const read = [...this._open.values()].flatMap(({ bytes }) =>
      bytes instanceof RangeBytes ? [bytes] : []
    );
    read.forEach(bytes => bytes.limit(this._options.cacheBytes / read.length));
  }

  /** Close the files that were not used for longest; the newest may be in use. */
  private _makeRoom(whole: number): void {
    let bytes = whole;
    this._open.forEach(entry => (bytes += entry.whole));
    for (const [file, entry] of this._open) {
      const isFull =
        this._open.size >= LIMITS.linkedFiles || bytes > LIMITS.linkedWhole;
      if (!isFull || this._open.size === 1) {
        return;
      }
      bytes -= entry.whole;
      this.close(file);
    }
  }

  private readonly _open = new Map<string, IOpenFile>();
  private readonly _failed = new Map<string, IFailedFile>();
}

/** Whether a file is surely what was read of it: its date tells of each change since. */
function isUnchanged(
  { size, access, age }: IFileSummary,
  now: IRemoteFile
): boolean {
  return (
    access === 'ranges' &&
    now.access === 'ranges' &&
    age !== undefined &&
    datesTell(age) &&
    now.age?.modified === age.modified &&
    now.bytes.size === size
  );
}
