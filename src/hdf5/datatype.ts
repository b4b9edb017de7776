import { TYPE_CLASS } from './facts';
import { Fields } from './fields';

/** Types inside each other that are looked at. */
const DEPTH = 32;
/** The version from which names are not padded, and sizes take as few bytes as they need. */
const PACKED = 3;
/** The bit of a number's order that says big-endian, and those that say neither. */
const BIG = 0x01;
const VAX = 0x41;
/** The one of a number's fraction that is not stored. */
const IMPLIED_ONE = 2;

/** The parts of IEEE's numbers by their size: the sign's place, the exponent's place and size, the fraction's, and the bias. */
const IEEE: ReadonlyMap<number, readonly number[]> = new Map([
  [2, [15, 10, 5, 0, 10, 15]],
  [4, [31, 23, 8, 0, 23, 127]],
  [8, [63, 52, 11, 0, 52, 1023]]
]);

/**
 * Whether HDF5 hands out all numbers of a type as IEEE's or two's-complement ones
 * in little-endian order; throws a `RangeError` where the bytes are no type.
 *
 * Source: HDF5 File Format Specification 3.0, IV.A.2.d, the datatype message.
 * h5wasm tells a number's class and size, and nothing of its form. It asks HDF5
 * for little-endian numbers where the whole type is big-endian, which HDF5
 * refuses where there is an enumeration in it.
 */
export function isPlainType(message: Uint8Array): boolean {
  const look = new Look(new Fields(message));
  look.type(0);
  return look.isPlain;
}

/** What is seen of a type, and of the types in it. */
class Look {
  constructor(private readonly _fields: Fields) {}

  /** Whether all that was seen is as it is in memory. */
  get isPlain(): boolean {
    const kept = this._hasLittle || this._hasEnumeration;
    return this._isPlain && !(this._hasBig && kept);
  }

  /** Look at the type that begins here; answers its size. */
  type(depth: number): number {
    if (depth > DEPTH) {
      throw new RangeError('types too deep in each other');
    }
    const fields = this._fields;
    const head = fields.number(1);
    const version = head >> 4;
    const bits = fields.number(3);
    const size = fields.number(4);
    switch (head & 0x0f) {
      case TYPE_CLASS.integer:
      case TYPE_CLASS.bitfield:
        this._integer(bits, size);
        break;
      case TYPE_CLASS.float:
        this._float(bits, size);
        break;
      case TYPE_CLASS.time:
        fields.skip(2);
        break;
      case TYPE_CLASS.text:
      case TYPE_CLASS.reference:
        break;
      case TYPE_CLASS.opaque:
        fields.skip(bits & 0xff);
        break;
      case TYPE_CLASS.compound:
        for (let i = 0; i < (bits & 0xffff); i++) {
          this._member(version, size, depth);
        }
        break;
      case TYPE_CLASS.enumeration:
        this._enumeration(version, bits & 0xffff, depth);
        break;
      case TYPE_CLASS.array: {
        const rank = fields.number(1);
        fields.skip(version < PACKED ? 3 + 8 * rank : 4 * rank);
        this.type(depth + 1);
        break;
      }
      case TYPE_CLASS.vlen:
      case TYPE_CLASS.complex:
        this.type(depth + 1);
        break;
      default:
        throw new RangeError(`class ${head & 0x0f} of types`);
    }
    return size;
  }

  private _integer(bits: number, size: number): void {
    this._order(bits & BIG);
    const offset = this._fields.number(2);
    const precision = this._fields.number(2);
    this._isPlain &&= offset === 0 && precision === 8 * size;
  }

  private _float(bits: number, size: number): void {
    this._order(bits & VAX);
    const fields = this._fields;
    const offset = fields.number(2);
    const precision = fields.number(2);
    const parts = [
      (bits >> 8) & 0xff,
      ...[1, 1, 1, 1, 4].map(length => fields.number(length))
    ];
    const ieee = IEEE.get(size);
    // Nothing is shown of numbers of other sizes.
    this._isPlain &&=
      !ieee ||
      (offset === 0 &&
        precision === 8 * size &&
        ((bits >> 4) & 3) === IMPLIED_ONE &&
        ieee.every((part, i) => part === parts[i]));
  }

  private _order(order: number): void {
    this._hasLittle ||= order === 0;
    this._hasBig ||= order === BIG;
    this._isPlain &&= order === 0 || order === BIG;
  }

  private _member(version: number, size: number, depth: number): void {
    const fields = this._fields;
    this._name(version);
    fields.skip(version < PACKED ? 4 : bytesFor(size));
    if (version === 1) {
      // The dimensions, which later versions put into a type.
      fields.skip(28);
    }
    this.type(depth + 1);
  }

  private _enumeration(version: number, count: number, depth: number): void {
    this._hasEnumeration = true;
    const size = this.type(depth + 1);
    for (let i = 0; i < count; i++) {
      this._name(version);
    }
    this._fields.skip(count * size);
  }

  private _name(version: number): void {
    const length = this._fields.text().length + 1;
    if (version < PACKED) {
      this._fields.skip(Math.ceil(length / 8) * 8 - length);
    }
  }

  private _isPlain = true;
  private _hasLittle = false;
  private _hasBig = false;
  private _hasEnumeration = false;
}

/** How many bytes a number takes. */
function bytesFor(value: number): number {
  return Math.max(1, Math.ceil(Math.log2(value + 1) / 8));
}
