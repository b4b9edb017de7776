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

function keep(lists: KnownLists, kept: IListing): void {
  lists.keep(kept, kept.names);
}

describe('KnownLists', () => {
  describe('#get()', () => {
    it('gives the list that was kept of a group with the same names', () => {
      const lists = new KnownLists();
      const kept = { ...listing('/a', 300), order: new Uint32Array(300) };
      keep(lists, kept);
      const { names } = listing('/a', 300);
      expect(lists.get('/a', names)).toEqual({ listing: kept, isAll: true });
    });

    it('gives it where the names of deleted ones stand there still, and says so', () => {
      const lists = new KnownLists();
      const kept = listing('/a', 299);
      const { names } = listing('/a', 300);
      lists.keep(kept, names);
      expect(lists.get('/a', names)).toEqual({ listing: kept, isAll: false });
      expect(lists.get('/a', kept.names)?.isAll).toBe(true);
    });

    it.each<[string, IListing]>([
      ['another group', listing('/b', 300)],
      ['a name more', listing('/a', 301)],
      ['a name less', listing('/a', 299)],
      ['another name', listing('/a', 300, 'axon')]
    ])('gives none for %s', (_, { path, names }) => {
      const lists = new KnownLists();
      keep(lists, listing('/a', 300));
      expect(lists.get(path, names)).toBeNull();
    });

    it('gives none where the list was cut off', () => {
      const lists = new KnownLists();
      const cut = { ...listing('/a', 300), total: 301 };
      keep(lists, cut);
      expect(lists.get('/a', cut.names)).toBeNull();
    });

    it('gives the newest lists only, of so many names together', () => {
      const lists = new KnownLists();
      const count = LIMITS.names / 2;
      const [a, b, c] = ['/a', '/b', '/c'].map(path => listing(path, count));
      [a, b, a, c].forEach(each => keep(lists, each));
      const known = [a, b, c].map(({ path, names }) => lists.get(path, names));
      expect(known.map(each => each?.listing)).toEqual([a, undefined, c]);
    });
  });

  describe('#replace()', () => {
    it('gives what HDF5 lists anew in place of what was kept, and of nothing else', () => {
      const lists = new KnownLists();
      const more = listing('/a', 301);
      const less = listing('/a', 300);
      lists.replace(less);
      expect(lists.get('/a', less.names)).toBeNull();
      keep(lists, more);
      lists.replace(less);
      const found = { listing: less, isAll: false };
      expect(lists.get('/a', more.names)).toEqual(found);
      const failure = { code: 'damaged', technical: '' } as const;
      lists.replace({ path: '/a', failure });
      expect(lists.get('/a', more.names)).toBeNull();
    });

    it('gives nothing by the names that stood in the group where there are others', () => {
      const lists = new KnownLists();
      const before = listing('/a', 300);
      const now = listing('/a', 301);
      keep(lists, before);
      lists.replace(now);
      expect(lists.get('/a', before.names)).toBeNull();
      expect(lists.get('/a', now.names)?.isAll).toBe(true);
    });
  });

  describe('#drop()', () => {
    it('forgets the list of a group', () => {
      const lists = new KnownLists();
      const kept = listing('/a', 300);
      keep(lists, kept);
      lists.drop('/a');
      expect(lists.get('/a', kept.names)).toBeNull();
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
