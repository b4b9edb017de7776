import type { ISamples } from './axis';

/** Samples of one piece, which is a straight line and how far each sample is off it. */
const PIECE = 1024;
/** The farthest that a sample may be off, in units of its last place. */
const FARTHEST = 0x7fff;
/** The units of the high half of a number's bits. */
const HIGH = 2 ** 32;

/** The bits of numbers, as counts of units in the last place. */
class Bits {
  /** How many units one number lies above another; exact where they are near. */
  between(value: number, other: number): number {
    this._number[0] = other;
    const [low, high] = this._halves;
    this._number[0] = value;
    // Each half by itself, since the whole is more than a number holds exactly.
    return (this._halves[1] - high) * HIGH + (this._halves[0] - low);
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

/**
 * Nearly even samples, such as times, exactly and in a quarter of the memory.
 *
 * Each piece keeps its first sample and step, and for each sample by how many
 * units in the last place it differs from first + i * step.
 */
export class CompactSamples implements ISamples {
  private constructor(
    readonly length: number,
    private readonly _lines: Float64Array,
    private readonly _off: Int16Array
  ) {}

  /** Samples of numbers; null where they are not even enough. */
  static from(numbers: Float64Array): CompactSamples | null {
    const pieces = Math.ceil(numbers.length / PIECE);
    const lines = new Float64Array(2 * pieces);
    const off = new Int16Array(numbers.length);
    const bits = new Bits();
    for (let piece = 0; piece < pieces; piece++) {
      const from = piece * PIECE;
      const to = Math.min(numbers.length, from + PIECE);
      const first = numbers[from];
      const step = (numbers[to - 1] - first) / Math.max(1, to - 1 - from);
      lines[2 * piece] = first;
      lines[2 * piece + 1] = step;
      for (let i = from; i < to; i++) {
        const line = first + (i - from) * step;
        const units = bits.between(numbers[i], line);
        if (
          !(Math.abs(units) <= FARTHEST) ||
          !Object.is(bits.moved(line, units), numbers[i])
        ) {
          return null;
        }
        off[i] = units;
      }
    }
    return new CompactSamples(numbers.length, lines, off);
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
