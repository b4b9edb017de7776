import { Fields } from './fields';
import type { RawFile } from './rawfile';

/** Bytes of a header, at most. */
const HEAP_HEADER = 256;
/** The bits of a place that tell how it is stored: in the heap itself. */
const STORED = 0x30;

/**
 * A fractal heap, as far as its blocks of objects lie under its first block;
 * throws a `RangeError` where it is none, or where an object lies elsewhere.
 *
 * Source: HDF5 File Format Specification 3.0, III.G.
 */
export class FractalHeap {
  /** Read the heap at an address. */
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
