import { CHECKSUM, summed } from './checksum';
import { Fields } from './fields';
import type { RawFile } from './rawfile';

/** The messages of a header that are looked at. */
export const MESSAGE = {
  nothing: 0x00,
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  oldFill: 0x04,
  fill: 0x05,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  groupInfo: 0x0a,
  filters: 0x0b,
  attribute: 0x0c,
  comment: 0x0d,
  oldTime: 0x0e,
  continuation: 0x10,
  symbolTable: 0x11,
  time: 0x12,
  attributeInfo: 0x15,
  references: 0x16
} as const;

/** One message of an object's header. */
export interface IMessage {
  readonly type: number;
  readonly flags: number;
  /** Whether it only tells where the message stands. */
  readonly isShared: boolean;
  readonly body: Uint8Array;
}

const OLD_HEADER = 16;
/** Bytes of a newer header before its messages, at most. */
const NEW_HEADER = 34;
const NEW_VERSION = 2;
const SHARED = 0x02;
const HAS_TIMES = 0x20;
const HAS_PHASES = 0x10;
const HAS_ORDER = 0x04;
/** Messages and bytes of one header that are looked at. */
const MOST_MESSAGES = 0xffff;
const MOST_BYTES = 16 << 20;

/** The header of an object. */
export interface IHeader {
  /** How many messages it says that it has; null where it does not. */
  readonly count: number | null;
  /** Its messages, looked at once; throws a `RangeError` where they are none, or where a sum is not right. */
  readonly messages: Iterable<IMessage>;
}

/**
 * The header at an address; throws a `RangeError` where there is none, or
 * where its sum is not right.
 *
 * Source: HDF5 File Format Specification 3.0, IV.A.1.
 */
export function headerAt(file: RawFile, address: number): IHeader {
  const { count, first, later } = partsAt(file, address);
  const most = count ?? MOST_MESSAGES;
  return { count, messages: messagesIn(file, first, later, most) };
}

/** Makes messages of a part of a header. */
type PartReader = (part: Fields) => Iterable<IMessage>;

/** The messages of the first part of a header, and of those that it leads to. */
function* messagesIn(
  file: RawFile,
  first: Iterable<IMessage>,
  later: PartReader,
  most: number
): Generator<IMessage> {
  const parts = new Map<number, number>();
  let count = 0;
  let bytes = 0;
  const look = function* (messages: Iterable<IMessage>): Generator<IMessage> {
    for (const message of messages) {
      count += 1;
      bytes += message.body.length;
      if (message.type === MESSAGE.continuation) {
        const target = new Fields(message.body);
        const start = file.address(target);
        if (parts.has(start)) {
          throw new RangeError('a header that goes on where it has been');
        }
        parts.set(start, file.length(target));
      }
      if (count > most || bytes > MOST_BYTES) {
        throw new RangeError('too much of a header');
      }
      yield message;
    }
  };
  yield* look(first);
  // Parts that are found on the way are looked at too.
  for (const [start, length] of parts) {
    yield* look(later(file.at(start, length)));
  }
}

interface IParts {
  readonly count: number | null;
  /** The messages of the first part. */
  readonly first: Iterable<IMessage>;
  /** The messages of a part that stands elsewhere. */
  readonly later: PartReader;
}

function partsAt(file: RawFile, address: number): IParts {
  const start = file.atMost(address, NEW_HEADER);
  if (start.bytes[0] === 1) {
    const count = start.skip(2).number(2);
    const length = start.skip(4).number(4);
    const first = oldMessages(file.at(address + OLD_HEADER, length));
    return { count, first, later: oldMessages };
  }
  const version = start.letters('OHDR').number(1);
  const flags = start.number(1);
  if (version !== NEW_VERSION) {
    throw new RangeError(`a header of version ${version}`);
  }
  start.skip((flags & HAS_TIMES ? 16 : 0) + (flags & HAS_PHASES ? 4 : 0));
  const length = start.number(1 << (flags & 3));
  const hasOrder = (flags & HAS_ORDER) !== 0;
  const whole = summed(file.at(address, start.at + length + CHECKSUM));
  return {
    count: null,
    first: newMessages(whole.skip(start.at), hasOrder),
    later: part => newMessages(summed(part).letters('OCHK'), hasOrder)
  };
}

function* oldMessages(fields: Fields): Generator<IMessage> {
  while (fields.left >= 8) {
    const type = fields.number(2);
    const size = fields.number(2);
    const flags = fields.number(1);
    const body = fields.skip(3).part(size);
    yield { type, flags, isShared: (flags & SHARED) !== 0, body };
  }
}

function* newMessages(fields: Fields, hasOrder: boolean): Generator<IMessage> {
  const head = hasOrder ? 6 : 4;
  while (fields.left >= head) {
    const type = fields.number(1);
    const size = fields.number(2);
    const flags = fields.number(1);
    const body = fields.skip(hasOrder ? 2 : 0).part(size);
    yield { type, flags, isShared: (flags & SHARED) !== 0, body };
  }
}
