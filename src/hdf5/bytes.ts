import type { FileFailureCode } from '../refs/failure';
import { ReadError } from '../refs/failure';
import { LIMITS } from './limits';

/** The bytes of one file. */
export interface IBytes {
  /** How many there are. */
  readonly size: number;
  /** Fill the target from a position; answers how many bytes there were, fewer only at the end of the file. */
  read(position: number, target: Uint8Array): number;
}

/** An answer to a request for bytes; status 0 when there was none. */
export interface IByteResponse {
  readonly status: number;
  readonly body: ArrayBuffer | null;
  /** The value of a header; null where absent. */
  header(name: string): string | null;
}

/** Asks a server for the bytes in [from, to) and waits for the answer. */
export type IByteRequest = (from: number, to: number) => IByteResponse;

/** What the first answer said of a file; later answers must say the same. */
export interface IFileIdentity {
  readonly size: number;
  readonly lastModified: string | null;
}

/** Bytes of a file in memory. */
export class MemoryBytes implements IBytes {
  /** Make the bytes of a file that was read whole. */
  constructor(private readonly _data: Uint8Array) {}

  /** How many bytes there are. */
  get size(): number {
    return this._data.length;
  }

  /** Fill the target from a position. */
  read(position: number, target: Uint8Array): number {
    const part = this._data.subarray(position, position + target.length);
    target.set(part);
    return part.length;
  }
}

/** The unit of the cache: small, since a file's metadata is scattered in it. */
const BLOCK = 4096;
/** What a miss fetches at first, and at most, when misses follow each other in the file. */
const LEAST_AHEAD = 2 * BLOCK;
const MOST_AHEAD = 256 * BLOCK;
/** A read of this many bytes is of values, which are kept elsewhere. */
const LARGE = 64 * BLOCK;

/** Bytes of a file on a server, read in parts with a cache. */
export class RangeBytes implements IBytes {
  /** Make the bytes of a file of which the first answer is at hand. */
  constructor(
    private readonly _request: IByteRequest,
    private readonly _identity: IFileIdentity,
    start: Uint8Array,
    private readonly _cacheBytes: number = LIMITS.blockCache
  ) {
    this._keep(0, start);
    this._end = start.length;
  }

  /** How many bytes there are. */
  get size(): number {
    return this._identity.size;
  }

  /** Bytes that came from the server after the first answer. */
  get moved(): number {
    return this._moved;
  }

  /** Fill the target from a position. */
  read(position: number, target: Uint8Array): number {
    const length = Math.max(0, Math.min(target.length, this.size - position));
    if (length === 0) {
      return 0;
    }
    if (!this._copy(position, length, target)) {
      if (length >= LARGE) {
        target.set(this._fetch(position, position + length));
      } else {
        this._load(position, position + length);
        this._copy(position, length, target);
      }
    }
    return length;
  }

  /** Copy from the cache; false when a block is missing. */
  private _copy(from: number, length: number, target: Uint8Array): boolean {
    const to = from + length;
    const last = Math.floor((to - 1) / BLOCK);
    for (let index = Math.floor(from / BLOCK); index <= last; index++) {
      const block = this._blocks.get(index);
      if (!block) {
        return false;
      }
      const start = index * BLOCK;
      const part = block.subarray(Math.max(0, from - start), to - start);
      target.set(part, Math.max(0, start - from));
      // The order of a Map is the order of insertion, so this block is now the newest.
      this._blocks.delete(index);
      this._blocks.set(index, block);
    }
    return true;
  }

  /** Fetch what is missing of [from, to), in one request. */
  private _load(from: number, to: number): void {
    let first = Math.floor(from / BLOCK);
    let last = Math.floor((to - 1) / BLOCK);
    while (first < last && this._blocks.has(first)) {
      first++;
    }
    while (last > first && this._blocks.has(last)) {
      last--;
    }
    const start = first * BLOCK;
    this._ahead =
      start === this._end ? Math.min(MOST_AHEAD, this._ahead * 2) : LEAST_AHEAD;
    const end = Math.min(
      this.size,
      Math.max((last + 1) * BLOCK, start + this._ahead)
    );
    this._keep(start, this._fetch(start, end));
    this._end = end;
  }

  private _keep(start: number, data: Uint8Array): void {
    for (let at = 0; at < data.length; at += BLOCK) {
      const end = Math.min(at + BLOCK, data.length);
      if (end - at === BLOCK || start + end === this.size) {
        const index = (start + at) / BLOCK;
        this._blocks.delete(index);
        this._blocks.set(index, data.slice(at, end));
      }
    }
    for (const index of this._blocks.keys()) {
      if (this._blocks.size * BLOCK <= this._cacheBytes) {
        break;
      }
      this._blocks.delete(index);
    }
  }

  /** Exactly the bytes in [from, to), or a `ReadError`. */
  private _fetch(from: number, to: number): Uint8Array {
    const response = this._request(from, to);
    const failure = statusFailure(response.status);
    if (failure) {
      throw failed(failure, `status ${response.status} for ${from}-${to}`);
    }
    const body = new Uint8Array(response.body ?? new ArrayBuffer(0));
    const whole = response.status === 200;
    const total = whole
      ? body.length
      : totalOf(response.header('Content-Range'));
    if (total !== this.size) {
      throw failed('file-changed', `${total} bytes, first ${this.size}`);
    }
    const modified = response.header('Last-Modified');
    if (modified !== this._identity.lastModified) {
      throw failed(
        'file-changed',
        `modified ${modified}, first ${this._identity.lastModified}`
      );
    }
    const data = whole ? body.subarray(from, to) : body;
    if (data.length !== to - from) {
      throw failed('truncated', `${data.length} bytes for ${from}-${to}`);
    }
    this._moved += body.length;
    return data;
  }

  private readonly _blocks = new Map<number, Uint8Array>();
  private _end = 0;
  private _ahead = LEAST_AHEAD;
  private _moved = 0;
}

/** The total in a Content-Range header; null where it is not told. */
export function totalOf(contentRange: string | null): number | null {
  const match = /\/(\d+)\s*$/.exec(contentRange ?? '');
  return match ? Number(match[1]) : null;
}

/** What a status means for the file; null when it brings bytes. */
export function statusFailure(status: number): FileFailureCode | null {
  switch (status) {
    case 200:
    case 206:
      return null;
    case 401:
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      return 'not-found';
    case 416:
      // The range was inside the file when the file was opened.
      return 'file-changed';
    default:
      return 'server-gone';
  }
}

function failed(code: FileFailureCode, technical: string): ReadError {
  return new ReadError({ code, technical });
}
