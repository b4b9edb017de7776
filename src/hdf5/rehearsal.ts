import type { File } from 'h5wasm';
import { MemoryBytes } from './bytes';
import type { IHdf5 } from './mount';
import { Reader } from './reader';

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
  const group = file.create_group('results').create_group('VecRef');
  const section = group.create_group('soma');
  group.create_dataset({ name: 'x', data });
  section.create_dataset({ name: 'v', data });
  section.create_attribute('detail', '0');
  file.close();
  const bytes = hdf5.FS.readFile(NAME);
  hdf5.FS.unlink(NAME);
  return bytes;
}

/** What the page asks of most files. */
function lookAround(reader: Reader): void {
  const group = '/results/VecRef';
  const [x, v] = [`${group}/x`, `${group}/soma/v`];
  reader.linked(group);
  reader.list(['/results', group]);
  reader.describe([group, x, v]);
  reader.preview(v);
  reader.trace({ path: v, x, range: null, columns: 1, maxPoints: 4 });
}
