/** The farthest that a sample may be off, in units of its last place. */
const FARTHEST = 0x7fff;
/** The units of the high half of a number's bits. */
const HIGH = 2 ** 32;
/** Exponents, as their bits, of positive numbers whose units are numbers in full, and what they are above those of the units. */
const LOW_EXPONENT = 60;
const HIGH_EXPONENT = 2000;
const UNIT_EXPONENT = 1023 + 52;

/** The bits of numbers, as counts of units in the last place. */
export class Bits {
  /**
   * How many units each number lies above a straight line, the fewest and the
   * most; null where one lies too far off. What `moved` makes of the line and
   * the units is then the number itself, bit by bit.
   */
  offLine(
    numbers: Float64Array,
    step: number,
    units: Int16Array,
    rises: boolean
  ): readonly [number, number] | null {
    const unit = rises ? this._unit(numbers, step) : null;
    return unit === null
      ? this._offByBits(numbers, step, units)
      : offByUnits(numbers, { step, unit }, units);
  }

  /** The unit in the last place of all of some numbers that rise, and of their line; null where it is not the same. */
  private _unit(numbers: Float64Array, step: number): number | null {
    const last = numbers.length - 1;
    const ends = [numbers[0], numbers[last], numbers[0] + last * step];
    const [exponent, ...others] = ends.map(end => this._exponent(end));
    const isSame = others.every(other => other === exponent);
    return isSame && exponent >= LOW_EXPONENT && exponent <= HIGH_EXPONENT
      ? 2 ** (exponent - UNIT_EXPONENT)
      : null;
  }

  /** The bits of a number's exponent, below that of its sign. */
  private _exponent(value: number): number {
    this._number[0] = value;
    return this._halves[1] >>> 20;
  }

  private _offByBits(
    numbers: Float64Array,
    step: number,
    units: Int16Array
  ): readonly [number, number] | null {
    const halves = new Uint32Array(
      numbers.buffer,
      numbers.byteOffset,
      2 * numbers.length
    );
    const [line, lineHalves, first] = [this._number, this._halves, numbers[0]];
    let fewest = 0;
    let most = 0;
    for (let i = 0; i < numbers.length; i++) {
      line[0] = first + i * step;
      // Each half by itself, since the whole is more than a number holds exactly.
      const off =
        (halves[2 * i + 1] - lineHalves[1]) * HIGH +
        (halves[2 * i] - lineHalves[0]);
      if (off > most) {
        most = off;
      } else if (off < fewest) {
        fewest = off;
      }
      units[i] = off;
    }
    return within(fewest, most);
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

/** The same as by bits, of numbers and a line that share a unit: their differences are exact then. */
function offByUnits(
  numbers: Float64Array,
  { step, unit }: { readonly step: number; readonly unit: number },
  units: Int16Array
): readonly [number, number] | null {
  const first = numbers[0];
  let fewest = 0;
  let most = 0;
  for (let i = 0; i < numbers.length; i++) {
    const off = (numbers[i] - (first + i * step)) / unit;
    if (off > most) {
      most = off;
    } else if (off < fewest) {
      fewest = off;
    }
    units[i] = off;
  }
  return within(fewest, most);
}

function within(fewest: number, most: number): [number, number] | null {
  return most > FARTHEST || fewest < -FARTHEST ? null : [fewest, most];
}
