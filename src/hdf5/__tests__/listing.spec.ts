import { LIMITS } from '../limits';
import { listingOf } from '../listing';

const namesOf = (count: number) =>
  Array.from({ length: count }, (_, i) => `dend_${i}`);

describe('#listingOf()', () => {
  it('gives the names in natural order', () => {
    expect(listingOf('/a', ['dend_10', 'dend_2', 'x'])).toEqual({
      path: '/a',
      names: ['dend_2', 'dend_10', 'x'],
      total: 3
    });
  });

  it('lists all of a hundred thousand sections and their x', () => {
    const { names, total } = listingOf('/a', [...namesOf(100_000), 'x']);
    expect(total).toBe(100_001);
    expect(names).toHaveLength(100_001);
    expect(names.slice(-2)).toEqual(['dend_99999', 'x']);
  });

  it('tells how many there are where they are too many, and keeps x', () => {
    const { names, total } = listingOf('/a', [
      ...namesOf(LIMITS.names + 5),
      'x'
    ]);
    expect(total).toBe(LIMITS.names + 6);
    expect(names).toHaveLength(LIMITS.names + 1);
    expect(names[LIMITS.names]).toBe('x');
  });
});
