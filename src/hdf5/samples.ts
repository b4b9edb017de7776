import type { Metadata } from 'h5wasm';
import type { ISamples } from './axis';
import type { Extremes } from './extremes';
import { valueType } from './facts';
import type { ILineSlabs } from './slabs';
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

/** Little-endian bytes of a drawable dataset as numbers to be looked at while the bytes stay as they are. */
export function asNumbers(bytes: Uint8Array, metadata: Metadata): Float64Array {
  const { buffer, byteOffset, length } = bytes;
  const { BYTES_PER_ELEMENT } = Float64Array;
  const isPlain =
    valueType(metadata).dtype === 'float64' &&
    byteOffset % BYTES_PER_ELEMENT === 0;
  return isPlain
    ? new Float64Array(buffer, byteOffset, length / BYTES_PER_ELEMENT)
    : toNumbers(bytes, metadata).numbers;
}

/** Samples that are in memory. */
export class MemorySamples implements ISamples {
  /** Make samples of numbers. */
  constructor(
    private readonly _numbers: Float64Array,
    readonly extremes?: Extremes
  ) {}

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

/** How samples in a file are read. */
export interface IStreamedOptions {
  readonly length: number;
  /** Samples that are read at least. */
  readonly slabLength: number;
  readonly metadata: Metadata;
  readonly slabs: ILineSlabs;
  /** Read the bytes of the samples in [from, to), of memory of their own. */
  readonly read: (from: number, to: number) => Uint8Array;
}

/** Samples that are read when needed, of which the slabs used last are in memory. */
export class StreamedSamples implements ISamples {
  /** Make samples that are read slab by slab. */
  constructor(
    private readonly _options: IStreamedOptions,
    readonly extremes?: Extremes
  ) {}

  /** They are not in memory. */
  readonly inMemory = false;

  /** How many there are. */
  get length(): number {
    return this._options.length;
  }

  /** One of them. */
  at(index: number): number {
    return this.extremes?.valueAt(index) ?? this._one(index).numbers[0];
  }

  /** The exact text of one of them. */
  text(index: number): string {
    return `${this._one(index).exact?.[0] ?? ''}`;
  }

  /** Those in [from, to). */
  window(from: number, to: number): Float64Array {
    const { slabLength, metadata } = this._options;
    const part = new Float64Array(to - from);
    const last = Math.ceil(to / slabLength);
    for (let at = from; at < to;) {
      const slab = Math.floor(at / slabLength);
      const end = Math.min(to, (slab + 1) * slabLength);
      const bytes = this._part(this._slab(slab, last), slab, at, end);
      part.set(asNumbers(bytes, metadata), at - from);
      at = end;
    }
    return part;
  }

  private _one(index: number): INumbers {
    const { slabLength, metadata } = this._options;
    const slab = Math.floor(index / slabLength);
    const bytes = this._slab(slab, slab + 1);
    return toNumbers(this._part(bytes, slab, index, index + 1), metadata);
  }

  /** The bytes of the samples in [from, to) out of those of a slab. */
  private _part(
    bytes: Uint8Array,
    slab: number,
    from: number,
    to: number
  ): Uint8Array {
    const { slabLength, metadata } = this._options;
    const start = slab * slabLength;
    return bytes.subarray(
      (from - start) * metadata.size,
      (to - start) * metadata.size
    );
  }

  /** The bytes of a slab; where they are read, those up to another slab are read with them. */
  private _slab(index: number, last: number): Uint8Array {
    const { slabLength, metadata, length, slabs, read } = this._options;
    const known = slabs.get(index);
    if (known) {
      return known;
    }
    const size = slabLength * metadata.size;
    let end = index + 1;
    while (
      end < last &&
      !slabs.get(end) &&
      (end + 1 - index) * size <= slabs.atOnce
    ) {
      end++;
    }
    const from = index * slabLength;
    const bytes = read(from, Math.min(length, end * slabLength));
    for (let slab = index; slab < end; slab++) {
      const at = (slab - index) * size;
      // A copy, since a part would keep the whole in memory.
      slabs.set(slab, bytes.slice(at, at + size));
    }
    return bytes.subarray(0, size);
  }
}
