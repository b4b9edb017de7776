import { CHECKSUM, summed } from './checksum';
import { Fields } from './fields';
import type { RawFile } from './rawfile';

/** Bytes of a tree's node beside its records: letters, version, type and sum. */
const NODE_FRAME = 10;
const NODE_HEAD = 6;
/** Bytes of a node, at most, and how high trees are that are read. */
const MOST_NODE = 1 << 14;
const MOST_DEPTH = 4;

/** What a tree holds, and how much of it is read. */
export interface ITreeKind {
  /** The number that stands for its kind of records. */
  readonly type: number;
  /** Records, at most. */
  readonly most: number;
}

/** The nodes at one height. */
interface ILevel {
  /** Records that a node has, at most, with all below it. */
  readonly most: number;
  /** Bytes in which it stands how many there are below a node; none of a leaf. */
  readonly counted: number;
}

/**
 * The records of a tree, in their order; throws a `RangeError` where there is
 * none of that kind, where it is odd, and where a sum is not right.
 *
 * Source: HDF5 File Format Specification 3.0, III.A.2 (version 2 B-trees).
 */
export function* treeRecords(
  file: RawFile,
  address: number,
  kind: ITreeKind
): Generator<Fields> {
  const { addressSize, lengthSize } = file;
  const length = 18 + addressSize + lengthSize;
  const header = summed(file.at(address, length + CHECKSUM))
    .letters('BTHD')
    .skip(1);
  const type = header.number(1);
  const size = header.number(4);
  const record = header.number(2);
  const depth = header.number(2);
  header.skip(2);
  const root = file.address(header);
  const count = header.number(2);
  const total = file.length(header);
  const isOdd = size > MOST_NODE || depth > MOST_DEPTH;
  if (type !== kind.type || isOdd || total > kind.most) {
    throw new RangeError(`a tree of ${type}, ${depth} deep, of ${total}`);
  }
  const tree = new NewTree(file, size, record);
  let seen = 0;
  for (const fields of tree.records(root, depth, count)) {
    seen += 1;
    if (seen > total) {
      break;
    }
    yield fields;
  }
  if (seen !== total) {
    throw new RangeError(`a tree of other than ${total} records`);
  }
}

class NewTree {
  constructor(
    private readonly _file: RawFile,
    private readonly _size: number,
    private readonly _record: number
  ) {
    const most = Math.floor((_size - NODE_FRAME) / _record);
    if (most < 1) {
      throw new RangeError(`records of ${_record} bytes`);
    }
    this._inLeaf = bytesFor(most);
    this._levels = [{ most, counted: 0 }];
  }

  /** The records of a node so high above the leaves, and of all below it. */
  *records(address: number, depth: number, count: number): Generator<Fields> {
    if (count === 0) {
      return;
    }
    const pointers = depth > 0 ? (count + 1) * this._pointer(depth) : 0;
    const length = NODE_HEAD + count * this._record + pointers;
    if (length + CHECKSUM > this._size) {
      throw new RangeError(`${count} records in a node`);
    }
    const node = summed(this._file.at(address, length + CHECKSUM));
    node.letters(depth > 0 ? 'BTIN' : 'BTLF').skip(2);
    for (let i = 0; i < count; i++) {
      yield new Fields(node.part(this._record));
    }
    for (let i = 0; depth > 0 && i <= count; i++) {
      const child = this._file.address(node);
      const records = node.number(this._inLeaf);
      node.skip(this._level(depth - 1).counted);
      yield* this.records(child, depth - 1, records);
    }
  }

  /** Bytes of what leads from a node at a height to one below. */
  private _pointer(depth: number): number {
    return (
      this._file.addressSize + this._inLeaf + this._level(depth - 1).counted
    );
  }

  private _level(depth: number): ILevel {
    for (let at = this._levels.length; at <= depth; at++) {
      const below = this._levels[at - 1];
      const pointer = this._pointer(at);
      const own = Math.floor(
        (this._size - NODE_FRAME - pointer) / (this._record + pointer)
      );
      const most = (own + 1) * below.most + own;
      this._levels.push({ most, counted: bytesFor(most) });
    }
    return this._levels[depth];
  }

  private readonly _inLeaf: number;
  private readonly _levels: ILevel[];
}

/** Bytes in which every number up to one can stand. */
function bytesFor(most: number): number {
  return Math.floor(Math.log2(most) / 8) + 1;
}
