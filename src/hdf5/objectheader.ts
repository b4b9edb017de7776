import { Fields } from './fields';
import type { RawFile } from './rawfile';

/** The messages of a header that are looked at. */
export const MESSAGE = {
  datatype: 0x03,
  attribute: 0x0c,
  continuation: 0x10,
  attributeInfo: 0x15
} as const;

/** One message of an object's header. */
export interface IMessage {
  readonly type: number;
  /** Whether it only tells where the message stands. */
  readonly isShared: boolean;
  readonly body: Uint8Array;
}

const OLD_HEADER = 16;
/** Bytes of a newer header before its messages, at most. */
const NEW_HEADER = 34;
const CHECKSUM = 4;
const SHARED = 0x02;
const HAS_TIMES = 0x20;
const HAS_PHASES = 0x10;
const HAS_ORDER = 0x04;
/** Parts of one header that are looked at. */
const MOST_PARTS = 1000;

/** A part of a header: where its messages stand. */
type Part = readonly [address: number, length: number];

/**
 * The messages of the object whose header is at an address.
 *
 * Source: HDF5 File Format Specification 3.0, IV.A.1. HDF5 has checked the sums.
 */
export function* messagesOf(
  file: RawFile,
  address: number
): Generator<IMessage> {
  const { first, messages } = headerAt(file, address);
  const parts: Part[] = [first];
  for (let i = 0; i < parts.length; i++) {
    const fields = file.at(...parts[i]);
    for (const message of messages(fields, i > 0)) {
      if (message.type === MESSAGE.continuation) {
        const target = new Fields(message.body);
        parts.push([file.address(target), file.length(target)]);
        if (parts.length > MOST_PARTS) {
          throw new RangeError('too many parts of a header');
        }
      } else {
        yield message;
      }
    }
  }
}

interface IHeader {
  readonly first: Part;
  readonly messages: (fields: Fields, isLater: boolean) => Iterable<IMessage>;
}

function headerAt(file: RawFile, address: number): IHeader {
  const start = file.atMost(address, NEW_HEADER);
  if (start.bytes[0] === 1) {
    const length = start.skip(8).number(4);
    return {
      first: [address + OLD_HEADER, length],
      messages: oldMessages
    };
  }
  const flags = start.letters('OHDR').skip(1).number(1);
  start.skip((flags & HAS_TIMES ? 16 : 0) + (flags & HAS_PHASES ? 4 : 0));
  const length = start.number(1 << (flags & 3));
  return {
    first: [address + start.at, length],
    messages: (fields, isLater) =>
      newMessages(fields, isLater, (flags & HAS_ORDER) !== 0)
  };
}

function* oldMessages(fields: Fields): Generator<IMessage> {
  while (fields.left >= 8) {
    const type = fields.number(2);
    const size = fields.number(2);
    const flags = fields.number(1);
    const body = fields.skip(3).part(size);
    yield { type, isShared: (flags & SHARED) !== 0, body };
  }
}

function* newMessages(
  fields: Fields,
  isLater: boolean,
  hasOrder: boolean
): Generator<IMessage> {
  // Only the later parts are told with their letters and sums.
  if (isLater) {
    fields.letters('OCHK');
  }
  const end = isLater ? CHECKSUM : 0;
  const head = hasOrder ? 6 : 4;
  while (fields.left - end >= head) {
    const type = fields.number(1);
    const size = fields.number(2);
    const flags = fields.number(1);
    const body = fields.skip(hasOrder ? 2 : 0).part(size);
    yield { type, isShared: (flags & SHARED) !== 0, body };
  }
}
