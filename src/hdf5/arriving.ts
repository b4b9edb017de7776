import type { Metadata } from 'h5wasm';
import type { IKept } from './arraycache';
import type { IAxis, IAxisFacts, ISamples } from './axis';
import { AxisScan } from './axis';
import { CompactBuilder, PIECE } from './compact';
import { MemorySamples, toNumbers } from './samples';

/** Numbers that are taken at a time: whole pieces of compact samples. */
const STEP = 128 * PIECE;

/** The numbers of a long array while its bytes come, from the first to the last. */
export class ArrivingNumbers {
  /** Take so many numbers; those of an x are kept in less room where that is exact. */
  constructor(
    private readonly _metadata: Metadata,
    readonly length: number,
    isX: boolean
  ) {
    this._stage = new Uint8Array(STEP * _metadata.size);
    this._compact = isX ? new CompactBuilder(length) : null;
    this._scan = isX ? new AxisScan() : null;
  }

  /** How many there are so far. */
  get arrived(): number {
    return this._arrived;
  }

  /** Take the next bytes. */
  take(bytes: Uint8Array): void {
    const step = this._stage.length;
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + step - this._filled);
      at += part.length;
      if (part.length === step) {
        this._add(part);
        continue;
      }
      this._stage.set(part, this._filled);
      this._filled += part.length;
      const { size } = this._metadata;
      const isLast = this._arrived + this._filled / size === this.length;
      if (this._filled === step || isLast) {
        this._add(this._stage.subarray(0, this._filled));
        this._filled = 0;
      }
    }
  }

  /** Those so far. */
  samples(): ISamples {
    return this._compact
      ? this._compact.samples
      : new MemorySamples(this._all().subarray(0, this._arrived));
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

  /** What to keep of them when all are there. */
  get kept(): IKept {
    const samples = this._compact?.samples;
    return samples
      ? { samples, byteLength: samples.byteLength }
      : { numbers: this._all(), exact: null };
  }

  private _add(bytes: Uint8Array): void {
    const { numbers } = toNumbers(bytes, this._metadata);
    this._scan?.add(numbers);
    if (this._compact && !this._compact.add(numbers)) {
      const before = this._compact.samples;
      this._compact = null;
      this._all().set(before.window(0, this._arrived));
    }
    if (!this._compact) {
      this._all().set(numbers, this._arrived);
    }
    this._arrived += numbers.length;
  }

  private _all(): Float64Array {
    this._numbers ??= new Float64Array(this.length);
    return this._numbers;
  }

  private readonly _stage: Uint8Array;
  private readonly _scan: AxisScan | null;
  private _compact: CompactBuilder | null;
  private _numbers: Float64Array | null = null;
  private _arrived = 0;
  private _filled = 0;
}

/** An x of which only the first samples are there. */
export function firstOfAxis(axis: IAxis, length: number): IAxis {
  const { samples, monotone, extent } = axis;
  return {
    ...axis,
    samples: {
      length,
      inMemory: samples.inMemory,
      at: index => samples.at(index),
      window: (from, to) => samples.window(from, to)
    },
    extent:
      monotone && extent && length > 0
        ? [extent[0], samples.at(length - 1)]
        : extent
  };
}
