import type { IBytes } from './bytes';
import { Fields } from './fields';
import { signatureAt } from './signature';

/** Bytes of a superblock in which the sizes stand, in any version. */
const LENGTH = 16;
const VERSION_AT = 8;
/** Where the size of addresses stands in the versions 0 and 1, and in later ones. */
const OLD_SIZES_AT = 13;
const SIZES_AT = 9;
const NEW_VERSION = 2;
const SIZES = [2, 4, 8];

/** Bytes of one structure, at most. */
const MOST_BYTES = 1 << 24;

/** What is read of structures, or something else where they are none; what else reading throws is thrown on. */
export function unlessOdd<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (reason) {
    if (reason instanceof RangeError) {
      return otherwise;
    }
    throw reason;
  }
}

/** The structures of an HDF5 file, read without HDF5; throws a `RangeError` where they are none. */
export class RawFile {
  /** Read the structures of bytes. */
  constructor(private readonly _bytes: IBytes) {
    const base = signatureAt(_bytes);
    if (base === null) {
      throw new RangeError('no signature');
    }
    this._base = base;
    const start = this.at(0, LENGTH);
    this.isNew = start.bytes[VERSION_AT] >= NEW_VERSION;
    start.skip(this.isNew ? SIZES_AT : OLD_SIZES_AT);
    this.addressSize = start.number(1);
    this.lengthSize = start.number(1);
    const sizes = [this.addressSize, this.lengthSize];
    if (!sizes.every(size => SIZES.includes(size))) {
      throw new RangeError('odd sizes of addresses');
    }
    // The flags come next, and an address between.
    const extension = start.at + 1 + this.addressSize;
    this.isExtended =
      this.isNew && !this.isNowhere(this.at(extension, this.addressSize));
  }

  /** Whether it is of the newer form, in which groups mostly are too. */
  readonly isNew: boolean;

  /** Whether more is told of the file elsewhere: perhaps that its structures do not stand where they are said to. */
  readonly isExtended: boolean;

  /** Bytes of an address. */
  readonly addressSize: number;

  /** Bytes of a length. */
  readonly lengthSize: number;

  /** The fields at an address. */
  at(address: number, length: number): Fields {
    const position = this._base + address;
    if (!(length <= MOST_BYTES && this.holds(address, length))) {
      throw new RangeError(`${length} bytes at ${position}`);
    }
    const target = new Uint8Array(length);
    this._bytes.read(position, target);
    return new Fields(target);
  }

  /** The fields at an address, fewer where the file ends before. */
  atMost(address: number, length: number): Fields {
    const left = this._bytes.size - this._base - address;
    return this.at(address, Math.max(0, Math.min(length, left)));
  }

  /** Whether so many bytes lie at an address. */
  holds(address: number, length: number): boolean {
    return this._base + address + length <= this._bytes.size;
  }

  /** The next field as an address. */
  address(fields: Fields): number {
    return fields.number(this.addressSize);
  }

  /** Whether the next field is an address that leads nowhere. */
  isNowhere(fields: Fields): boolean {
    return fields.part(this.addressSize).every(byte => byte === 0xff);
  }

  /** The next field as a length. */
  length(fields: Fields): number {
    return fields.number(this.lengthSize);
  }

  private readonly _base: number;
}
