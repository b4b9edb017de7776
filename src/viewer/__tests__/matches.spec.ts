import { Matches } from '../matches';

const DEND = '/results/VecRef/dend_1';

describe('Matches', () => {
  describe('#test()', () => {
    it('should find each word in the group, the section, the name or the detail', () => {
      const matches = new Matches(['dend', 'vecref', 'v', 'middle'], new Set());
      const above = matches.above(DEND);
      expect(matches.test(above, 'v', 'in the middle')).toBe(true);
      expect(matches.test(above, 'v', '')).toBe(false);
      expect(matches.test(above, 'cai', 'in the middle')).toBe(true);
      const other = matches.above('/results/SynVecRef/soma');
      expect(matches.test(other, 'v', 'in the middle')).toBe(false);
    });

    it('should find words in the detail of what is above', () => {
      const matches = new Matches(['amp', '0.4', 'v'], new Set(['v']));
      const above = (detail: string) => matches.above('/results/run_1', detail);
      expect(matches.test(above('amp = 0.4'), 'v', '')).toBe(true);
      expect(matches.test(above('amp = 0.42'), 'v', '')).toBe(false);
      expect(matches.test(above(''), 'v', '')).toBe(false);
    });

    it('should not take a parameter of a run for the variable of that name', () => {
      const matches = new Matches(['v', '65'], new Set(['v']));
      const above = matches.above('/results/run_1', 'v_init = -65, v = 1');
      expect(matches.test(above, 'v', '')).toBe(true);
      expect(matches.test(above, 'cai', '')).toBe(false);
    });

    it('should take a word that is a name of a variable as a whole name', () => {
      const matches = new Matches(['v'], new Set(['v']));
      expect(matches.test(matches.above(DEND), 'v', '')).toBe(true);
      expect(matches.test(matches.above(DEND), 'vext', '')).toBe(false);
    });
  });

  describe('#aboveSection()', () => {
    it('should be what is above the variables of a section, by its name alone', () => {
      const matches = new Matches(['vecref', 'dend', '1', 'cai'], new Set());
      const group = matches.above('/results/VecRef');
      expect(group).toBe(0b0001);
      expect(matches.aboveSection(group, 'dend_1')).toBe(0b0111);
      expect(matches.above(DEND)).toBe(0b0111);
    });
  });

  describe('#isNear()', () => {
    it('should tell whether a name of a section has one of the words', () => {
      const matches = new Matches(['dend', 'v'], new Set(['v']));
      expect(matches.isNear(DEND)).toBe(true);
      expect(matches.isNear('/results/VecRef/soma')).toBe(false);
    });
  });
});
