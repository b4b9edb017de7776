import { NodeMap } from '../nodemap';

const SOMA = '/results/VecRef/soma';

describe('NodeMap', () => {
  it('should keep one thing a node, and tell of those below another', () => {
    const map = new NodeMap<number>();
    map.set(`${SOMA}/v`, 1);
    map.set(`${SOMA}/cai`, 2);
    map.set(SOMA, 3);
    map.set(`${SOMA}/v`, 4);
    expect(map.get(`${SOMA}/v`)).toBe(4);
    expect(map.get(SOMA)).toBe(3);
    expect([...map.below(SOMA)!]).toEqual([
      ['v', 4],
      ['cai', 2]
    ]);
    expect([...map.paths()].sort()).toEqual([SOMA, `${SOMA}/cai`, `${SOMA}/v`]);
  });

  it('should have nothing of what was taken away', () => {
    const map = new NodeMap<number>();
    map.set(`${SOMA}/v`, 1);
    map.set('/', 2);
    map.delete(`${SOMA}/v`);
    expect(map.has(`${SOMA}/v`)).toBe(false);
    expect(map.get('/')).toBe(2);
    map.clear();
    expect(map.has('/')).toBe(false);
    expect([...map.paths()]).toEqual([]);
  });
});
