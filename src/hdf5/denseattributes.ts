import { checksum } from './checksum';
import { Fields } from './fields';
import type { RawFile } from './rawfile';

/** Bytes of the headers, at most. */
const TREE_HEADER = 64;
const HEAP_HEADER = 256;
/** The records of attributes by their names. */
const BY_NAME = 8;
/** Bytes of a tree's node beside its records. */
const NODE_FRAME = 10;
/** Of a record: the place in the heap, the flags and the order of the making. */
const PLACE = 8;
const BETWEEN = 5;
/** Higher trees hold more attributes than are shown. */
const MOST_DEPTH = 1;
/** Bytes of a tree's node, and records of a tree, at most. */
const MOST_NODE = 1 << 14;
const MOST_RECORDS = 2000;
/** The bits of a place that tell how it is stored: in the heap itself. */
const STORED = 0x30;

/**
 * The messages of attributes of a name, or of one with the same sum, of an
 * object that has too many for its header; throws a `RangeError` where they
 * are stored otherwise.
 *
 * Source: HDF5 File Format Specification 3.0, III.A.2 (version 2 B-trees),
 * III.G (fractal heaps), IV.A.2.v (the attribute info message).
 */
export function denseAttributes(
  file: RawFile,
  info: Uint8Array,
  name: Uint8Array
): Uint8Array[] {
  const fields = new Fields(info);
  const flags = fields.skip(1).number(1);
  fields.skip(flags & 1 ? 2 : 0);
  const heap = new Heap(file, file.address(fields));
  const tree = file.address(fields);
  const sum = checksum(name);
  const found: Uint8Array[] = [];
  let count = 0;
  for (const record of recordsOf(file, tree)) {
    count += 1;
    if (count > MOST_RECORDS) {
      throw new RangeError('a tree of too many records');
    }
    if (record.sum === sum) {
      found.push(heap.object(record.place));
    }
  }
  return found;
}

/** Where an attribute stands in the heap, by the sum of its name. */
interface IRecord {
  readonly place: Uint8Array;
  readonly sum: number;
}

interface INodes {
  readonly size: number;
  readonly record: number;
  /** Bytes in which it stands how many records a leaf has. */
  readonly counted: number;
}

function* recordsOf(file: RawFile, address: number): Generator<IRecord> {
  const header = file.atMost(address, TREE_HEADER).letters('BTHD').skip(1);
  const type = header.number(1);
  const size = header.number(4);
  const record = header.number(2);
  const depth = header.number(2);
  header.skip(2);
  const root = file.address(header);
  const count = header.number(2);
  if (type !== BY_NAME || depth > MOST_DEPTH || size > MOST_NODE) {
    throw new RangeError(`a tree of ${type}, ${depth} deep`);
  }
  const most = Math.floor((size - NODE_FRAME) / record);
  const counted = most > 0xff ? 2 : 1;
  yield* nodeRecords(file, { size, record, counted }, depth, root, count);
}

function* nodeRecords(
  file: RawFile,
  nodes: INodes,
  depth: number,
  address: number,
  count: number
): Generator<IRecord> {
  if (count === 0) {
    return;
  }
  const node = file.at(address, nodes.size);
  node.letters(depth > 0 ? 'BTIN' : 'BTLF').skip(2);
  for (let i = 0; i < count; i++) {
    const record = new Fields(node.part(nodes.record));
    const place = record.part(PLACE);
    yield { place, sum: record.skip(BETWEEN).number(4) };
  }
  for (let i = 0; depth > 0 && i <= count; i++) {
    const child = file.address(node);
    const records = node.number(nodes.counted);
    yield* nodeRecords(file, nodes, depth - 1, child, records);
  }
}

/** A fractal heap, as far as its blocks of objects lie under its first block. */
class Heap {
  constructor(
    private readonly _file: RawFile,
    address: number
  ) {
    const { addressSize, lengthSize } = _file;
    const header = _file.atMost(address, HEAP_HEADER).letters('FRHP').skip(3);
    const filters = header.number(2);
    header.skip(1 + 4 + 2 * addressSize + 10 * lengthSize);
    this._width = header.number(2);
    this._start = _file.length(header);
    this._largest = _file.length(header);
    this._offset = Math.ceil(header.number(2) / 8);
    header.skip(2);
    this._root = _file.address(header);
    this._rows = header.number(2);
    if (filters > 0) {
      throw new RangeError('a heap with filters');
    }
  }

  /** The object at a place. */
  object(place: Uint8Array): Uint8Array {
    const fields = new Fields(place);
    if ((fields.number(1) & STORED) !== 0) {
      throw new RangeError('an object that is not in the heap itself');
    }
    const offset = fields.number(this._offset);
    const length = fields.number(fields.left);
    const [block, start] = this._block(offset);
    return this._file.at(block + offset - start, length).bytes;
  }

  /** The block that holds an offset, and the offset at which it begins. */
  private _block(offset: number): readonly [number, number] {
    if (this._rows === 0) {
      return [this._root, 0];
    }
    let start = 0;
    for (let row = 0, size = this._start; row < this._rows; row++) {
      const end = start + size * this._width;
      if (offset < end && size <= this._largest) {
        const column = Math.floor((offset - start) / size);
        const block = row * this._width + column;
        return [this._child(block), start + column * size];
      }
      start = end;
      size *= row === 0 ? 1 : 2;
    }
    throw new RangeError(`nothing at ${offset} of a heap`);
  }

  private _child(index: number): number {
    const { addressSize } = this._file;
    const frame = 5 + addressSize + this._offset;
    const block = this._file.at(this._root, frame + (index + 1) * addressSize);
    return this._file.address(
      block.letters('FHIB').skip(frame - 4 + index * addressSize)
    );
  }

  private readonly _width: number;
  private readonly _start: number;
  private readonly _largest: number;
  /** Bytes of an offset in the heap. */
  private readonly _offset: number;
  private readonly _root: number;
  /** How many rows of blocks the first block tells of; 0 where it holds the objects itself. */
  private readonly _rows: number;
}
