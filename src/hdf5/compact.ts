import type { ISamples } from './axis';
import { Bits } from './lastplace';

/** Samples of one piece, which is a straight line and how far each sample is off it. */
export const PIECE = 1024;
/** Bits that how far a sample is off may take: they never lie across two bytes, but for the last. */
const WIDTHS = [0, 1, 2, 4, 8, 16];
/** A piece that is no straight line is kept as it is: bits of a number, and its bytes. */
const WHOLE = 64;
const WHOLE_BYTES = 8;
/** Pieces after which it tells whether so few are kept whole that it is worth it: one in so many. */
const TRIED = 16;
const WORTH = 8;

/** What is kept of the pieces, each at its number. */
interface IPieces {
  /** The first sample and the step, one after the other. */
  readonly lines: Float64Array;
  /** The fewest units that a sample is off. */
  readonly fewest: Int16Array;
  /** How many bits the units above the fewest take. */
  readonly widths: Uint8Array;
  /** Where these bits begin in the codes. */
  readonly places: Uint32Array;
}

/** Makes compact samples of numbers as they come. */
export class CompactBuilder {
  /** Make samples of so many numbers. */
  constructor(private readonly _total: number) {
    const count = Math.ceil(_total / PIECE);
    this._pieces = {
      lines: new Float64Array(2 * count),
      fewest: new Int16Array(count),
      widths: new Uint8Array(count),
      places: new Uint32Array(count)
    };
  }

  /** Take the next numbers, whole pieces but for the last; false where they are not even enough. It takes less time where they are known to rise. */
  add(numbers: Float64Array, rises: boolean): boolean {
    for (let from = 0; from < numbers.length; from += PIECE) {
      if (!this._addPiece(numbers.subarray(from, from + PIECE), rises)) {
        return false;
      }
    }
    return true;
  }

  /** The samples of what was taken so far. */
  get samples(): CompactSamples {
    return new CompactSamples(this._length, this._pieces, this._codes);
  }

  private _addPiece(numbers: Float64Array, rises: boolean): boolean {
    const first = numbers[0];
    const last = numbers[numbers.length - 1];
    const step = (last - first) / Math.max(1, numbers.length - 1);
    const piece = this._length / PIECE;
    const { lines, fewest, widths, places } = this._pieces;
    const off = this._bits.offLine(numbers, step, this._units, rises);
    if (off) {
      const [least, most] = off;
      const width = WIDTHS.find(bits => most - least < 2 ** bits) ?? 0;
      lines[2 * piece] = first;
      lines[2 * piece + 1] = step;
      fewest[piece] = least;
      widths[piece] = width;
      places[piece] = this._room(Math.ceil((numbers.length * width) / 8));
      this._put(places[piece], numbers.length, least, width);
    } else {
      this._wholes += 1;
      widths[piece] = WHOLE;
      places[piece] = this._room(numbers.length * WHOLE_BYTES);
      const at = places[piece] / WHOLE_BYTES;
      new Float64Array(this._codes.buffer).set(numbers, at);
    }
    this._length = Math.min(this._total, this._length + numbers.length);
    return piece < TRIED || this._wholes * WORTH < piece;
  }

  /** Make room for so many bytes; answers where. */
  private _room(bytes: number): number {
    const start = this._filled;
    // Whole numbers lie at multiples of their size.
    this._filled += Math.ceil(bytes / WHOLE_BYTES) * WHOLE_BYTES;
    if (this._filled > this._codes.length) {
      const larger = new Uint8Array(Math.max(this._filled, 2 * start, 1 << 12));
      larger.set(this._codes.subarray(0, start));
      this._codes = larger;
    }
    return start;
  }

  /** Put the units of a piece into its bits. */
  private _put(
    start: number,
    count: number,
    fewest: number,
    width: number
  ): void {
    const [codes, units] = [this._codes, this._units];
    if (width === 16) {
      for (let i = 0; i < count; i++) {
        const code = units[i] - fewest;
        codes[start + 2 * i] = code;
        codes[start + 2 * i + 1] = code >> 8;
      }
    } else if (width > 0) {
      for (let i = 0; i < count; i++) {
        const bit = i * width;
        codes[start + (bit >> 3)] |= (units[i] - fewest) << (bit & 7);
      }
    }
  }

  private readonly _bits = new Bits();
  private readonly _units = new Int16Array(PIECE);
  private readonly _pieces: IPieces;
  private _codes = new Uint8Array(0);
  private _filled = 0;
  private _wholes = 0;
  private _length = 0;
}

/**
 * Nearly even samples, such as times, exactly and in little memory.
 *
 * Each piece keeps its first sample and step, and for each sample by how many
 * units in the last place it differs from first + i * step, in as few bits as
 * hold them all: mostly one or two of a time's 64. A few pieces may be kept whole.
 */
export class CompactSamples implements ISamples {
  /** Make samples of what a builder made. */
  constructor(
    readonly length: number,
    private readonly _pieces: IPieces,
    private readonly _codes: Uint8Array
  ) {
    this._wholes = new Float64Array(_codes.buffer);
  }

  /** Samples of numbers, which may be known to rise; null where they are not even enough. */
  static from(numbers: Float64Array, rises: boolean): CompactSamples | null {
    const builder = new CompactBuilder(numbers.length);
    const isEven = builder.add(numbers, rises);
    const { samples } = builder;
    return isEven && samples.byteLength < numbers.byteLength / 2
      ? samples
      : null;
  }

  /** They are in memory. */
  readonly inMemory = true;

  /** Bytes that they take. */
  get byteLength(): number {
    const { lines, fewest, widths, places } = this._pieces;
    return [lines, fewest, widths, places, this._codes].reduce(
      (sum, { byteLength }) => sum + byteLength,
      0
    );
  }

  /** One of them. */
  at(index: number): number {
    const { lines, fewest, widths, places } = this._pieces;
    const piece = Math.floor(index / PIECE);
    const i = index % PIECE;
    if (widths[piece] === WHOLE) {
      return this._wholes[places[piece] / WHOLE_BYTES + i];
    }
    const line = lines[2 * piece] + i * lines[2 * piece + 1];
    const code = this._code(places[piece], i, widths[piece]);
    return this._bits.moved(line, fewest[piece] + code);
  }

  /** Those in [from, to). */
  window(from: number, to: number): Float64Array {
    const part = new Float64Array(to - from);
    for (let i = from; i < to; i++) {
      part[i - from] = this.at(i);
    }
    return part;
  }

  private _code(start: number, i: number, width: number): number {
    if (width === 16) {
      const at = start + 2 * i;
      return this._codes[at] | (this._codes[at + 1] << 8);
    }
    if (width === 0) {
      return 0;
    }
    const bit = i * width;
    const byte = this._codes[start + (bit >> 3)];
    return (byte >> (bit & 7)) & ((1 << width) - 1);
  }

  private readonly _bits = new Bits();
  private readonly _wholes: Float64Array;
}
