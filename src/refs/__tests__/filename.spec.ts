import { isLinkedFileName, isResultFileName } from '../filename';

describe('isResultFileName()', () => {
  it.each(['storage.h5', 'STORAGE.H5', 'a.hdf5', 'b.HDF5'])(
    'takes %s',
    name => {
      expect(isResultFileName(name)).toBe(true);
    }
  );

  it.each(['storage.hoc', 'h5', 'a.h5.txt'])('leaves %s', name => {
    expect(isResultFileName(name)).toBe(false);
  });
});

describe('isLinkedFileName()', () => {
  it.each([
    'storage_rank_1.h5',
    'ranks/1.hdf5',
    'a b %2e%2e #?é.H5',
    'a..b/c...h5'
  ])('follows %s', name => {
    expect(isLinkedFileName(name)).toBe(true);
  });

  it.each([
    '',
    '.',
    '/etc/passwd',
    '/up.h5',
    '../up.h5',
    'ranks/../../up.h5',
    './storage.h5',
    'ranks//1.h5',
    'ranks/',
    '.hidden.h5',
    '.git/a.h5',
    'http://x/y.h5',
    'file:y.h5',
    'RTC:y.h5',
    'ranks\\1.h5',
    'a\0.h5',
    'a\n.h5',
    'caf\ufffd.h5',
    'storage.txt',
    '.h5'
  ])('does not follow %j', name => {
    expect(isLinkedFileName(name)).toBe(false);
  });
});
