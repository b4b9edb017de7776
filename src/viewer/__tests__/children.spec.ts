import { Children } from '../children';

describe('Children', () => {
  describe('#namesInFile', () => {
    it('should be in the order of the file where that is known, else as listed', () => {
      const names = ['a', 'b', 'c'];
      const known = new Children('/g', names, 3, Uint32Array.of(2, 0, 1));
      expect(known.isOrderKnown).toBe(true);
      expect(known.namesInFile).toEqual(['c', 'a', 'b']);
      const unknown = new Children('/g', names, 3);
      expect(unknown.isOrderKnown).toBe(false);
      expect(unknown.namesInFile).toEqual(names);
    });
  });

  describe('#pathInFile()', () => {
    it('should lead to the name at a place in the file', () => {
      const children = new Children('/g', ['a', 'b'], 2, Uint32Array.of(1, 0));
      expect(children.pathInFile(0)).toBe('/g/b');
      expect(children.pathInFile(1)).toBe('/g/a');
      expect(children.pathInFile(0)).toBe('/g/b');
      expect(new Children('/', ['a'], 1).pathInFile(0)).toBe('/a');
    });
  });
});
