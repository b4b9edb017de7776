import type { FileFailureCode } from '../refs/failure';
import { ReadError } from '../refs/failure';
import type { Span } from './blocks';

/** The bytes of one file. */
export interface IBytes {
  /** How many there are. */
  readonly size: number;
  /** Fill the target from a position; answers how many bytes there were, fewer only at the end of the file. */
  read(position: number, target: Uint8Array): number;
}

/** Bytes on a server, of which long parts can be had as they come. */
export interface IStreamedBytes extends IBytes {
  /** Where the bytes lie that work would read; null where it reads none, or small parts. */
  locate(work: () => void): Span | null;
  /** Pass the bytes of a span along, in order, as they come; rejects with a `ReadError`. */
  stream(span: Span, use: (part: Uint8Array) => void): Promise<void>;
}

/** An answer to a request for bytes; status 0 when there was none. */
export interface IByteResponse {
  readonly status: number;
  readonly body: ArrayBuffer | null;
  /** The value of a header; null where absent. */
  header(name: string): string | null;
}

/** An answer whose bytes are taken as they come. */
export interface IByteStream extends Omit<IByteResponse, 'body'> {
  /** Pass the bytes along, in order; what is passed is there until the next. */
  each(use: (part: Uint8Array) => void): Promise<void>;
  /** Take none of them. */
  cancel(): void;
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

/** Exactly the bytes in [from, to) out of an answer, or a `ReadError`. */
export function partOf(
  response: IByteResponse,
  [from, to]: Span,
  identity: IFileIdentity
): Uint8Array {
  const body = new Uint8Array(response.body ?? new ArrayBuffer(0));
  const whole = assertBytes(response, [from, to], identity, body.length);
  const data = whole ? body.subarray(from, to) : body;
  assertLength(data.length, [from, to]);
  return data;
}

/** Pass exactly the bytes in [from, to) of an answer along as they come; rejects with a `ReadError`. */
export async function eachOf(
  stream: IByteStream,
  [from, to]: Span,
  identity: IFileIdentity,
  use: (part: Uint8Array) => void
): Promise<void> {
  const length = stream.header('Content-Length');
  const told = length === null ? identity.size : Number(length);
  let whole = false;
  try {
    whole = assertBytes(stream, [from, to], identity, told);
  } catch (reason) {
    stream.cancel();
    throw reason;
  }
  let at = whole ? 0 : from;
  let passed = 0;
  await stream.each(part => {
    const wanted = part.subarray(Math.max(0, from - at), Math.max(0, to - at));
    at += part.length;
    passed += wanted.length;
    if (wanted.length > 0) {
      use(wanted);
    }
  });
  if (whole) {
    // Where no length was told before, it is known now.
    assertSame(at, stream.header('Last-Modified'), identity);
  }
  assertLength(whole ? passed : at - from, [from, to]);
}

/** Assert that an answer brings bytes of the file that was opened; answers whether it brings the whole file. */
function assertBytes(
  { status, header }: Omit<IByteResponse, 'body'>,
  [from, to]: Span,
  identity: IFileIdentity,
  length: number
): boolean {
  const failure = statusFailure(status);
  if (failure) {
    throw failed(failure, `status ${status} for ${from}-${to}`);
  }
  const whole = status === 200;
  const total = whole ? length : totalOf(header('Content-Range'));
  assertSame(total, header('Last-Modified'), identity);
  if (!whole) {
    assertStart(header('Content-Range'), from);
  }
  return whole;
}

/** Assert that a part begins where it was asked to. */
export function assertStart(contentRange: string | null, from: number): void {
  const match = /^\s*bytes\s+(\d+)-/.exec(contentRange ?? '');
  if (!match || Number(match[1]) !== from) {
    throw failed('truncated', `${contentRange} for ${from}`);
  }
}

function assertLength(length: number, [from, to]: Span): void {
  if (length !== to - from) {
    throw failed('truncated', `${length} bytes for ${from}-${to}`);
  }
}

/** Assert that an answer is of the file that was opened. */
export function assertSame(
  total: number | null,
  modified: string | null,
  identity: IFileIdentity
): void {
  if (total !== identity.size) {
    throw failed('file-changed', `${total} bytes, first ${identity.size}`);
  }
  if (modified !== identity.lastModified) {
    throw failed(
      'file-changed',
      `modified ${modified}, first ${identity.lastModified}`
    );
  }
}

function failed(code: FileFailureCode, technical: string): ReadError {
  return new ReadError({ code, technical });
}
