import type { Metadata } from 'h5wasm';
import { ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import type { ValueClass } from '../refs/types';

/** The classes of HDF5's types, by their numbers in the file format. */
export const TYPE_CLASS = {
  integer: 0,
  float: 1,
  time: 2,
  text: 3,
  bitfield: 4,
  opaque: 5,
  compound: 6,
  reference: 7,
  enumeration: 8,
  vlen: 9,
  array: 10,
  complex: 11
} as const;

/** Marks the class of a type whose numbers are not to be shown. */
const UNSUPPORTED = 0x100;

/** A readable type and what its values are. */
export interface IValueType {
  readonly dtype: string;
  readonly valueClass: ValueClass;
}

/** The type of a dataset or attribute. */
export function valueType(metadata: Metadata): IValueType {
  const bits = metadata.size * 8;
  switch (metadata.type) {
    case TYPE_CLASS.integer:
      return integerType(metadata.size, metadata.signed);
    case TYPE_CLASS.float:
      return floatType(metadata.size);
    case TYPE_CLASS.text:
      return { dtype: 'text', valueClass: 'text' };
    case TYPE_CLASS.bitfield:
      // PyTables stores its booleans so.
      return metadata.size === 1
        ? { dtype: 'bool', valueClass: 'boolean' }
        : { dtype: `bitfield${bits}`, valueClass: 'other' };
    case TYPE_CLASS.enumeration:
      return isBooleanEnum(metadata)
        ? { dtype: 'bool', valueClass: 'boolean' }
        : { dtype: 'enum', valueClass: 'other' };
    case TYPE_CLASS.compound:
      return isComplex(metadata)
        ? { dtype: `complex${bits}`, valueClass: 'complex' }
        : { dtype: 'compound', valueClass: 'other' };
    case TYPE_CLASS.complex:
      return { dtype: `complex${bits}`, valueClass: 'complex' };
    default:
      return isUnsupported(metadata)
        ? { dtype: `unsupported ${ownType(metadata)}`, valueClass: 'other' }
        : { dtype: otherType(metadata.type), valueClass: 'other' };
  }
}

/** The type of integers of so many bytes. */
export function integerType(size: number, signed: boolean): IValueType {
  return {
    dtype: `${signed ? 'int' : 'uint'}${size * 8}`,
    valueClass: 'integer'
  };
}

/** The type of floating-point numbers of so many bytes. */
export function floatType(size: number): IValueType {
  return { dtype: `float${size * 8}`, valueClass: 'float' };
}

/** Assert that the numbers of a dataset are of forms that are shown. */
export function assertSupported(path: NodePath, metadata: Metadata): void {
  if (isUnsupported(metadata)) {
    const technical = valueType(metadata).dtype;
    throw new ReadError({ code: 'type-unsupported', path, technical });
  }
}

function isUnsupported(metadata: Metadata): boolean {
  return (metadata.type & UNSUPPORTED) !== 0;
}

function ownType(metadata: Metadata): string {
  return valueType({ ...metadata, type: metadata.type & ~UNSUPPORTED }).dtype;
}

/** Whether an enumeration is h5py's way to store booleans. */
export function isBooleanEnum(metadata: Metadata): boolean {
  const members = metadata.enum_type?.members ?? {};
  return (
    Object.keys(members).length === 2 &&
    members.FALSE === 0 &&
    members.TRUE === 1
  );
}

function isComplex(metadata: Metadata): boolean {
  const members = metadata.compound_type?.members ?? [];
  return (
    members.length === 2 &&
    members[0].name === 'r' &&
    members[1].name === 'i' &&
    members.every(
      member =>
        member.type === TYPE_CLASS.float && member.size * 2 === metadata.size
    )
  );
}

/** Whether there may be numbers in values of a type. */
export function holdsNumbers(metadata: Metadata): boolean {
  switch (metadata.type) {
    case TYPE_CLASS.integer:
    case TYPE_CLASS.float:
    case TYPE_CLASS.bitfield:
    case TYPE_CLASS.enumeration:
    case TYPE_CLASS.complex:
      return true;
    case TYPE_CLASS.compound:
      return (metadata.compound_type?.members ?? []).some(holdsNumbers);
    case TYPE_CLASS.array:
      return !metadata.array_type || holdsNumbers(metadata.array_type);
    case TYPE_CLASS.vlen:
      return !metadata.vlen_type || holdsNumbers(metadata.vlen_type);
    default:
      return false;
  }
}

/** The same type as one whose values nothing is made of. */
export function unsupported(metadata: Metadata): Metadata {
  return { ...metadata, type: metadata.type | UNSUPPORTED };
}

function otherType(type: number): string {
  switch (type) {
    case TYPE_CLASS.time:
      return 'time';
    case TYPE_CLASS.opaque:
      return 'opaque';
    case TYPE_CLASS.reference:
      return 'reference';
    case TYPE_CLASS.vlen:
      return 'vlen';
    case TYPE_CLASS.array:
      return 'array';
    default:
      return 'unknown';
  }
}
