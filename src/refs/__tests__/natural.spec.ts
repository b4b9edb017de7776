import { compareNatural, sortNatural } from '../natural';

describe('#sortNatural()', () => {
  it('should count numbers in names', () => {
    expect(sortNatural(['dend_10', 'dend_2', 'soma', 'dend_1'])).toEqual([
      'dend_1',
      'dend_2',
      'dend_10',
      'soma'
    ]);
  });

  it('should order every number of a name, and brackets alike', () => {
    expect(sortNatural(['a2b10', 'a10b1', 'a2b9', 'd[10]', 'd[9]'])).toEqual([
      'a2b9',
      'a2b10',
      'a10b1',
      'd[9]',
      'd[10]'
    ]);
  });

  it('should not look at the letter case before the code units', () => {
    expect(sortNatural(['b', 'a', 'B', 'A', 'C'])).toEqual([
      'A',
      'a',
      'B',
      'b',
      'C'
    ]);
  });

  it('should keep names apart that differ in zeros in front only', () => {
    const names = ['d_7', 'd_007', 'd_07', 'd_8'];
    expect(sortNatural(names)).toEqual(['d_007', 'd_07', 'd_7', 'd_8']);
    expect(sortNatural([...names].reverse())).toEqual(sortNatural(names));
  });

  it('should compare numbers that are longer than any number type', () => {
    const long = '9'.repeat(400);
    expect(sortNatural([`a1${long}`, `a${long}`])).toEqual([
      `a${long}`,
      `a1${long}`
    ]);
  });

  it('should leave the names that it was given as they are', () => {
    const names = Object.freeze(['b', 'a']);
    sortNatural(names);
    expect(names).toEqual(['b', 'a']);
  });
});

describe('#compareNatural()', () => {
  it('should be 0 for the same name alone', () => {
    expect(compareNatural('dend_2', 'dend_2')).toBe(0);
    expect(compareNatural('dend_2', 'dend_10')).toBeLessThan(0);
    expect(compareNatural('Dend_2', 'dend_2')).toBeLessThan(0);
  });
});
