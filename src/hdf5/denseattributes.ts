import { checksum } from './checksum';
import { Fields } from './fields';
import { FractalHeap } from './fractalheap';
import { treeRecords } from './newtree';
import type { RawFile } from './rawfile';

/** The records of attributes by their names; of more than so many, none is shown. */
const BY_NAME = { type: 8, most: 2000 };
/** Of a record: the place in the heap, the flags and the order of the making. */
const PLACE = 8;
const BETWEEN = 5;

/**
 * The messages of attributes of a name, or of one with the same sum, of an
 * object that has too many for its header; throws a `RangeError` where they
 * are stored otherwise.
 *
 * Source: HDF5 File Format Specification 3.0, IV.A.2.v (the attribute info
 * message) and III.A.2 (the records of version 2 B-trees).
 */
export function denseAttributes(
  file: RawFile,
  info: Uint8Array,
  name: Uint8Array
): Uint8Array[] {
  const fields = new Fields(info);
  const flags = fields.skip(1).number(1);
  fields.skip(flags & 1 ? 2 : 0);
  const heap = new FractalHeap(file, file.address(fields));
  const tree = file.address(fields);
  const sum = checksum(name);
  const found: Uint8Array[] = [];
  for (const record of treeRecords(file, tree, BY_NAME)) {
    const place = record.part(PLACE);
    if (record.skip(BETWEEN).number(4) === sum) {
      found.push(heap.object(place));
    }
  }
  return found;
}
