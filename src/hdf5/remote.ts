import type { FileFailureCode } from '../refs/failure';
import { failureOf, ReadError } from '../refs/failure';
import type { IFileAge, IFileSummary } from '../refs/types';
import { eachPart } from './body';
import type { IByteRequest, IByteResponse, IBytes, IByteStream } from './bytes';
import { assertStart, MemoryBytes, statusFailure, totalOf } from './bytes';
import { LIMITS } from './limits';
import { REQUEST_TIMEOUT } from './protocol';
import { RangeBytes } from './rangebytes';
import type { Rounds } from './rounds';

/** A file's address, and what its server wants to see. */
export interface IAddress {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The ways to a server; tests give others. */
export interface INetwork {
  /** Ask and go on. */
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Ask and wait, as HDF5 does. */
  request(address: IAddress): IByteRequest;
}

/** A file's bytes and how they come. */
export interface IRemoteFile {
  readonly bytes: IBytes;
  readonly access: IFileSummary['access'];
  readonly age?: IFileSummary['age'];
}

/** How a file's parts are read. */
export interface IPartsOptions {
  /** Bytes of them that are kept in memory. */
  readonly cacheBytes?: number;
  /** Lets reads wait for the server together. */
  readonly rounds?: Rounds;
}

/** Called while a file is downloaded whole. */
export type IProgress = (done: number, total: number | null) => void;

/** What the first request asks for: enough for a small file's whole structure. */
const PROBE = 64 << 10;

/**
 * Open a file on a server: in parts where the server gives parts, else whole.
 */
export async function openRemote(
  address: IAddress,
  network: INetwork,
  progress: IProgress,
  parts: IPartsOptions = {}
): Promise<IRemoteFile> {
  const response = await ask(address, network, `bytes=0-${PROBE - 1}`);
  if (response.status === 206) {
    const size = totalOf(response.headers.get('Content-Range'));
    if (size !== null && !response.headers.get('Content-Encoding')) {
      return inParts(address, network, response, { size, ...parts });
    }
    void response.body?.cancel();
    return downloaded(await ask(address, network, null), progress);
  }
  if (response.status === 416) {
    if (totalOf(response.headers.get('Content-Range')) === 0) {
      throw failed('empty-file', 'status 416, 0 bytes');
    }
    return downloaded(await ask(address, network, null), progress);
  }
  return downloaded(response, progress);
}

/** The ways to a server that a browser's worker has. */
export const browserNetwork: INetwork = {
  fetch: (url, init) => fetch(url, init),
  request:
    ({ url, headers }) =>
    (from, to) => {
      const request = new XMLHttpRequest();
      // Synchronous, since HDF5 cannot wait; a worker may do so.
      request.open('GET', url, false);
      request.responseType = 'arraybuffer';
      request.timeout = REQUEST_TIMEOUT;
      for (const [name, value] of Object.entries(headers)) {
        request.setRequestHeader(name, value);
      }
      request.setRequestHeader('Range', `bytes=${from}-${to - 1}`);
      if (new URL(url, location.href).origin === location.origin) {
        // A part kept by the browser may be of a file that has changed since;
        // another origin would have to allow the header first.
        request.setRequestHeader('Cache-Control', 'no-cache');
      }
      try {
        request.send();
      } catch {
        return noResponse;
      }
      return {
        status: request.status,
        body: request.response as ArrayBuffer | null,
        header: name => request.getResponseHeader(name)
      };
    }
};

const noResponse: IByteResponse = { status: 0, body: null, header: () => null };

async function ask(
  { url, headers }: IAddress,
  network: INetwork,
  range: string | null
): Promise<Response> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), REQUEST_TIMEOUT);
  try {
    return await network.fetch(url, {
      headers: range === null ? headers : { ...headers, Range: range },
      cache: 'no-store',
      signal: patience.signal
    });
  } catch (reason) {
    throw new ReadError(failureOf(reason, 'server-gone'));
  } finally {
    clearTimeout(timer);
  }
}

async function inParts(
  address: IAddress,
  network: INetwork,
  response: Response,
  { size, ...parts }: IPartsOptions & { size: number }
): Promise<IRemoteFile> {
  const start = new Uint8Array(await bodyOf(response));
  assertStart(response.headers.get('Content-Range'), 0);
  if (start.length !== Math.min(PROBE, size)) {
    throw failed('truncated', `${start.length} bytes of ${size} at first`);
  }
  const lastModified = response.headers.get('Last-Modified');
  return {
    bytes: new RangeBytes({
      ...parts,
      request: network.request(address),
      fetch: (from, to) => part(address, network, from, to),
      stream: (from, to) => streamed(address, network, from, to),
      identity: { size, lastModified },
      start
    }),
    access: 'ranges',
    age: ageOf(response.headers)
  };
}

/** What an answer tells of a file's age. */
function ageOf(headers: Headers): IFileAge | undefined {
  const [modified, told] = ['Last-Modified', 'Date'].map(name =>
    Date.parse(headers.get(name) ?? '')
  );
  return Number.isFinite(modified - told) ? { modified, told } : undefined;
}

/** Ask for a part and go on meanwhile. */
async function part(
  address: IAddress,
  network: INetwork,
  from: number,
  to: number
): Promise<IByteResponse> {
  const response = await ask(address, network, `bytes=${from}-${to - 1}`);
  return {
    status: response.status,
    body: await bodyOf(response),
    header: name => response.headers.get(name)
  };
}

/** Ask for a part and take it as it comes. */
async function streamed(
  address: IAddress,
  network: INetwork,
  from: number,
  to: number
): Promise<IByteStream> {
  const response = await ask(address, network, `bytes=${from}-${to - 1}`);
  return {
    status: response.status,
    header: name => response.headers.get(name),
    each: use => eachPart(response, use),
    cancel: () => void response.body?.cancel().catch(() => undefined)
  };
}

async function downloaded(
  response: Response,
  progress: IProgress
): Promise<IRemoteFile> {
  const failure = statusFailure(response.status);
  if (failure) {
    void response.body?.cancel();
    throw failed(failure, `status ${response.status}`);
  }
  if (
    response.redirected &&
    response.headers.get('Content-Type')?.startsWith('text/html')
  ) {
    void response.body?.cancel();
    throw failed('forbidden', `sent on to ${new URL(response.url).pathname}`);
  }
  const data = await received(response, progress);
  const inParts =
    data.length <= PROBE && response.headers.get('Accept-Ranges') === 'bytes';
  return {
    bytes: new MemoryBytes(data),
    // A part that is the whole file is answered like the whole file.
    access: inParts ? 'ranges' : 'download',
    age: ageOf(response.headers)
  };
}

/** The body of an answer as it comes in. */
async function received(
  response: Response,
  progress: IProgress
): Promise<Uint8Array> {
  const length = response.headers.get('Content-Length');
  const total =
    length === null || response.headers.get('Content-Encoding')
      ? null
      : Number(length);
  const reader = response.body?.getReader();
  const parts: Uint8Array[] = [];
  let done = 0;
  for (;;) {
    if ((total ?? done) > LIMITS.download || done > LIMITS.download) {
      void reader?.cancel();
      throw failed('too-large', `${total ?? done} bytes to download`);
    }
    const part = await reader?.read().catch(reason => {
      throw new ReadError(failureOf(reason, 'server-gone'));
    });
    if (!part || part.done) {
      break;
    }
    parts.push(part.value);
    done += part.value.length;
    progress(done, total);
  }
  if (total !== null && done < total) {
    throw failed('truncated', `${done} of ${total} bytes came`);
  }
  return joined(parts, done);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const data = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return data;
}

async function bodyOf(response: Response): Promise<ArrayBuffer> {
  try {
    return await response.arrayBuffer();
  } catch (reason) {
    throw new ReadError(failureOf(reason, 'server-gone'));
  }
}

function failed(code: FileFailureCode, technical: string): ReadError {
  return new ReadError({ code, technical });
}
