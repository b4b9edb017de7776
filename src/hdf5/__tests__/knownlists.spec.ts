/**
 * @jest-environment node
 */
import type { IListing } from '../../refs/types';
import { KnownLists } from '../knownlists';
import { LIMITS } from '../limits';

function listing(
  path: string,
  count: number,
  last = `dend_${count - 1}`
): IListing {
  const names = Array.from({ length: count }, (_, i) => `dend_${i}`);
  names[count - 1] = last;
  return { path, names, total: count };
}

describe('KnownLists', () => {
  describe('#like()', () => {
    it('gives the list that was kept of a group with the same names', () => {
      const lists = new KnownLists();
      const kept = { ...listing('/a', 300), order: new Uint32Array(300) };
      lists.keep(kept);
      expect(lists.like(listing('/a', 300))).toBe(kept);
    });

    it.each<[string, Parameters<KnownLists['like']>[0]]>([
      ['another group', listing('/b', 300)],
      ['a name more', listing('/a', 301)],
      ['a name less', listing('/a', 299)],
      ['another name', listing('/a', 300, 'axon')],
      ['more names than are listed', { ...listing('/a', 300), total: 301 }],
      [
        'a group that cannot be listed',
        { path: '/a', failure: { code: 'damaged', technical: '' } }
      ]
    ])('gives none for %s', (_, found) => {
      const lists = new KnownLists();
      lists.keep(listing('/a', 300));
      expect(lists.like(found)).toBeNull();
    });

    it('gives the newest lists only, of so many names together', () => {
      const lists = new KnownLists();
      const count = LIMITS.names / 2;
      const [a, b, c] = ['/a', '/b', '/c'].map(path => listing(path, count));
      [a, b, a, c].forEach(each => lists.keep(each));
      expect([a, b, c].map(each => lists.like(each))).toEqual([a, null, c]);
    });
  });

  describe('#replace()', () => {
    it('gives what HDF5 lists anew in place of what was kept, and of nothing else', () => {
      const lists = new KnownLists();
      lists.replace(listing('/a', 300));
      expect(lists.like(listing('/a', 300))).toBeNull();
      lists.keep(listing('/a', 301));
      lists.replace(listing('/a', 300));
      expect(lists.like(listing('/a', 301))).toBeNull();
      expect(lists.like(listing('/a', 300))).not.toBeNull();
      const failure = { code: 'damaged', technical: '' } as const;
      lists.replace({ path: '/a', failure });
      expect(lists.like(listing('/a', 300))).toBeNull();
    });
  });

  describe('#drop()', () => {
    it('forgets the list of a group', () => {
      const lists = new KnownLists();
      lists.keep(listing('/a', 300));
      lists.drop('/a');
      expect(lists.like(listing('/a', 300))).toBeNull();
    });
  });

  describe('#isLarge()', () => {
    it('tells of a group what it was when it was listed last', () => {
      const lists = new KnownLists();
      expect(lists.isLarge('/a')).toBe(false);
      lists.see(listing('/a', LIMITS.namesAtOnce));
      expect(lists.isLarge('/a')).toBe(true);
      lists.see(listing('/a', LIMITS.namesAtOnce - 1));
      expect(lists.isLarge('/a')).toBe(false);
    });
  });
});
