import { FigureEntries } from '../entries';
import { OPENED } from '../runs';

const trace = (path: string) => ({ key: path, path, run: OPENED });
const [A, B, C] = ['/a', '/b', '/c'].map(trace);

let entries: FigureEntries;

beforeEach(() => {
  entries = new FigureEntries();
  entries.draw([A, B]);
});

const slots = () => entries.all.map(entry => entry.slots);

describe('FigureEntries', () => {
  describe('#draw()', () => {
    it('should give each trace the first place that is free', () => {
      expect(slots()).toEqual([[0], [1]]);
      entries.draw([B, C]);
      expect(entries.all.map(({ path }) => path)).toEqual(['/b', '/c']);
      expect(slots()).toEqual([[1], [0]]);
    });

    it('should keep hidden what was hidden', () => {
      entries.toggle('/b');
      entries.draw([B, A]);
      expect(entries.all.map(({ visible }) => visible)).toEqual([false, true]);
    });
  });

  describe('#toggle()', () => {
    it('should hide one trace, and show it again', () => {
      entries.toggle('/a');
      expect(entries.all.map(({ visible }) => visible)).toEqual([false, true]);
      entries.toggle('/a');
      expect(entries.all.map(({ visible }) => visible)).toEqual([true, true]);
    });
  });

  describe('#setLines()', () => {
    it('should give further lines places beside all others', () => {
      expect(entries.setLines('/a', 3)).toBe(true);
      expect(slots()).toEqual([[0, 2, 3], [1]]);
    });

    it('should change nothing where there are as many, or no such trace', () => {
      const before = entries.all;
      expect(entries.setLines('/a', 1)).toBe(false);
      expect(entries.setLines('/c', 2)).toBe(false);
      expect(entries.all).toBe(before);
    });
  });

  describe('#setSlots()', () => {
    it('should give those named their places, and leave the others', () => {
      entries.setSlots(new Map([['/a', 7]]));
      expect(slots()).toEqual([[7], [1]]);
    });
  });
});
