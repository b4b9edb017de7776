import { failureOf, ReadError } from '../refs/failure';
import { REQUEST_TIMEOUT } from './protocol';

/** Bytes that are passed along at a time. */
const PART = 1 << 20;
/** Milliseconds after which fewer are. */
const SOON = 200;

/** What came, in the memory that was given for it. */
interface ICame {
  readonly part: Uint8Array;
  readonly done: boolean;
}

interface IBody {
  /** Take what comes next into memory, which is given away until then. */
  read(memory: Uint8Array): Promise<ICame>;
  cancel(): Promise<void>;
}

/**
 * Pass the bytes of an answer along as they come, in parts that are there
 * until the next; rejects with a `ReadError` where they stop coming.
 */
export async function eachPart(
  response: Response,
  use: (part: Uint8Array) => void
): Promise<void> {
  if (!response.body) {
    return;
  }
  const body = inOwnMemory(response.body) ?? inTheirs(response.body);
  let buffer = new ArrayBuffer(PART);
  let filled = 0;
  let passed = performance.now();
  try {
    for (;;) {
      const { part, done } = await patiently(
        body.read(new Uint8Array(buffer, filled))
      );
      buffer = part.buffer;
      filled += part.length;
      const now = performance.now();
      if (filled === PART || (filled > 0 && (done || now - passed > SOON))) {
        use(new Uint8Array(buffer, 0, filled));
        filled = 0;
        passed = now;
      }
      if (done) {
        return;
      }
    }
  } catch (reason) {
    void body.cancel().catch(() => undefined);
    throw reason;
  }
}

/** The browser fills our memory, which spares it new memory for each part; null where it cannot. */
function inOwnMemory(stream: ReadableStream<Uint8Array>): IBody | null {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = stream.getReader({ mode: 'byob' });
  } catch {
    return null;
  }
  return {
    read: async memory => {
      const { done, value } = await reader.read(memory);
      if (!value) {
        throw new DOMException('the answer was given up', 'AbortError');
      }
      return { part: value, done };
    },
    cancel: () => reader.cancel()
  };
}

/** What the browser gives is copied into our memory. */
function inTheirs(stream: ReadableStream<Uint8Array>): IBody {
  const reader = stream.getReader();
  let rest = new Uint8Array(0);
  return {
    read: async memory => {
      let done = false;
      if (rest.length === 0) {
        const came = await reader.read();
        done = came.done;
        rest = came.value ?? rest;
      }
      const part = memory.subarray(0, rest.length);
      part.set(rest.subarray(0, part.length));
      rest = rest.subarray(part.length);
      return { part, done };
    },
    cancel: () => reader.cancel()
  };
}

/** What was read, unless nothing comes for too long. */
async function patiently<T>(reading: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new DOMException('nothing came', 'TimeoutError')),
      REQUEST_TIMEOUT
    );
  });
  try {
    return await Promise.race([reading, late]);
  } catch (reason) {
    reading.catch(() => undefined);
    throw new ReadError(failureOf(reason, 'server-gone'));
  } finally {
    clearTimeout(timer);
  }
}
