import type { Metadata } from 'h5wasm';
import type { IKept } from './arraycache';
import type { IAxis, IAxisFacts, ISamples } from './axis';
import { AxisScan } from './axis';
import { CompactBuilder, PIECE } from './compact';
import { Extremes } from './extremes';
import { asNumbers, MemorySamples } from './samples';

/** What is taken, and where it is to go. */
export interface IArrivingOptions {
  readonly metadata: Metadata;
  readonly length: number;
  /** Whether they are an x, of which other things are wanted. */
  readonly isX: boolean;
  /** Bytes that may be kept. */
  readonly room: number;
  /** The samples as they are read from the file, for what is not kept. */
  readonly unkept: (extremes?: Extremes) => ISamples;
}

/**
 * The numbers of a long array while its bytes come, from the first to the last.
 *
 * An x is kept in little room where that is exact. Of anything else the
 * extremes of its pieces are kept, and all numbers too while there is room.
 */
export class ArrivingNumbers {
  /** Take numbers. */
  constructor(private readonly _options: IArrivingOptions) {
    const { metadata, length, isX } = _options;
    this._stage = new Uint8Array(PIECE * metadata.size);
    this._compact = isX ? new CompactBuilder(length) : null;
    this._scan = isX ? new AxisScan() : null;
    this._extremes = isX ? undefined : new Extremes(length);
    if (!isX) {
      this._makeRoom();
    }
  }

  /** How many there will be. */
  get length(): number {
    return this._options.length;
  }

  /** How many there are so far. */
  get arrived(): number {
    return this._arrived;
  }

  /** Bytes that they take so far. */
  get byteLength(): number {
    return (
      (this._compact?.samples.byteLength ?? 0) +
      (this._extremes?.byteLength ?? 0) +
      (this._numbers?.byteLength ?? 0)
    );
  }

  /** Take the next bytes. */
  take(bytes: Uint8Array): void {
    const piece = this._stage.length;
    const begun = this._filled > 0 ? piece - this._filled : 0;
    this._fill(bytes.subarray(0, begun));
    const rest = bytes.subarray(begun);
    const whole = rest.length - (rest.length % piece);
    if (whole > 0) {
      this._add(rest.subarray(0, whole));
    }
    this._fill(rest.subarray(whole));
  }

  /** Keep no more of them than the extremes. */
  letGo(): void {
    this._numbers = null;
  }

  /** Those so far. */
  samples(): ISamples {
    if (this._compact) {
      return this._compact.samples;
    }
    if (this._numbers) {
      const numbers = this._numbers.subarray(0, this._arrived);
      return new MemorySamples(numbers, this._extremes);
    }
    return this._arrived < this.length
      ? new PassedSamples(this._arrived, this._extremes)
      : this._options.unkept(this._extremes);
  }

  /** The x so far. */
  axis(): IAxis {
    const nothing = { monotone: false, extent: null, withoutX: 0 };
    return { samples: this.samples(), ...(this.facts ?? nothing) };
  }

  /** What is known of the x so far; null where it is no x. */
  get facts(): IAxisFacts | null {
    return this._scan?.facts ?? null;
  }

  /** What to keep of them when all are there; null for an x that there is no room for. */
  get kept(): IKept | null {
    const samples = this.samples();
    const { byteLength } = this;
    if (byteLength === 0) {
      return null;
    }
    const { unkept } = this._options;
    const extremes = this._extremes;
    return {
      samples,
      byteLength,
      less:
        this._numbers && extremes
          ? () => ({
              samples: unkept(extremes),
              byteLength: extremes.byteLength
            })
          : undefined
    };
  }

  /** Put bytes by until they make a piece, or the last part of one. */
  private _fill(bytes: Uint8Array): void {
    this._stage.set(bytes, this._filled);
    this._filled += bytes.length;
    const { metadata, length } = this._options;
    const isLast = this._arrived + this._filled / metadata.size === length;
    if (this._filled === this._stage.length || (isLast && this._filled > 0)) {
      this._add(this._stage.subarray(0, this._filled));
      this._filled = 0;
    }
  }

  private _add(bytes: Uint8Array): void {
    const numbers = asNumbers(bytes, this._options.metadata);
    this._scan?.add(numbers);
    const rises = this._scan?.facts.monotone ?? false;
    this._extremes?.add(numbers);
    if (this._compact && !this._fits(this._compact, numbers, rises)) {
      const before = this._compact.samples;
      this._compact = null;
      this._makeRoom();
      this._numbers?.set(before.window(0, this._arrived));
    }
    this._numbers?.set(numbers, this._arrived);
    this._arrived += numbers.length;
  }

  private _fits(
    compact: CompactBuilder,
    numbers: Float64Array,
    rises: boolean
  ): boolean {
    return (
      compact.add(numbers, rises) &&
      compact.samples.byteLength <= this._options.room
    );
  }

  private _makeRoom(): void {
    const { length, room } = this._options;
    if (length * Float64Array.BYTES_PER_ELEMENT <= room) {
      this._numbers = new Float64Array(length);
    }
  }

  private readonly _stage: Uint8Array;
  private readonly _scan: AxisScan | null;
  private readonly _extremes: Extremes | undefined;
  private _compact: CompactBuilder | null;
  private _numbers: Float64Array | null = null;
  private _arrived = 0;
  private _filled = 0;
}

/** Thrown where a sample is wanted that has passed and is not kept. */
export class NotKept extends Error {}

/** Samples that have passed, of which the extremes alone are known. */
class PassedSamples implements ISamples {
  constructor(
    readonly length: number,
    readonly extremes?: Extremes
  ) {}

  readonly inMemory = false;

  at(index: number): number {
    const value = this.extremes?.valueAt(index) ?? null;
    if (value === null) {
      throw new NotKept();
    }
    return value;
  }

  window(from: number, to: number): Float64Array {
    if (from < to) {
      throw new NotKept();
    }
    return new Float64Array(0);
  }
}

/** The first of some samples. */
function firstSamples(samples: ISamples, length: number): ISamples {
  return {
    length,
    inMemory: samples.inMemory,
    extremes: samples.extremes,
    at: index => samples.at(index),
    window: (from, to) => samples.window(from, to)
  };
}

/** An x of which only the first samples are there. */
export function firstOfAxis(axis: IAxis, length: number): IAxis {
  const { samples, monotone, extent } = axis;
  return {
    ...axis,
    samples: firstSamples(samples, length),
    extent:
      monotone && extent && length > 0
        ? [extent[0], samples.at(length - 1)]
        : extent
  };
}
