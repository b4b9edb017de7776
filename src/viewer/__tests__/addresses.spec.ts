import { Addresses } from '../addresses';

const FILES = 'http://lab/user/ann/files/';

function addresses(
  getDownloadUrl = async (path: string) => `${FILES}${path}`
): Addresses {
  return new Addresses({
    getDownloadUrl,
    driveName: path => (path.includes(':') ? path.split(':')[0] : ''),
    localPath: path => path.split(':').pop() ?? ''
  });
}

describe('Addresses', () => {
  describe('#likely()', () => {
    it('tells nothing before it knows an address of the drive', () => {
      const all = addresses();
      expect(all.likely('a.h5')).toBeNull();
      all.note('a.h5', `${FILES}a.h5`);
      expect(all.likely('S3:a.h5')).toBeNull();
    });

    it.each([
      ['a.h5', `${FILES}a.h5`],
      ['runs/b 1.h5', `${FILES}runs/b%201.h5`],
      ['x/ä?#%.h5', `${FILES}x/%C3%A4%3F%23%25.h5`]
    ])('tells the address of %s by that of another file', (path, address) => {
      const all = addresses();
      all.note('runs/z y.h5', `${FILES}runs/z%20y.h5?_xsrf=2|ab`);
      expect(all.likely(path)).toBe(`${address}?_xsrf=2|ab`);
    });

    it('keeps the drives apart', () => {
      const all = addresses();
      all.note('a.h5', `${FILES}a.h5`);
      all.note('S3:a.h5', 'https://s3/bucket/a.h5?key=1');
      expect(all.likely('b.h5')).toBe(`${FILES}b.h5`);
      expect(all.likely('S3:c/b.h5')).toBe('https://s3/bucket/c/b.h5?key=1');
    });
  });

  describe('#learn()', () => {
    it("finds out the address of the server's own drive", async () => {
      const all = addresses();
      await all.learn();
      expect(all.likely('runs/b.h5')).toBe(`${FILES}runs/b.h5`);
      expect(all.likely('S3:b.h5')).toBeNull();
    });

    it('knows no more where there is no address', async () => {
      const all = addresses(() => Promise.reject(new Error('none')));
      await all.learn();
      expect(all.likely('b.h5')).toBeNull();
    });
  });

  describe('#note()', () => {
    it.each([
      ['is the name of no path', 'blob:http://lab/1234-5678'],
      ['has the path elsewhere', `${FILES}a.h5/content`],
      ['has only the end of a longer name', `${FILES}data.h5`]
    ])('forgets the drive where an address %s', (_, address) => {
      const all = addresses();
      all.note('a.h5', `${FILES}a.h5`);
      all.note('a.h5', address);
      expect(all.likely('b.h5')).toBeNull();
    });

    it('tells nothing more of a drive whose files have each an address of its own kind', () => {
      const all = addresses();
      all.note('S3:a.h5', 'https://s3/bucket/a.h5?signed=1');
      all.note('S3:b.h5', 'https://s3/bucket/b.h5?signed=2');
      expect(all.likely('S3:c.h5')).toBeNull();
      all.note('S3:b.h5', 'https://s3/bucket/b.h5?signed=2');
      expect(all.likely('S3:c.h5')).toBeNull();
    });

    it('takes note of nothing without a path', () => {
      const all = addresses();
      all.note('', FILES);
      expect(all.likely('b.h5')).toBeNull();
    });
  });
});
