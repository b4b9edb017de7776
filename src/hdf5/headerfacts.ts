import type { INodeFacts, NodeKind } from '../refs/types';
import { areDense } from './attributemessage';
import type { IBytes } from './bytes';
import { Fields } from './fields';
import type { HardLinks } from './grouplinks';
import { hardLinks } from './grouplinks';
import {
  assertFill,
  assertTime,
  assertValues,
  numberOf,
  shapeOf,
  textOf
} from './headerparts';
import type { IMessage } from './objectheader';
import { headerAt, MESSAGE } from './objectheader';
import { RawFile, unlessOdd } from './rawfile';
import { cutText, decodeText } from './values';

/** What the header of a node tells of it; what it does not tell for sure, HDF5 is asked. */
export interface IHeaderFacts {
  readonly kind: NodeKind;
  /** Whether it is a group of the old form, which has no links into other files. */
  readonly isOldGroup: boolean;
  /** The shape and type of a plain array of numbers; null for anything else. */
  readonly numbers: IValueFacts | null;
  /** The texts of attributes, null where there is none; without those of which HDF5 is to be asked. */
  readonly texts: ReadonlyMap<string, string | null>;
}

/** What is told of the values of a node. */
export type IValueFacts = Pick<INodeFacts, 'shape' | 'dtype' | 'valueClass'>;

/** What the headers of groups and datasets alike may hold. */
const EITHER = [
  MESSAGE.nothing,
  MESSAGE.continuation,
  MESSAGE.attribute,
  MESSAGE.attributeInfo,
  MESSAGE.time
];
const GROUP_PARTS: ReadonlySet<number> = new Set([
  ...EITHER,
  MESSAGE.linkInfo,
  MESSAGE.link,
  MESSAGE.groupInfo,
  MESSAGE.symbolTable
]);
const DATASET_PARTS: ReadonlySet<number> = new Set([
  ...EITHER,
  MESSAGE.dataspace,
  MESSAGE.datatype,
  MESSAGE.fill,
  MESSAGE.layout,
  MESSAGE.filters,
  MESSAGE.externalFiles
]);

/** The flags that messages have here: that they do not change, and are not shared. */
const FLAGS = 0x05;
/** The number in which the lengths of messages are told where their count is. */
const ALIGNED = 8;
/** The flags of what is told of links and attributes: how their order is kept. */
const ORDER_FLAGS = 0x03;

/**
 * What the headers in a file tell of its nodes.
 *
 * Source: HDF5 File Format Specification 3.0, IV.A.2. HDF5 opens a node
 * for each question, which takes ten times as long. So anything but what
 * results are mostly made of is left to it, and so is all that is odd.
 */
export class HeaderFacts {
  /** Look at the bytes of a file for the texts of some attributes; what reading throws is thrown on. */
  constructor(
    private readonly _bytes: IBytes,
    private readonly _names: readonly string[]
  ) {}

  /** What the header at an address tells; null where HDF5 is to be asked. */
  at(address: number): IHeaderFacts | null {
    return this._told(file => this._facts(file, address));
  }

  /** The links of the group at an address, see `hardLinks`; null where HDF5 is to be asked. */
  links(address: number, all: boolean): HardLinks | null {
    return this._told(file => {
      const messages = messagesAt(file, address);
      return kindOf(messages) === 'group'
        ? hardLinks(file, messages, all)
        : null;
    });
  }

  /** Whether headers may tell the links of groups. */
  get mayTellLinks(): boolean {
    return this._told(file => file.isNew) ?? false;
  }

  private _told<T>(look: (file: RawFile) => T | null): T | null {
    return unlessOdd(() => {
      this._file ??= new RawFile(this._bytes);
      return this._file.isExtended ? null : look(this._file);
    }, null);
  }

  private _facts(file: RawFile, address: number): IHeaderFacts | null {
    const messages = messagesAt(file, address);
    const kind = kindOf(messages);
    return (
      kind && {
        kind,
        isOldGroup: kind === 'group' && isOld(messages),
        numbers: kind === 'dataset' ? numbersOf(file, messages) : null,
        texts: textsOf(file, messages, this._names)
      }
    );
  }

  private _file: RawFile | null = null;
}

/** The messages of a header that is as HDF5 wants it, as far as that concerns all of them. */
function messagesAt(file: RawFile, address: number): readonly IMessage[] {
  const { count, messages: read } = headerAt(file, address);
  const messages = [...read];
  const isOdd =
    count !== null &&
    (count !== messages.length ||
      messages.some(({ body }) => body.length % ALIGNED !== 0));
  if (isOdd || messages.some(({ flags }) => (flags & ~FLAGS) !== 0)) {
    throw new RangeError('an odd header');
  }
  return messages;
}

function kindOf(messages: readonly IMessage[]): NodeKind | null {
  const has = (type: number) => messages.some(other => other.type === type);
  const isOf = (parts: ReadonlySet<number>) =>
    messages.every(({ type }) => parts.has(type));
  for (const { type, body } of messages) {
    if (type === MESSAGE.time) {
      assertTime(new Fields(body));
    } else if (type === MESSAGE.linkInfo || type === MESSAGE.attributeInfo) {
      const [version, flags] = body;
      if (version !== 0 || flags > ORDER_FLAGS) {
        return null;
      }
    }
  }
  if (isOf(GROUP_PARTS)) {
    const isGroup = has(MESSAGE.linkInfo) || has(MESSAGE.symbolTable);
    return isGroup ? 'group' : null;
  }
  const isDataset =
    isOf(DATASET_PARTS) && has(MESSAGE.dataspace) && has(MESSAGE.datatype);
  return isDataset ? 'dataset' : null;
}

/** Whether all links of a group stand in symbol nodes: these hold none into other files (III.C). */
function isOld(messages: readonly IMessage[]): boolean {
  return messages.every(
    ({ type }) => type !== MESSAGE.linkInfo && type !== MESSAGE.link
  );
}

/** The only message of a type. */
function onlyOf(messages: readonly IMessage[], type: number): Fields {
  const [message, another] = messages.filter(other => other.type === type);
  if (!message || another) {
    throw new RangeError('more or fewer than one');
  }
  return new Fields(message.body);
}

function numbersOf(
  file: RawFile,
  messages: readonly IMessage[]
): IValueFacts | null {
  const isElsewhere = messages.some(
    ({ type }) => type === MESSAGE.filters || type === MESSAGE.externalFiles
  );
  if (isElsewhere) {
    return null;
  }
  return unlessOdd(() => {
    const shape = shapeOf(file, onlyOf(messages, MESSAGE.dataspace));
    const number = numberOf(onlyOf(messages, MESSAGE.datatype));
    const bytes = shape.reduce((product, n) => product * n, number.size);
    assertFill(onlyOf(messages, MESSAGE.fill), number.size);
    assertValues(file, onlyOf(messages, MESSAGE.layout), bytes);
    return { shape, ...number.type };
  }, null);
}

/** See `IHeaderFacts.texts`. */
function textsOf(
  file: RawFile,
  messages: readonly IMessage[],
  names: readonly string[]
): ReadonlyMap<string, string | null> {
  const found = new Map<string, Uint8Array | null>();
  let isPlain = true;
  for (const { type, body } of messages) {
    if (type === MESSAGE.attributeInfo && areDense(file, body)) {
      return new Map();
    }
    if (type === MESSAGE.attribute) {
      const { name, text } = textOf(body);
      // HDF5 looks through all of them, and may not get past one that is odd.
      isPlain &&= text !== null && !found.has(name);
      found.set(name, text);
    }
  }
  const told = names.filter(name => isPlain || !found.has(name));
  return new Map(
    told.map(name => {
      const text = found.get(name);
      return [name, text ? cutText(decodeText(text)) : null];
    })
  );
}
