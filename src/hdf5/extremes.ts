import { PIECE } from './compact';

/** Which samples of a piece are finite. */
export const FINITE = { none: 0, some: 1, all: 2 } as const;

/** The first, least, greatest and last sample of each piece of an array, so that looking at many samples takes few steps. */
export class Extremes {
  /** Make room for those of so many samples. */
  constructor(private readonly _total: number) {
    const count = Math.ceil(_total / PIECE);
    this._values = new Float64Array(4 * count);
    this._places = new Uint16Array(2 * count);
    this._finite = new Uint8Array(count);
  }

  /** How many samples were looked at. */
  get length(): number {
    return this._length;
  }

  /** Bytes that they take. */
  get byteLength(): number {
    return [this._values, this._places, this._finite].reduce(
      (sum, { byteLength }) => sum + byteLength,
      0
    );
  }

  /** Look at the next samples, whole pieces but for the last. */
  add(numbers: Float64Array): void {
    for (let from = 0; from < numbers.length; from += PIECE) {
      this._addPiece(numbers, from, Math.min(from + PIECE, numbers.length));
    }
    this._length = Math.min(this._total, this._length + numbers.length);
  }

  /** Which samples of a piece are finite, one of `FINITE`. */
  finite(piece: number): number {
    return this._finite[piece];
  }

  /** The index of the least sample of a piece whose samples are all finite. */
  leastAt(piece: number): number {
    return piece * PIECE + this._places[2 * piece];
  }

  /** The index of the greatest. */
  greatestAt(piece: number): number {
    return piece * PIECE + this._places[2 * piece + 1];
  }

  /** The value of the least. */
  least(piece: number): number {
    return this._values[4 * piece + 1];
  }

  /** The value of the greatest. */
  greatest(piece: number): number {
    return this._values[4 * piece + 2];
  }

  /** The value of a sample, if it is one of those kept. */
  valueAt(index: number): number | null {
    const piece = Math.floor(index / PIECE);
    if (index >= this._length || this._finite[piece] !== FINITE.all) {
      return null;
    }
    const i = index % PIECE;
    const at = 4 * piece;
    switch (i) {
      case this._places[2 * piece]:
        return this._values[at + 1];
      case this._places[2 * piece + 1]:
        return this._values[at + 2];
      case 0:
        return this._values[at];
      case Math.min(PIECE, this._total - piece * PIECE) - 1:
        return this._values[at + 3];
      default:
        return null;
    }
  }

  private _addPiece(numbers: Float64Array, from: number, to: number): void {
    let least = Infinity;
    let greatest = -Infinity;
    let leastAt = from;
    let greatestAt = from;
    let finite = 0;
    for (let i = from; i < to; i++) {
      const value = numbers[i];
      // Only of a finite number is the difference from itself zero.
      if (value - value !== 0) {
        continue;
      }
      finite++;
      if (value < least) {
        least = value;
        leastAt = i;
      }
      if (value > greatest) {
        greatest = value;
        greatestAt = i;
      }
    }
    const piece = (this._length + from) / PIECE;
    this._values.set(
      [numbers[from], least, greatest, numbers[to - 1]],
      4 * piece
    );
    this._places[2 * piece] = leastAt - from;
    this._places[2 * piece + 1] = greatestAt - from;
    this._finite[piece] =
      finite === to - from
        ? FINITE.all
        : finite === 0
          ? FINITE.none
          : FINITE.some;
  }

  private readonly _values: Float64Array;
  private readonly _places: Uint16Array;
  private readonly _finite: Uint8Array;
  private _length = 0;
}
