import type { File } from 'h5wasm';
import {
  childPath,
  DETAIL_ATTRIBUTE,
  METADATA_ATTRIBUTE,
  RESULTS_PATH,
  X_NAME
} from '../refs/layout';
import { MemoryBytes } from './bytes';
import type { IHdf5 } from './mount';
import { Reader } from './reader';

const GROUP = childPath(RESULTS_PATH, 'VecRef');
const X = childPath(GROUP, X_NAME);
const SECTION = childPath(GROUP, 'soma');
const V = childPath(SECTION, 'v');

/** Where the file is made: outside the folder of what is opened. */
const NAME = '/rehearsal.h5';

/**
 * Make a small file in memory, and read it.
 *
 * A browser compiles a function of HDF5's when it is called first, which takes
 * longer than opening a file does: a worker that waits for a file has it done
 * by then. The maker is h5wasm's own.
 */
export function rehearse(hdf5: IHdf5, Maker: typeof File): void {
  try {
    const bytes = new MemoryBytes(madeFile(hdf5, Maker));
    const reader = new Reader({ hdf5, bytes, access: 'download' });
    try {
      lookAround(reader);
    } finally {
      reader.close();
    }
  } catch {
    // Whatever this is, the file that comes tells what is wrong.
  }
}

function madeFile(hdf5: IHdf5, Maker: typeof File): Uint8Array {
  const data = Float64Array.of(0, 1, 2, 3);
  const file = new Maker(NAME, 'w');
  try {
    [RESULTS_PATH, GROUP, SECTION].forEach(group => file.create_group(group));
    file.create_attribute(METADATA_ATTRIBUTE, '0');
    file.create_dataset({ name: X, data });
    const v = file.create_dataset({ name: V, data });
    v.create_attribute(DETAIL_ATTRIBUTE, '0');
  } finally {
    file.close();
  }
  const bytes = hdf5.FS.readFile(NAME);
  hdf5.FS.unlink(NAME);
  return bytes;
}

/** What the page asks of most files. */
function lookAround(reader: Reader): void {
  void reader.reach;
  reader.linked(GROUP);
  reader.list([RESULTS_PATH, GROUP]);
  reader.describe([GROUP, X, V]);
  reader.preview(V);
  reader.trace({ path: V, x: X, range: null, columns: 1, maxPoints: 4 });
}
