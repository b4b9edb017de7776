import type { Metadata } from 'h5wasm';
import { isBooleanEnum, TYPE_CLASS, valueType } from './facts';
import { LIMITS } from './limits';

/** Bytes in HDF5's memory, at an address that stands in an element. */
export type IPointed = (address: number, length: number) => Uint8Array;

/** How deep a type inside a type is shown. */
const DEPTH = 4;
/** Space padding, in HDF5's numbers. */
const SPACE_PADDED = 2;
/** Bytes of an element in memory that only says where its values are: a count and an address. */
const VLEN_BYTES = 8;

const UTF8 = new TextDecoder('utf-8', { fatal: true });
const LATIN1 = new TextDecoder('latin1');

/** The bytes of a text as text: UTF-8, or Latin-1 where they are not. */
export function decodeText(bytes: Uint8Array): string {
  // A copy, since a decoder may refuse memory that can grow.
  const own = bytes.slice();
  try {
    return UTF8.decode(own);
  } catch {
    return LATIN1.decode(own);
  }
}

/** A text cut to what is shown. */
export function cutText(text: string): string {
  return text.length > LIMITS.text ? `${text.slice(0, LIMITS.text)}…` : text;
}

/** The bytes of one text element, without what pads it. */
export function textBytes(
  element: Uint8Array,
  metadata: Metadata,
  pointed: IPointed
): Uint8Array {
  if (metadata.vlen) {
    const [address] = words(element);
    if (address === 0) {
      return new Uint8Array(0);
    }
    const memory = pointed(address, LIMITS.elementBytes);
    const end = memory.indexOf(0);
    return end < 0 ? memory : memory.subarray(0, end);
  }
  return paddedText(element, metadata.strpad);
}

/** The bytes of a text of a fixed length, without what pads it: in HDF5's numbers. */
export function paddedText(element: Uint8Array, padding?: number): Uint8Array {
  let end = element.indexOf(0);
  if (end < 0) {
    end = element.length;
  }
  if (padding === SPACE_PADDED) {
    while (end > 0 && element[end - 1] === 0x20) {
      end--;
    }
  }
  return element.subarray(0, end);
}

/** One value as text, exact; null where its type has no text. */
export function valueText(
  element: Uint8Array,
  metadata: Metadata,
  pointed: IPointed,
  depth = 0
): string | null {
  if (depth > DEPTH) {
    return '…';
  }
  switch (metadata.type) {
    case TYPE_CLASS.text:
      return cutText(decodeText(textBytes(element, metadata, pointed)));
    case TYPE_CLASS.integer:
    case TYPE_CLASS.float:
      return numberText(element, metadata);
    case TYPE_CLASS.bitfield:
      return metadata.size === 1 ? `${element[0] !== 0}` : hex(element);
    case TYPE_CLASS.opaque:
      return hex(element);
    case TYPE_CLASS.enumeration:
      return enumText(element, metadata);
    case TYPE_CLASS.compound:
      return compoundText(element, metadata, pointed, depth);
    case TYPE_CLASS.array:
      return metadata.array_type
        ? listText(element, metadata.array_type, pointed, depth)
        : null;
    case TYPE_CLASS.vlen: {
      if (!metadata.vlen_type) {
        return null;
      }
      const [count, address] = words(element);
      const length = Math.min(count, LIMITS.values + 1);
      return listText(
        pointed(address, length * metadata.vlen_type.size),
        metadata.vlen_type,
        pointed,
        depth
      );
    }
    default:
      return null;
  }
}

/** A number's view of its bytes, aligned. */
function view(element: Uint8Array): DataView {
  return new DataView(element.buffer, element.byteOffset, element.byteLength);
}

function words(element: Uint8Array): [number, number] {
  const data = view(element);
  return [
    data.getUint32(0, true),
    element.length >= VLEN_BYTES ? data.getUint32(4, true) : 0
  ];
}

function numberText(element: Uint8Array, metadata: Metadata): string | null {
  const data = view(element);
  switch (valueType({ ...metadata }).dtype) {
    case 'float64':
      return plainNumber(data.getFloat64(0, true));
    case 'float32':
      return shortFloat(data.getFloat32(0, true));
    case 'float16':
      return shortHalf(halfValue(data.getUint16(0, true)));
    case 'int64':
      return `${data.getBigInt64(0, true)}`;
    case 'uint64':
      return `${data.getBigUint64(0, true)}`;
    case 'int32':
      return `${data.getInt32(0, true)}`;
    case 'uint32':
      return `${data.getUint32(0, true)}`;
    case 'int16':
      return `${data.getInt16(0, true)}`;
    case 'uint16':
      return `${data.getUint16(0, true)}`;
    case 'int8':
      return `${data.getInt8(0)}`;
    case 'uint8':
      return `${data.getUint8(0)}`;
    default:
      return null;
  }
}

/** The value of an IEEE half-precision number. */
export function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) {
    return fraction ? NaN : sign * Infinity;
  }
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function plainNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : `${value}`;
}

/** How numbers of a type of lesser precision are told with no more digits than they have; null for other types. */
export function shortNumbers(
  dtype: string
): ((value: number) => string) | null {
  switch (dtype) {
    case 'float32':
      return shortFloat;
    case 'float16':
      return shortHalf;
    default:
      return null;
  }
}

/** The shortest text that names a single-precision number. */
function shortFloat(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) {
      return plainNumber(short);
    }
  }
  return plainNumber(Number(value.toPrecision(9)));
}

/** A text that names a half-precision number among its neighbours. */
function shortHalf(value: number): string {
  return plainNumber(Number(value.toPrecision(5)));
}

function enumText(element: Uint8Array, metadata: Metadata): string | null {
  const base = numberText(element, {
    ...metadata,
    type: metadata.enum_type?.type ?? TYPE_CLASS.integer
  });
  if (isBooleanEnum(metadata)) {
    return `${base !== '0'}`;
  }
  const name = Object.entries(metadata.enum_type?.members ?? {}).find(
    ([, value]) => `${value}` === base
  );
  return name && base !== null ? `${name[0]} (${base})` : base;
}

function compoundText(
  element: Uint8Array,
  metadata: Metadata,
  pointed: IPointed,
  depth: number
): string {
  const members = metadata.compound_type?.members ?? [];
  const texts = members
    .slice(0, LIMITS.values)
    .map(
      member =>
        valueText(
          element.subarray(member.offset, member.offset + member.size),
          member,
          pointed,
          depth + 1
        ) ?? '?'
    );
  if (valueType(metadata).valueClass === 'complex') {
    const [real, imaginary] = texts;
    return `${real}${imaginary.startsWith('-') ? '' : '+'}${imaginary}i`;
  }
  return cutText(
    `(${members
      .slice(0, texts.length)
      .map((member, i) => `${member.name}: ${texts[i]}`)
      .join(', ')}${members.length > texts.length ? ', …' : ''})`
  );
}

function listText(
  bytes: Uint8Array,
  metadata: Metadata,
  pointed: IPointed,
  depth: number
): string {
  const total = Math.floor(bytes.length / metadata.size);
  const texts: string[] = [];
  for (let i = 0; i < Math.min(total, LIMITS.values); i++) {
    const element = bytes.subarray(i * metadata.size, (i + 1) * metadata.size);
    texts.push(valueText(element, metadata, pointed, depth + 1) ?? '?');
  }
  return cutText(`[${texts.join(', ')}${total > texts.length ? ', …' : ''}]`);
}

function hex(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, LIMITS.values), byte =>
    byte.toString(16).padStart(2, '0')
  ).join('');
  return `0x${shown}${bytes.length > LIMITS.values ? '…' : ''}`;
}
