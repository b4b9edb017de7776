import type { ISamples } from './axis';

/** Samples of one piece, which is a straight line and how far each sample is off it. */
export const PIECE = 1024;
/** The farthest that a sample may be off, in units of its last place. */
const FARTHEST = 0x7fff;
/** The units of the high half of a number's bits. */
const HIGH = 2 ** 32;

/** The bits of numbers, as counts of units in the last place. */
class Bits {
  /**
   * How many units each number lies above a straight line; false where one
   * lies too far off. What `moved` makes of the line and the units is then the
   * number itself, bit by bit.
   */
  offLine(numbers: Float64Array, step: number, units: Int16Array): boolean {
    const halves = new Uint32Array(
      numbers.buffer,
      numbers.byteOffset,
      2 * numbers.length
    );
    const [line, lineHalves, first] = [this._number, this._halves, numbers[0]];
    for (let i = 0; i < numbers.length; i++) {
      line[0] = first + i * step;
      // Each half by itself, since the whole is more than a number holds exactly.
      const off =
        (halves[2 * i + 1] - lineHalves[1]) * HIGH +
        (halves[2 * i] - lineHalves[0]);
      if (off > FARTHEST || off < -FARTHEST) {
        return false;
      }
      units[i] = off;
    }
    return true;
  }

  /** The number that is so many units off another. */
  moved(value: number, units: number): number {
    this._number[0] = value;
    const low = this._halves[0] + units;
    this._halves[1] += Math.floor(low / HIGH);
    this._halves[0] = low;
    return this._number[0];
  }

  private readonly _number = new Float64Array(1);
  /** Little-endian, as on every machine that runs a browser. */
  private readonly _halves = new Uint32Array(this._number.buffer);
}

/** Makes compact samples of numbers as they come. */
export class CompactBuilder {
  /** Make samples of so many numbers. */
  constructor(private readonly _total: number) {
    this._lines = new Float64Array(2 * Math.ceil(_total / PIECE));
    this._off = new Int16Array(_total);
  }

  /** Take the next numbers, whole pieces but for the last; false where they are not even enough. */
  add(numbers: Float64Array): boolean {
    for (let from = 0; from < numbers.length; from += PIECE) {
      if (!this._addPiece(numbers.subarray(from, from + PIECE))) {
        return false;
      }
    }
    return true;
  }

  /** The samples of what was taken so far. */
  get samples(): CompactSamples {
    return new CompactSamples(this._length, this._lines, this._off);
  }

  private _addPiece(numbers: Float64Array): boolean {
    const start = this._length;
    const first = numbers[0];
    const last = numbers[numbers.length - 1];
    const step = (last - first) / Math.max(1, numbers.length - 1);
    const units = this._off.subarray(start, start + numbers.length);
    if (!this._bits.offLine(numbers, step, units)) {
      return false;
    }
    const piece = start / PIECE;
    this._lines[2 * piece] = first;
    this._lines[2 * piece + 1] = step;
    this._length = Math.min(this._total, start + numbers.length);
    return true;
  }

  private readonly _bits = new Bits();
  private readonly _lines: Float64Array;
  private readonly _off: Int16Array;
  private _length = 0;
}

/**
 * Nearly even samples, such as times, exactly and in a quarter of the memory.
 *
 * Each piece keeps its first sample and step, and for each sample by how many
 * units in the last place it differs from first + i * step.
 */
export class CompactSamples implements ISamples {
  /** Make samples of what a builder made. */
  constructor(
    readonly length: number,
    private readonly _lines: Float64Array,
    private readonly _off: Int16Array
  ) {}

  /** Samples of numbers; null where they are not even enough. */
  static from(numbers: Float64Array): CompactSamples | null {
    const builder = new CompactBuilder(numbers.length);
    return builder.add(numbers) ? builder.samples : null;
  }

  /** They are in memory. */
  readonly inMemory = true;

  /** Bytes that they take. */
  get byteLength(): number {
    return this._lines.byteLength + this._off.byteLength;
  }

  /** One of them. */
  at(index: number): number {
    const piece = Math.floor(index / PIECE);
    const line =
      this._lines[2 * piece] + (index % PIECE) * this._lines[2 * piece + 1];
    return this._bits.moved(line, this._off[index]);
  }

  /** Those in [from, to). */
  window(from: number, to: number): Float64Array {
    const part = new Float64Array(to - from);
    for (let i = from; i < to; i++) {
      part[i - from] = this.at(i);
    }
    return part;
  }

  private readonly _bits = new Bits();
}
