import { MAX_HEIGHT, ROW_HEIGHT, RowScroll } from '../rowscroll';

const VIEW = 480;

/** More rows than a browser can scroll through at their height. */
const MANY = 2_000_000;

describe('RowScroll', () => {
  describe('#height', () => {
    it('should be that of the rows, up to what browsers scroll through', () => {
      expect(new RowScroll(200_000, VIEW).height).toBe(4_800_000);
      expect(new RowScroll(MANY, VIEW).height).toBe(MAX_HEIGHT);
      expect(new RowScroll(0, VIEW).height).toBe(0);
    });
  });

  describe('#range()', () => {
    it('should be the rows in view, with some more on both sides', () => {
      const scroll = new RowScroll(1000, VIEW);
      expect(scroll.range(0, 6)).toEqual([0, 26]);
      expect(scroll.range(2400, 6)).toEqual([94, 126]);
      expect(scroll.range(23_520, 6)).toEqual([974, 1000]);
    });

    it('should be the last rows where fewer are left than were scrolled past', () => {
      expect(new RowScroll(30, VIEW).range(60_000, 6)).toEqual([4, 30]);
      expect(new RowScroll(3, VIEW).range(60_000, 6)).toEqual([0, 3]);
      expect(new RowScroll(0, VIEW).range(60_000, 6)).toEqual([0, 0]);
    });

    it('should come to the last of any number of rows', () => {
      const scroll = new RowScroll(MANY, VIEW);
      expect(scroll.range(0, 0)).toEqual([0, 20]);
      expect(scroll.range(MAX_HEIGHT - VIEW, 0)).toEqual([MANY - 20, MANY]);
      const [middle] = scroll.range((MAX_HEIGHT - VIEW) / 2, 0);
      expect(middle).toBe(MANY / 2 - 10);
    });
  });

  describe('#place()', () => {
    it('should not depend on the scrolling while the rows fit', () => {
      const scroll = new RowScroll(1000, VIEW);
      expect(scroll.place(7, 0)).toBe(168);
      expect(scroll.place(7, 100.4)).toBe(168);
    });

    it('should be in view for every row in view, however many there are', () => {
      const scroll = new RowScroll(MANY, VIEW);
      for (const top of [0, 1, 9_876_543, MAX_HEIGHT - VIEW]) {
        const [begin, end] = scroll.range(top, 0);
        expect(scroll.place(begin, top)).toBeGreaterThan(top - ROW_HEIGHT);
        expect(scroll.place(begin, top)).toBeLessThanOrEqual(top + 1);
        expect(scroll.place(end - 1, top)).toBeLessThanOrEqual(top + VIEW);
        expect(scroll.place(begin + 1, top) - scroll.place(begin, top)).toBe(
          ROW_HEIGHT
        );
      }
    });
  });

  describe('#reveal()', () => {
    it('should leave the scrolling alone where the row is in view', () => {
      const scroll = new RowScroll(1000, VIEW);
      expect(scroll.reveal(100, 2400)).toBe(2400);
      expect(scroll.reveal(119, 2400)).toBe(2400);
    });

    it('should scroll up or down as little as it takes', () => {
      const scroll = new RowScroll(1000, VIEW);
      expect(scroll.reveal(99, 2400)).toBe(2376);
      expect(scroll.reveal(120, 2400)).toBe(2424);
    });

    it('should bring any of many rows wholly into view', () => {
      const scroll = new RowScroll(MANY, VIEW);
      for (const index of [0, 1, 1_234_567, MANY - 1]) {
        for (const from of [0, MAX_HEIGHT - VIEW]) {
          const top = scroll.reveal(index, from);
          const below = scroll.place(index, top) - top;
          expect(below).toBeGreaterThanOrEqual(-1);
          expect(below).toBeLessThanOrEqual(VIEW - ROW_HEIGHT + 1);
        }
      }
    });
  });
});
