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
  const patience = new Patience(body);
  try {
    for (;;) {
      const memory = new Uint8Array(buffer, filled);
      const { part, done } = await patience.read(memory);
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
    giveUp(body);
    throw reason;
  } finally {
    patience.end();
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

/** Gives up on a body of which nothing comes for too long. */
class Patience {
  constructor(private readonly _body: IBody) {
    this._look();
  }

  /** What comes next. */
  async read(memory: Uint8Array): Promise<ICame> {
    this._asked = performance.now();
    try {
      const came = await this._body.read(memory);
      if (!this._isLate) {
        return came;
      }
    } catch (reason) {
      if (!this._isLate) {
        throw new ReadError(failureOf(reason, 'server-gone'));
      }
    }
    const late = new DOMException('nothing came', 'TimeoutError');
    throw new ReadError(failureOf(late, 'server-gone'));
  }

  /** Look no more. */
  end(): void {
    clearTimeout(this._timer);
  }

  /** One timer for all reads: there are thousands. */
  private _look(): void {
    const left = this._asked + REQUEST_TIMEOUT - performance.now();
    if (left > 0) {
      this._timer = setTimeout(() => this._look(), left);
    } else {
      this._isLate = true;
      giveUp(this._body);
    }
  }

  private _asked = performance.now();
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _isLate = false;
}

function giveUp(body: IBody): void {
  void body.cancel().catch(() => undefined);
}
