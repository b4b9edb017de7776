import { attributeOf } from './attributemessage';
import { isPlainType } from './datatype';
import type { IValueType } from './facts';
import { floatType, integerType, TYPE_CLASS } from './facts';
import { Fields } from './fields';
import type { RawFile } from './rawfile';
import { paddedText } from './values';

/** The versions of what is read here; HDF5 reads older and newer ones. */
const OLD_SPACE = 1;
const SPACE = 2;
const OLDEST_TYPE = 1;
const NEWEST_TYPE = 3;
const OLD_FILL = 2;
const FILL = 3;
const TIME = 1;
const LAYOUTS = [3, 4];
/** The kinds of shapes: one value, an array, and no value. */
const SCALAR = 0;
const SIMPLE = 1;
const NULL = 2;
const MOST_RANK = 32;
/** Where values lie: in the header, or in one piece. */
const COMPACT = 0;
const CONTIGUOUS = 1;
/** The bits of a fill value that say that there is one. */
const NO_VALUE = 0x10;
const HAS_VALUE = 0x20;
/** When room is made, and how many ways there are to say when it is filled. */
const ALLOCATIONS = [1, 2, 3];
const MOST_FILL_TIME = 2;
/** The bits of a text's type that say how it is padded, and the last way that there is. */
const PADDING = 0x0f;
const MOST_PADDING = 2;
/** The other bits: those of how it is written. */
const MOST_TEXT_BITS = 0x1f;
/** The bit that says that integers may be negative. */
const SIGNED = 0x08;
const INTEGER_SIZES = [1, 2, 4, 8];
const FLOAT_SIZES = [2, 4, 8];
const NO_BYTES = new Uint8Array(0);

// Each of these throws a `RangeError` where HDF5 is to be asked.

/** The dimensions of an array that cannot grow. */
export function shapeOf(file: RawFile, fields: Fields): number[] {
  const version = fields.number(1);
  const rank = fields.number(1);
  const flags = fields.number(1);
  const kind = fields.number(1);
  const isKnown =
    version === OLD_SPACE ||
    (version === SPACE && kind === (rank === 0 ? SCALAR : SIMPLE));
  // The second flag was never used.
  assert(isKnown && rank <= MOST_RANK && flags <= 1, 'a shape');
  fields.skip(version === OLD_SPACE ? 4 : 0);
  const shape = Array.from({ length: rank }, () => file.length(fields));
  assert(flags === 0 || shape.every(n => n === file.length(fields)), 'a shape');
  return shape;
}

/** The type and bytes of a number that is as in memory. */
export function numberOf(fields: Fields): {
  readonly type: IValueType;
  readonly size: number;
} {
  const head = fields.number(1);
  const bits = fields.number(3);
  const size = fields.number(4);
  const isInteger = isType(head, TYPE_CLASS.integer);
  const sizes = isInteger ? INTEGER_SIZES : FLOAT_SIZES;
  const isNumber = isInteger || isType(head, TYPE_CLASS.float);
  assert(isNumber && sizes.includes(size), 'a type');
  assert(isPlainType(fields.bytes), 'a type');
  const type = isInteger
    ? integerType(size, (bits & SIGNED) !== 0)
    : floatType(size);
  return { type, size };
}

/** Assert that so many bytes of values lie in the header, or in one piece in the file. */
export function assertValues(
  file: RawFile,
  fields: Fields,
  bytes: number
): void {
  const version = fields.number(1);
  const place = fields.number(1);
  assert(LAYOUTS.includes(version) && Number.isSafeInteger(bytes), 'values');
  if (place === COMPACT) {
    assert(fields.number(2) === bytes && fields.left >= bytes, 'values');
    return;
  }
  assert(place === CONTIGUOUS, 'values');
  const isUnwritten = file.isNowhere(fields);
  if (!isUnwritten) {
    const address = file.address(new Fields(fields.bytes).skip(2));
    assert(file.holds(address, bytes), 'values');
  }
  assert(file.length(fields) === bytes, 'values');
}

/** Assert that what stands where nothing was written is plain. */
export function assertFill(fields: Fields, size: number): void {
  const version = fields.number(1);
  const isOld = version === OLD_FILL;
  assert(isOld || version === FILL, 'a fill value');
  const flags = isOld ? 0 : fields.number(1);
  const allocation = isOld ? fields.number(1) : flags & 3;
  const time = isOld ? fields.number(1) : (flags >> 2) & 3;
  const isDefined = isOld ? fields.number(1) : (flags & HAS_VALUE) >> 5;
  assert(
    ALLOCATIONS.includes(allocation) &&
      time <= MOST_FILL_TIME &&
      isDefined <= 1 &&
      flags < 2 * HAS_VALUE &&
      (flags & (NO_VALUE | HAS_VALUE)) !== (NO_VALUE | HAS_VALUE),
    'a fill value'
  );
  const length = isDefined ? fields.number(4) : 0;
  assert([0, size].includes(length) && fields.left >= length, 'a fill value');
}

/** Assert that a time is one. */
export function assertTime(fields: Fields): void {
  assert(fields.number(1) === TIME && fields.left >= 7, 'a time');
}

/** The name of an attribute, and the bytes of its text where it is one of a fixed length, or none; else null. */
export function textOf(body: Uint8Array): {
  readonly name: string;
  readonly text: Uint8Array | null;
} {
  const { name, type, space, value } = attributeOf(body);
  const letters = new Fields(name).text();
  const [version, rank, flags, kind] = space.body;
  const isNull = version === SPACE && kind === NULL;
  const isOne = version === OLD_SPACE || (version === SPACE && kind === SCALAR);
  const isWhole = space.body.length >= (version === SPACE ? 4 : 8);
  const fields = new Fields(type.body);
  const head = fields.number(1);
  const bits = fields.number(3);
  const size = fields.number(4);
  const isText =
    letters.length + 1 === name.length &&
    !type.isShared &&
    !space.isShared &&
    rank === 0 &&
    flags === 0 &&
    (isNull || isOne) &&
    isWhole &&
    isType(head, TYPE_CLASS.text) &&
    (bits & PADDING) <= MOST_PADDING &&
    bits <= MOST_TEXT_BITS &&
    size > 0;
  const bytes = isText && !isNull ? new Fields(value).part(size) : NO_BYTES;
  return {
    name: String.fromCharCode(...letters),
    text: isText ? paddedText(bytes, bits & PADDING) : null
  };
}

function isType(head: number, kind: number): boolean {
  const version = head >> 4;
  return (
    (head & 0x0f) === kind && version >= OLDEST_TYPE && version <= NEWEST_TYPE
  );
}

function assert(isTrue: boolean, what: string): void {
  if (!isTrue) {
    throw new RangeError(`${what} that HDF5 is asked of`);
  }
}
