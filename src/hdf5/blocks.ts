/** The unit of the cache: small, since a file's metadata is scattered in it. */
export const BLOCK = 4096;

/** Where bytes lie in a file: [from, to). */
export type Span = readonly [number, number];

/** Blocks of a file, the least used ones let go of when they become too many. */
export class BlockCache {
  /** Keep so many bytes of a file of a size. */
  constructor(
    private readonly _size: number,
    private _capacity: number
  ) {}

  /** Bytes that are kept at most. */
  get capacity(): number {
    return this._capacity;
  }

  /** Keep at least so many bytes from now on. */
  grow(capacity: number): void {
    this._capacity = Math.max(this._capacity, capacity);
  }

  /** Keep at most so many bytes from now on. */
  limit(capacity: number): void {
    this._capacity = capacity;
    this._trim();
  }

  /** Copy bytes from a position; false when a block is missing. */
  copy(from: number, length: number, target: Uint8Array): boolean {
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

  /** The blocks around a span without those at its ends that are there; null when none is missing. */
  missing([from, to]: Span): Span | null {
    let first = Math.floor(from / BLOCK);
    let last = Math.floor((to - 1) / BLOCK);
    while (first <= last && this._blocks.has(first)) {
      first++;
    }
    while (last > first && this._blocks.has(last)) {
      last--;
    }
    return first > last
      ? null
      : [first * BLOCK, Math.min(this._size, (last + 1) * BLOCK)];
  }

  /** Keep what begins at a position, as far as it makes whole blocks. */
  keep(start: number, data: Uint8Array): void {
    const skip = (BLOCK - (start % BLOCK)) % BLOCK;
    for (let at = skip; at < data.length; at += BLOCK) {
      const end = Math.min(at + BLOCK, data.length);
      if (end - at === BLOCK || start + end === this._size) {
        const index = (start + at) / BLOCK;
        this._blocks.delete(index);
        this._blocks.set(index, data.slice(at, end));
      }
    }
    this._trim();
  }

  private _trim(): void {
    for (const index of this._blocks.keys()) {
      if (this._blocks.size * BLOCK <= this._capacity) {
        break;
      }
      this._blocks.delete(index);
    }
  }

  private readonly _blocks = new Map<number, Uint8Array>();
}

/** What a miss fetches at first, and at most, when misses follow each other in the file. */
const LEAST_AHEAD = 2 * BLOCK;
const MOST_AHEAD = 256 * BLOCK;
/** Misses in one region make its blocks larger. */
const REGION = 256 * BLOCK;
const GROWTH: readonly { readonly misses: number; readonly unit: number }[] = [
  { misses: 24, unit: REGION },
  { misses: 12, unit: REGION / 4 },
  { misses: 4, unit: REGION / 16 }
];

/** Decides how much more than a miss is fetched with it, by the misses before. */
export class ReadAhead {
  /** Decide for a file of a size, of which so many bytes may come with a miss. */
  constructor(
    private readonly _size: number,
    private readonly _most: () => number
  ) {}

  /** What was read so far ends here. */
  begin(end: number): void {
    this._end = end;
  }

  /** What to fetch for a missing span. */
  widen([start, end]: Span): Span {
    const whole = Math.floor(this._most() / BLOCK) * BLOCK;
    const most = Math.min(MOST_AHEAD, whole);
    this._ahead =
      start === this._end
        ? Math.max(LEAST_AHEAD, Math.min(most, this._ahead * 2))
        : LEAST_AHEAD;
    const region = Math.floor(start / REGION);
    const misses = (this._misses.get(region) ?? 0) + 1;
    this._misses.set(region, misses);
    const unit =
      GROWTH.find(step => misses >= step.misses && step.unit <= most)?.unit ??
      BLOCK;
    const from = start - (start % unit);
    const to = Math.max(end, start + this._ahead, from + unit);
    this._end = Math.min(this._size, to);
    return [from, this._end];
  }

  private readonly _misses = new Map<number, number>();
  private _ahead = LEAST_AHEAD;
  private _end = 0;
}

/** Spans in order, those that touch or nearly so made one. */
export function joinedSpans(spans: readonly Span[], gap: number): Span[] {
  const joined: [number, number][] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = joined[joined.length - 1];
    if (last && from <= last[1] + gap) {
      last[1] = Math.max(last[1], to);
    } else {
      joined.push([from, to]);
    }
  }
  return joined;
}
