import { Signal } from '@lumino/signaling';
import type { IResultSource } from '../../hdf5/source';
import type { IFileSummary, IListing, NodeListing } from '../../refs/types';
import { Forerunner } from '../forerunner';

const SUMMARY: IFileSummary = {
  kind: 'results',
  size: 1,
  access: 'ranges',
  rootNames: []
};

const GROUPS: IListing = {
  path: '/results',
  names: ['a', 'b'],
  total: 2,
  unchecked: true
};

/** A reader that notes what is done with it, and where its file is. */
interface IReader {
  readonly path: () => string;
  readonly relisted: Signal<unknown, NodeListing>;
  readonly open: jest.Mock<Promise<IFileSummary>, [boolean?]>;
  readonly dispose: jest.Mock<void, []>;
}

let readers: IReader[];
/** What their openings find. */
let found: IFileSummary;
let forerunner: Forerunner;

beforeEach(() => {
  jest.useFakeTimers();
  readers = [];
  found = SUMMARY;
  forerunner = new Forerunner(path => {
    const reader: IReader = {
      path,
      relisted: new Signal<unknown, NodeListing>({}),
      open: jest.fn(async () => found),
      dispose: jest.fn<void, []>()
    };
    readers.push(reader);
    return reader as unknown as IResultSource;
  });
});

afterEach(() => {
  jest.runAllTimers();
  jest.useRealTimers();
});

/** Begin a file, and let the time go by in which a tab could have taken it. */
function beginInVain(path: string): void {
  forerunner.begin(path);
  jest.advanceTimersByTime(3_000);
}

describe('Forerunner', () => {
  describe('#begin()', () => {
    it('should open the file ahead of its tab', () => {
      forerunner.begin('sims/a.h5');
      expect(readers[0].path()).toBe('sims/a.h5');
      expect(readers[0].open).toHaveBeenCalledWith(true);
    });

    it('should open it once where it is pressed on again', () => {
      forerunner.begin('a.h5');
      forerunner.begin('a.h5');
      expect(readers).toHaveLength(1);
    });

    it('should close it when another is begun', () => {
      forerunner.begin('a.h5');
      forerunner.begin('b.h5');
      expect(readers[0].dispose).toHaveBeenCalledTimes(1);
      expect(readers[1].dispose).not.toHaveBeenCalled();
    });

    it('should close it when no tab comes for it', () => {
      beginInVain('a.h5');
      expect(readers[0].dispose).toHaveBeenCalledTimes(1);
      expect(forerunner.take(() => 'a.h5')).toBeNull();
    });

    it('should give up where tabs do not come', () => {
      beginInVain('a.h5');
      beginInVain('b.h5');
      forerunner.begin('c.h5');
      expect(readers).toHaveLength(2);
    });

    it('should go on where tabs come again, be it for others', () => {
      beginInVain('a.h5');
      beginInVain('b.h5');
      forerunner.take(() => 'c.h5');
      beginInVain('d.h5');
      forerunner.begin('e.h5');
      expect(readers).toHaveLength(4);
    });

    it('should leave what goes wrong to whoever takes it', async () => {
      const wrong = new Error('gone');
      forerunner = new Forerunner(
        () =>
          ({
            relisted: new Signal({}),
            open: () => Promise.reject(wrong),
            dispose: () => undefined
          }) as unknown as IResultSource
      );
      forerunner.begin('a.h5');
      const begun = forerunner.take(() => 'a.h5');
      await expect(begun?.summary).rejects.toBe(wrong);
    });
  });

  describe('#take()', () => {
    it('should give nothing of what was not begun', () => {
      expect(forerunner.take(() => 'a.h5')).toBeNull();
      forerunner.begin('a.h5');
      expect(forerunner.take(() => 'b.h5')).toBeNull();
    });

    it('should give the open file to one tab, which it is then left to', async () => {
      forerunner.begin('a.h5');
      const begun = forerunner.take(() => 'a.h5');
      expect(await begun?.summary).toBe(SUMMARY);
      expect(begun?.source).toBe(readers[0]);
      expect(forerunner.take(() => 'a.h5')).toBeNull();
      jest.advanceTimersByTime(60_000);
      expect(readers[0].dispose).not.toHaveBeenCalled();
    });

    it('should give what is open at once', async () => {
      forerunner.begin('a.h5');
      await Promise.resolve();
      expect(forerunner.take(() => 'a.h5')?.summary).toBe(SUMMARY);
    });

    it.each<[string, NodeListing, IListing | undefined]>([
      [
        'take over a list that was checked before there was a tab',
        { path: '/results', names: ['b', 'a'], total: 2 },
        { path: '/results', names: ['b', 'a'], total: 2 }
      ],
      [
        'forget a list that could not be checked',
        {
          path: '/results',
          failure: {
            code: 'node-unreadable',
            path: '/results',
            technical: 'none'
          }
        },
        undefined
      ],
      [
        'leave another list alone',
        { path: '/results/a', names: [], total: 0 },
        GROUPS
      ]
    ])('should %s', async (_, late, groups) => {
      found = { ...SUMMARY, groups: GROUPS };
      const expected = { ...SUMMARY, ...(groups && { groups }) };
      forerunner.begin('a.h5');
      readers[0].relisted.emit(late);
      const begun = forerunner.take(() => 'a.h5');
      expect(await begun?.summary).toEqual(expected);
      forerunner.begin('b.h5');
      await Promise.resolve();
      readers[1].relisted.emit(late);
      expect(forerunner.take(() => 'b.h5')?.summary).toEqual(expected);
    });

    it('should have the file followed where it is renamed', () => {
      let path = 'a.h5';
      forerunner.begin(path);
      forerunner.take(() => path);
      path = 'b.h5';
      expect(readers[0].path()).toBe('b.h5');
    });
  });
});
