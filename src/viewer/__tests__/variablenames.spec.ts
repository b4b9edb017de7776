import { VariableNames } from '../variablenames';

describe('VariableNames', () => {
  describe('#note()', () => {
    it('should tell once that a word is the name of a variable', () => {
      const names = new VariableNames(['v', 'dend']);
      expect(names.note('cai')).toBe(false);
      expect(names.note('V')).toBe(true);
      expect(names.note('V')).toBe(false);
      expect(names.note('v')).toBe(false);
      expect([...names.all]).toEqual(['cai', 'v']);
    });
  });
});
