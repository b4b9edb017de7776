import { Matches } from '../matches';

const DEND = '/results/VecRef/dend_1';

describe('Matches', () => {
  describe('#test()', () => {
    it('should find each word in the group, the section, the name or the detail', () => {
      const matches = new Matches(['dend', 'vecref', 'v', 'middle'], new Set());
      expect(matches.test(DEND, 'v', 'in the middle')).toBe(true);
      expect(matches.test(DEND, 'v', '')).toBe(false);
      expect(matches.test(DEND, 'cai', 'in the middle')).toBe(true);
      expect(matches.test('/results/SynVecRef/soma', 'v', '')).toBe(false);
    });

    it('should take a word that is a name of a variable as a whole name', () => {
      const matches = new Matches(['v'], new Set(['v']));
      expect(matches.test(DEND, 'v', '')).toBe(true);
      expect(matches.test(DEND, 'vext', '')).toBe(false);
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
