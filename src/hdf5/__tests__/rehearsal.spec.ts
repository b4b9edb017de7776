/**
 * @jest-environment node
 */
import { File, ready } from 'h5wasm';
import type { IHdf5 } from '../mount';
import { rehearse } from '../rehearsal';
import { openFixture } from './fixture';
import { mountedFiles } from './makerun';

describe('rehearse()', () => {
  let hdf5: IHdf5;
  beforeAll(async () => {
    hdf5 = await ready;
  });

  it('should read what it made, up to a line', () => {
    const read = jest.spyOn(hdf5, 'get_dataset_data');
    rehearse(hdf5, File);
    expect(read).toHaveBeenCalled();
    read.mockRestore();
  });

  it('should leave nothing behind', async () => {
    const before = await mountedFiles();
    rehearse(hdf5, File);
    expect(await mountedFiles()).toEqual(before);
    expect(hdf5.FS.analyzePath('/rehearsal.h5', false).exists).toBe(false);
  });

  it('should cost the file that comes nothing where it fails', async () => {
    const Broken = class {
      constructor() {
        throw new Error('no memory');
      }
    };
    expect(() =>
      rehearse(hdf5, Broken as unknown as typeof File)
    ).not.toThrow();
    const reader = await openFixture('small');
    expect(reader.summary.kind).toBe('results');
    reader.close();
  });
});
