import { checksum } from './checksum';
import { Fields } from './fields';
import { FractalHeap } from './fractalheap';
import { LIMITS } from './limits';
import { treeRecords } from './newtree';
import type { IMessage } from './objectheader';
import { MESSAGE } from './objectheader';
import type { RawFile } from './rawfile';

/** The names of a group's links, all of them hard, and the headers that they lead to. */
export type HardLinks = ReadonlyMap<string, number>;

/** The records of links by their names. */
const BY_NAME = { type: 5, most: LIMITS.names };
/** Of a record: the sum of the name, and the place in the heap. */
const SUM = 4;
const PLACE = 7;
/** The version of links, and of what is told of them. */
const LINK = 1;
const INFO = 0;
/** Flags of a link: the bytes of its name's length, and what stands in it. */
const LENGTH_BYTES = 0x03;
const HAS_ORDER = 0x04;
const HAS_TYPE = 0x08;
const HAS_ENCODING = 0x10;
const ALL_FLAGS = 0x1f;
/** The links that lead to a header in the same file. */
const HARD = 0;
/** Flags of what is told of links: how the order of their making is kept. */
const ORDER_TOLD = 0x01;
const ORDER_FLAGS = 0x03;
/** Names that mean the same in every encoding; by a single dot in a path, HDF5 goes nowhere. */
const PLAIN = /^(?!\.$)[ -.0-~]+$/;

/**
 * The links of a group of the newer form, told by the messages of its header;
 * null for another group, and, unless `all` are wanted, for one that has too
 * many for its header. Throws a `RangeError` where they are odd, or not all
 * hard.
 *
 * Source: HDF5 File Format Specification 3.0, IV.A.2.c (the link info message)
 * and IV.A.2.g (the link message).
 */
export function hardLinks(
  file: RawFile,
  messages: readonly IMessage[],
  all: boolean
): HardLinks | null {
  const [info, another] = messages.filter(
    ({ type }) => type === MESSAGE.linkInfo
  );
  if (!info || another) {
    return null;
  }
  const dense = denseAddresses(file, info.body);
  const inHeader = messages
    .filter(({ type }) => type === MESSAGE.link)
    .map(({ body }) => body);
  if (!dense) {
    return linksOf(file, inHeader);
  }
  return all && inHeader.length === 0
    ? linksOf(file, denseLinks(file, dense.heap, dense.tree))
    : null;
}

/** Where the heap and the tree of links stand that are too many for the header; null where they are in there. */
function denseAddresses(
  file: RawFile,
  info: Uint8Array
): { readonly heap: number; readonly tree: number } | null {
  const fields = new Fields(info);
  const version = fields.number(1);
  const flags = fields.number(1);
  if (version !== INFO || flags > ORDER_FLAGS) {
    throw new RangeError('odd links');
  }
  fields.skip(flags & ORDER_TOLD ? 8 : 0);
  if (file.isNowhere(fields)) {
    return null;
  }
  fields.skip(-file.addressSize);
  return { heap: file.address(fields), tree: file.address(fields) };
}

/** The messages of links that stand in a heap. */
function* denseLinks(
  file: RawFile,
  heap: number,
  tree: number
): Generator<Uint8Array> {
  const objects = new FractalHeap(file, heap);
  for (const record of treeRecords(file, tree, BY_NAME)) {
    const sum = record.number(SUM);
    const body = objects.object(record.part(PLACE));
    if (checksum(nameIn(new Fields(body))) !== sum) {
      throw new RangeError('a link of another name');
    }
    yield body;
  }
}

function linksOf(file: RawFile, bodies: Iterable<Uint8Array>): HardLinks {
  const links = new Map<string, number>();
  for (const body of bodies) {
    const fields = new Fields(body);
    const name = String.fromCharCode(...nameIn(fields));
    if (links.has(name) || !PLAIN.test(name)) {
      throw new RangeError('an odd name');
    }
    links.set(name, file.address(fields));
  }
  return links;
}

/** The name of a hard link, whose target comes next. */
function nameIn(fields: Fields): Uint8Array {
  const version = fields.number(1);
  const flags = fields.number(1);
  const kind = flags & HAS_TYPE ? fields.number(1) : HARD;
  if (version !== LINK || flags > ALL_FLAGS || kind !== HARD) {
    throw new RangeError('no hard link');
  }
  fields.skip(flags & HAS_ORDER ? 8 : 0).skip(flags & HAS_ENCODING ? 1 : 0);
  const length = fields.number(1 << (flags & LENGTH_BYTES));
  if (length > LIMITS.text) {
    throw new RangeError('a long name');
  }
  return fields.part(length);
}
