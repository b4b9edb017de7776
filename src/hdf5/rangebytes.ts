import type {
  IByteRequest,
  IByteResponse,
  IByteStream,
  IFileIdentity,
  IStreamedBytes
} from './bytes';
import { inLanes } from '../refs/lanes';
import { eachOf, partOf } from './bytes';
import type { Span } from './blocks';
import { BLOCK, BlockCache, joinedSpans, ReadAhead } from './blocks';
import type { ComingSpan } from './coming';
import { ComingSpans, without } from './coming';
import { LIMITS } from './limits';
import type { IFetchable } from './rounds';
import { Rounds, wanted } from './rounds';

/** Asks a server for the bytes in [from, to) without waiting. */
export type IByteFetch = (from: number, to: number) => Promise<IByteResponse>;

/** What the bytes of a file on a server are made from. */
export interface IRangeBytesOptions {
  /** Ask and wait. */
  readonly request: IByteRequest;
  /** Ask and go on. */
  readonly fetch: IByteFetch;
  /** Ask, and take the bytes as they come. */
  readonly stream: (from: number, to: number) => Promise<IByteStream>;
  readonly identity: IFileIdentity;
  /** The bytes that came with the first answer. */
  readonly start: Uint8Array;
  /** Bytes of blocks kept in memory. */
  readonly cacheBytes?: number;
  /** Lets reads wait together; without it each waits for itself. */
  readonly rounds?: Rounds;
}

/** A read of this many bytes is of values, which are kept elsewhere. */
const LARGE = 64 * BLOCK;
/** Larger reads do not wait with others: what they bring would fill the memory. */
const LARGEST = 16 * LARGE;
/** Spans so near to each other are fetched in one request. */
const NEAR = 4 * BLOCK;
/** A long span is fetched in pieces of this size side by side. */
const LONGEST_REQUEST = 256 * BLOCK;
/** Requests under way at a time; browsers hold back more. */
const AT_ONCE = 6;

/** Bytes of a file on a server, read in parts with a cache. */
export class RangeBytes implements IStreamedBytes, IFetchable {
  /** Make the bytes of a file of which the first answer is at hand. */
  constructor(private readonly _options: IRangeBytesOptions) {
    const { identity, start, cacheBytes = LIMITS.cache } = _options;
    this._cache = new BlockCache(identity.size, cacheBytes);
    this._ahead = new ReadAhead(identity.size, () => this._cache.capacity / 2);
    this._rounds = _options.rounds ?? new Rounds();
    this._cache.keep(0, start);
    this._ahead.begin(start.length);
  }

  /** How many bytes there are. */
  get size(): number {
    return this._options.identity.size;
  }

  /** Bytes that came from the server after the first answer. */
  get moved(): number {
    return this._moved;
  }

  /** Milliseconds that the quickest answer took so far; null before the first. */
  get roundTrip(): number | null {
    return this._roundTrip;
  }

  /** Keep so many bytes of blocks; answers how many more than before that are. */
  makeRoom(bytes: number): number {
    const before = this._cache.capacity;
    this._cache.grow(bytes);
    return this._cache.capacity - before;
  }

  /** Keep at most so many bytes of blocks from now on. */
  limit(bytes: number): void {
    this._cache.limit(bytes);
  }

  /** Fill the target from a position. */
  read(position: number, target: Uint8Array): number {
    const length = Math.max(0, Math.min(target.length, this.size - position));
    if (this._located && length >= LARGE) {
      this._located.push([position, position + length]);
      throw wanted();
    }
    if (length === 0 || this._cache.copy(position, length, target)) {
      return length;
    }
    const span: Span = [position, position + length];
    if (length >= LARGE) {
      target.set(this._large(span));
      return length;
    }
    const missing = this._cache.missing(span) ?? span;
    const [from, to] = this._ahead.widen(missing);
    if (this._rounds.isNoting) {
      this._wanted.push([from, to]);
      this._rounds.note(this, to - from);
      throw wanted();
    }
    this._cache.keep(from, this._request([from, to]));
    if (!this._cache.copy(position, length, target)) {
      // Some of it had to make room for the rest.
      target.set(this._request(span));
    }
    return length;
  }

  /** Fill the target from a position if all of it is there. */
  peek(position: number, target: Uint8Array): boolean {
    return (
      position + target.length <= this.size &&
      this._cache.copy(position, target.length, target)
    );
  }

  /** Whether all of a span is there. */
  has([from, to]: Span): boolean {
    return this._cache.missing([from, Math.min(to, this.size)]) === null;
  }

  /** Fetch all that was wanted since the last time. */
  async fetchWanted(): Promise<void> {
    const values = this._wantedValues.splice(0);
    const blocks = this.prefetch(this._wanted.splice(0));
    await Promise.all([
      blocks,
      ...values.map(async span => {
        this._values.set(span[0], await this._fetch(span));
      })
    ]);
  }

  /** Where the values lie that work would read at first; nothing is fetched for them. */
  locate(work: () => void): Span | null {
    const located: Span[] = [];
    this._located = located;
    try {
      work();
    } catch (reason) {
      if (located.length === 0) {
        throw reason;
      }
    } finally {
      this._located = null;
    }
    return located[0] ?? null;
  }

  /** Pass the bytes of a span along as they come; they are not kept. */
  async stream(span: Span, use: (part: Uint8Array) => void): Promise<void> {
    const answer = await this._options.stream(...span);
    await eachOf(answer, span, this._options.identity, part => {
      this._moved += part.length;
      use(part);
    });
    // A file that was changed while the parts came has another date now.
    await this._fetch([span[1] - 1, span[1]]);
  }

  /** Let go of the values that were fetched for reads that are done. */
  release(): void {
    this._values.clear();
    this._wanted.length = 0;
    this._wantedValues.length = 0;
  }

  /** Fetch the blocks of spans that are not there, several requests at a time; what others will fetch later comes with them. */
  async prefetch(spans: readonly Span[], atOnce = AT_ONCE): Promise<void> {
    const inFile = spans
      .map(([from, to]): Span => [from, Math.min(to, this.size)])
      .filter(([from, to]) => from < to);
    const others = new Set<ComingSpan>();
    const own = joinedSpans(inFile, NEAR).flatMap(span => {
      const missing = this._cache.missing(span);
      const coming = missing ? this._coming.meeting(missing) : [];
      coming.forEach(other => others.add(other));
      return missing
        ? without(
            missing,
            coming.map(other => other.span)
          )
        : [];
    });
    const announced = own
      .flatMap(span => pieces(span, LONGEST_REQUEST))
      .map(span => this._coming.announce(span));
    try {
      await inLanes([...others, ...announced], atOnce, item =>
        // What fails of others is theirs: what was to be read there is read again.
        others.has(item) ? item.fetch().catch(() => undefined) : item.fetch()
      );
    } finally {
      announced.forEach(item => item.cancel());
    }
  }

  /** A read of values: there already, to be fetched, or fetched now. */
  private _large(span: Span): Uint8Array {
    const [from, to] = span;
    const known = this._values.get(from);
    if (known && known.length >= to - from) {
      return known.subarray(0, to - from);
    }
    if (this._rounds.isNoting && to - from < LARGEST) {
      this._wantedValues.push(span);
      this._rounds.note(this, to - from);
      throw wanted();
    }
    return this._request(span);
  }

  private async _fetch(span: Span): Promise<Uint8Array> {
    const asked = performance.now();
    return this._taken(await this._options.fetch(...span), span, asked);
  }

  private _request(span: Span): Uint8Array {
    const asked = performance.now();
    return this._taken(this._options.request(...span), span, asked);
  }

  private _taken(
    response: IByteResponse,
    span: Span,
    asked: number
  ): Uint8Array {
    const took = performance.now() - asked;
    this._roundTrip = Math.min(this._roundTrip ?? took, took);
    const data = partOf(response, span, this._options.identity);
    this._moved += response.body?.byteLength ?? 0;
    return data;
  }

  private readonly _cache: BlockCache;
  private readonly _ahead: ReadAhead;
  private readonly _rounds: Rounds;
  private readonly _wanted: Span[] = [];
  private readonly _wantedValues: Span[] = [];
  private readonly _values = new Map<number, Uint8Array>();
  private readonly _coming = new ComingSpans(async span =>
    this._cache.keep(span[0], await this._fetch(span))
  );
  private _located: Span[] | null = null;
  private _moved = 0;
  private _roundTrip: number | null = null;
}

/** A span in pieces of a size. */
function pieces([from, to]: Span, size: number): Span[] {
  const parts: Span[] = [];
  for (let at = from; at < to; at += size) {
    parts.push([at, Math.min(to, at + size)]);
  }
  return parts;
}
