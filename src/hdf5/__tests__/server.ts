import { eachPart } from '../body';
import type { IByteRequest, IByteResponse, IByteStream } from '../bytes';
import type { INetwork } from '../remote';

/** One request that a fake server saw: [from, to), or null for the whole file. */
export type Seen = readonly [number, number] | null;

/** A file server without a network. */
export class FakeServer {
  /** Serve a file. */
  constructor(public data: Uint8Array) {}

  /** What it saw. */
  readonly seen: Seen[] = [];
  /** Whether it gives parts. */
  ranges = true;
  /** When it says that the file was changed. */
  lastModified = 'Mon, 23 Nov 2026 12:00:00 GMT';
  /** A status to answer with, in place of the file. */
  status: number | null = null;
  /** Bytes left out at the end of each part. */
  short = 0;
  /** How far before the place that was asked for a part begins. */
  early = 0;
  /** Whether streams break off on their way. */
  breaks = false;
  /** How many streams were not taken. */
  cancelled = 0;

  /** The ways to it. */
  get network(): INetwork {
    return {
      fetch: (_url, init) => {
        const range = new Headers(init.headers).get('Range');
        const match = /bytes=(\d+)-(\d+)/.exec(range ?? '');
        const answer = this._answer(
          match && [Number(match[1]), Number(match[2]) + 1]
        );
        if (answer.status === 0) {
          return Promise.reject(new TypeError('Failed to fetch'));
        }
        return Promise.resolve(
          new Response(answer.body, {
            status: answer.status,
            headers: answer.headers
          })
        );
      },
      request: () => this.request
    };
  }

  /** Ask it for a part. */
  readonly request: IByteRequest = (from, to): IByteResponse => {
    const { status, body, headers } = this._answer([from, to]);
    return { status, body, header: name => headers[name] ?? null };
  };

  /** Ask it for a part as a stream. */
  readonly stream = (from: number, to: number): Promise<IByteStream> => {
    const { status, body, headers } = this._answer([from, to]);
    const bytes = new Uint8Array(body ?? new ArrayBuffer(0));
    const parts = [bytes.subarray(0, 70_001), bytes.subarray(70_001)];
    const coming = new ReadableStream<Uint8Array>({
      pull: controller => {
        const part = parts.shift();
        if (this.breaks && parts.length === 0) {
          controller.error(new TypeError('network error'));
        } else if (part) {
          controller.enqueue(part);
        } else {
          controller.close();
        }
      }
    });
    return Promise.resolve({
      status,
      header: name => headers[name] ?? null,
      each: use => eachPart(new Response(coming), use),
      cancel: () => {
        this.cancelled += 1;
      }
    });
  };

  private _answer(range: Seen): {
    status: number;
    body: ArrayBuffer | null;
    headers: Record<string, string>;
  } {
    this.seen.push(range);
    const { length } = this.data;
    const headers: Record<string, string> = {
      'Last-Modified': this.lastModified,
      Date: 'Tue, 24 Nov 2026 12:00:00 GMT'
    };
    if (this.status !== null) {
      return { status: this.status, body: null, headers };
    }
    if (this.ranges) {
      headers['Accept-Ranges'] = 'bytes';
    }
    const whole = !range || (range[0] === 0 && range[1] >= length);
    if (whole || !this.ranges) {
      headers['Content-Length'] = `${length}`;
      return { status: 200, body: copy(this.data), headers };
    }
    const first = range[0] - this.early;
    const part = this.data.subarray(first, range[1] - this.early);
    const last = first + part.length - 1;
    headers['Content-Range'] = `bytes ${first}-${last}/${length}`;
    const sent = part.subarray(0, part.length - this.short);
    headers['Content-Length'] = `${sent.length}`;
    return { status: 206, body: copy(sent), headers };
  }
}

function copy(data: Uint8Array): ArrayBuffer {
  const buffer = new ArrayBuffer(data.length);
  new Uint8Array(buffer).set(data);
  return buffer;
}
