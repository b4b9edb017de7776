import type { Metadata } from 'h5wasm';
import type { ISamples } from './axis';
import { valueType } from './facts';
import { halfValue } from './values';

/** 64-bit integers, which numbers cannot hold exactly. */
export type Exact = BigInt64Array | BigUint64Array;

/** Values as numbers, and exactly where numbers are not. */
export interface INumbers {
  readonly numbers: Float64Array;
  /** The exact values of 64-bit integers; null for other types. */
  readonly exact: Exact | null;
}

/** Little-endian bytes of a drawable dataset as numbers of their own memory. */
export function toNumbers(bytes: Uint8Array, metadata: Metadata): INumbers {
  // Aligned and of its own, whatever becomes of HDF5's memory.
  const { buffer } = bytes.slice();
  switch (valueType(metadata).dtype) {
    case 'float64':
      return { numbers: new Float64Array(buffer), exact: null };
    case 'float32':
      return inexact(new Float32Array(buffer));
    case 'float16':
      return {
        numbers: Float64Array.from(new Uint16Array(buffer), halfValue),
        exact: null
      };
    case 'int8':
      return inexact(new Int8Array(buffer));
    case 'uint8':
      return inexact(new Uint8Array(buffer));
    case 'int16':
      return inexact(new Int16Array(buffer));
    case 'uint16':
      return inexact(new Uint16Array(buffer));
    case 'int32':
      return inexact(new Int32Array(buffer));
    case 'uint32':
      return inexact(new Uint32Array(buffer));
    case 'int64':
      return exactly(new BigInt64Array(buffer));
    case 'uint64':
      return exactly(new BigUint64Array(buffer));
    default:
      throw new TypeError(`no numbers in ${valueType(metadata).dtype}`);
  }
}

function inexact(values: ArrayLike<number>): INumbers {
  return { numbers: new Float64Array(values), exact: null };
}

function exactly(exact: Exact): INumbers {
  const numbers = new Float64Array(exact.length);
  for (let i = 0; i < exact.length; i++) {
    numbers[i] = Number(exact[i]);
  }
  return { numbers, exact };
}

/** Samples that are in memory. */
export class MemorySamples implements ISamples {
  /** Make samples of numbers. */
  constructor(private readonly _numbers: Float64Array) {}

  /** They are in memory. */
  readonly inMemory = true;

  /** How many there are. */
  get length(): number {
    return this._numbers.length;
  }

  /** One of them. */
  at(index: number): number {
    return this._numbers[index];
  }

  /** Those in [from, to). */
  window(from: number, to: number): Float64Array {
    return this._numbers.subarray(from, to);
  }
}

/** Samples of which one slab at a time is in memory, as it is in the file. */
export class StreamedSamples implements ISamples {
  /** Make samples that are read slab by slab. */
  constructor(
    readonly length: number,
    private readonly _slabLength: number,
    private readonly _metadata: Metadata,
    private readonly _read: (from: number, to: number) => Uint8Array
  ) {}

  /** They are not in memory. */
  readonly inMemory = false;

  /** One of them. */
  at(index: number): number {
    return this._numbers(index, index + 1).numbers[0];
  }

  /** The exact text of one of them. */
  text(index: number): string {
    return `${this._numbers(index, index + 1).exact?.[0] ?? ''}`;
  }

  /** Those in [from, to). */
  window(from: number, to: number): Float64Array {
    const part = new Float64Array(to - from);
    for (let at = from; at < to;) {
      const end = Math.min(to, at - (at % this._slabLength) + this._slabLength);
      part.set(this._numbers(at, end).numbers, at - from);
      at = end;
    }
    return part;
  }

  /** Those in [from, to), which lie in one slab. */
  private _numbers(from: number, to: number): INumbers {
    const start = from - (from % this._slabLength);
    if (!this._slab || start !== this._start) {
      this._slab = null;
      const end = Math.min(this.length, start + this._slabLength);
      this._slab = this._read(start, end);
      this._start = start;
    }
    const { size } = this._metadata;
    const bytes = this._slab.subarray(
      (from - start) * size,
      (to - start) * size
    );
    return toNumbers(bytes, this._metadata);
  }

  private _slab: Uint8Array | null = null;
  private _start = 0;
}
