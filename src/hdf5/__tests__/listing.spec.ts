import { LIMITS } from '../limits';
import { listingOf, orderOf } from '../listing';

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

describe('#orderOf()', () => {
  it('numbers many names by their places in the file, those without one first', () => {
    const names = ['x', ...namesOf(LIMITS.namesAtOnce)];
    const order = orderOf(names, name =>
      name === 'x' ? undefined : 1e6 - Number(name.slice(5))
    );
    expect(order![0]).toBe(0);
    expect([...order!].slice(1)).toEqual([...names.keys()].slice(1).reverse());
  });

  it('tells nothing of few names, or where no place is known', () => {
    expect(orderOf(['dend_0', 'dend_1'], () => 800)).toBeNull();
    expect(orderOf(namesOf(1000), () => undefined)).toBeNull();
  });
});
