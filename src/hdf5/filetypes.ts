import type { IPart } from './attributemessage';
import { areDense, attributeOf } from './attributemessage';
import type { IBytes } from './bytes';
import { isPlainType } from './datatype';
import { denseAttributes } from './denseattributes';
import { Fields } from './fields';
import { headerAt, MESSAGE } from './objectheader';
import { RawFile, unlessOdd } from './rawfile';

/** How a message is told that stands elsewhere: in another object's header, by the third version. */
const ELSEWHERE_VERSION = 3;
const IN_HEADER = 2;
/** Bytes that the first version left free. */
const OLDEST_FREE = 6;
/** Datasets of which it is remembered. */
const MOST_KNOWN = 20_000;

/**
 * What the file's own bytes tell of the types of datasets and attributes.
 * HDF5 could tell all of it, but h5wasm does not pass it on.
 */
export class FileTypes {
  /** Look at the bytes of a file; what reading throws is thrown on. */
  constructor(private readonly _bytes: IBytes) {}

  /** Whether all numbers of the dataset at an address are as they seem; false where that cannot be told. */
  isPlainDataset(address: number): boolean {
    const known = this._datasets.get(address);
    if (known !== undefined) {
      return known;
    }
    const isPlain = this._tell(file =>
      this._isPlain(file, datatypeOf(file, address))
    );
    if (this._datasets.size >= MOST_KNOWN) {
      this._datasets.clear();
    }
    this._datasets.set(address, isPlain);
    return isPlain;
  }

  /** The same of an attribute of the object at an address. */
  isPlainAttribute(address: number, name: string): boolean {
    return this._tell(file => {
      const types = attributeTypes(file, address, name);
      return types.length > 0 && types.every(type => this._isPlain(file, type));
    });
  }

  private _isPlain(file: RawFile, type: IPart): boolean {
    const own = type.isShared ? datatypeOf(file, sharedAt(file, type)) : type;
    return !own.isShared && isPlainType(own.body);
  }

  private _tell(look: (file: RawFile) => boolean): boolean {
    return unlessOdd(() => {
      this._file ??= new RawFile(this._bytes);
      return look(this._file);
    }, false);
  }

  private readonly _datasets = new Map<number, boolean>();
  private _file: RawFile | null = null;
}

/** The type of a dataset, or the type that stands in the file by itself. */
function datatypeOf(file: RawFile, address: number): IPart {
  for (const message of headerAt(file, address).messages) {
    if (message.type === MESSAGE.datatype) {
      return message;
    }
  }
  throw new RangeError('no type');
}

/** The header of the object that a type is the type of. */
function sharedAt(file: RawFile, { body }: IPart): number {
  const fields = new Fields(body);
  const version = fields.number(1);
  const place = fields.number(1);
  if (version >= ELSEWHERE_VERSION && place !== IN_HEADER) {
    throw new RangeError(`a type in a place of the kind ${place}`);
  }
  if (version === 1) {
    fields.skip(OLDEST_FREE + file.lengthSize);
  }
  return file.address(fields);
}

/** The types of all that may be an object's attribute of a name. */
function attributeTypes(file: RawFile, address: number, name: string): IPart[] {
  const wanted = new TextEncoder().encode(name);
  const bodies: Uint8Array[] = [];
  for (const { type, isShared, body } of headerAt(file, address).messages) {
    if (type === MESSAGE.attribute && isShared) {
      throw new RangeError('an attribute that stands elsewhere');
    }
    if (type === MESSAGE.attribute) {
      bodies.push(body);
    } else if (type === MESSAGE.attributeInfo && areDense(file, body)) {
      bodies.push(...denseAttributes(file, body, wanted));
    }
  }
  return bodies
    .map(attributeOf)
    .filter(attribute => isSame(new Fields(attribute.name).text(), wanted))
    .map(attribute => attribute.type);
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
