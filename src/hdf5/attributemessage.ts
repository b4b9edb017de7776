import { Fields } from './fields';
import type { IMessage } from './objectheader';
import type { RawFile } from './rawfile';

/** A flag of what is told of attributes: in which order they were made. */
const HAS_ORDER = 1;
/** Flags of an attribute: its type stands elsewhere, and so does its shape. */
const TYPE_SHARED = 1;
const SPACE_SHARED = 2;
/** The versions of attributes: the first with padded parts, the last that tells how its name is written. */
const PADDED = 1;
const WITH_ENCODING = 3;

/** A message, or where it stands. */
export type IPart = Pick<IMessage, 'isShared' | 'body'>;

/** The parts of an attribute. */
export interface IAttribute {
  /** The bytes of its name, with what pads it. */
  readonly name: Uint8Array;
  readonly type: IPart;
  readonly space: IPart;
  readonly value: Uint8Array;
}

/** The attribute that a message holds; throws a `RangeError` where it is none. */
export function attributeOf(body: Uint8Array): IAttribute {
  const fields = new Fields(body);
  const version = fields.number(1);
  if (version < PADDED || version > WITH_ENCODING) {
    throw new RangeError(`an attribute of version ${version}`);
  }
  const given = fields.number(1);
  const flags = version > PADDED ? given : 0;
  const name = fields.number(2);
  const type = fields.number(2);
  const space = fields.number(2);
  fields.skip(version >= WITH_ENCODING ? 1 : 0);
  const padding = version === PADDED ? 8 : 1;
  const part = (length: number) =>
    fields.part(Math.ceil(length / padding) * padding).subarray(0, length);
  return {
    name: part(name),
    type: { isShared: (flags & TYPE_SHARED) !== 0, body: part(type) },
    space: { isShared: (flags & SPACE_SHARED) !== 0, body: part(space) },
    value: fields.part(fields.left)
  };
}

/** Whether attributes stand in a heap, of which the attribute info message tells the address. */
export function areDense(file: RawFile, info: Uint8Array): boolean {
  const fields = new Fields(info);
  const flags = fields.skip(1).number(1);
  fields.skip(flags & HAS_ORDER ? 2 : 0);
  return !file.isNowhere(fields);
}
