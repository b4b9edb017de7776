/**
 * @jest-environment node
 */
import { LIMITS } from '../limits';
import { Slabs } from '../slabs';

const slab = (bytes: number) => new Uint8Array(bytes);

describe('Slabs', () => {
  const [file, other] = [{}, {}];
  let slabs: Slabs;
  beforeEach(() => {
    slabs = new Slabs(1000);
  });

  describe('#of()', () => {
    it('keeps the slabs of lines of one name in two files apart', () => {
      slabs.of(file, '/v:0').set(0, slab(10));
      expect(slabs.of(other, '/v:0').get(0)).toBeUndefined();
      expect(slabs.of(file, '/v:0').get(0)).toHaveLength(10);
    });

    it('lets go of the slab of any file that was used longest ago where they are too many bytes', () => {
      slabs.of(file, '/v:0').set(0, slab(400));
      slabs.of(other, '/v:0').set(0, slab(400));
      slabs.of(file, '/v:0').get(0);
      slabs.of(file, '/v:0').set(1, slab(400));
      expect(slabs.of(other, '/v:0').get(0)).toBeUndefined();
      expect(slabs.of(file, '/v:0').get(0)).toHaveLength(400);
      expect(slabs.of(file, '/v:0').get(1)).toHaveLength(400);
    });

    it('counts a slab once that is read again', () => {
      const line = slabs.of(file, '/v:0');
      line.set(0, slab(500));
      line.set(1, slab(400));
      line.set(1, slab(400));
      expect(line.get(0)).toHaveLength(500);
    });

    it('keeps one slab that is larger than all that is kept', () => {
      const line = slabs.of(file, '/v:0');
      line.set(0, slab(2000));
      expect(line.get(0)).toHaveLength(2000);
    });

    it('has no more read at once than half of what is kept, nor than a step', () => {
      expect(slabs.of(file, '/v:0').atOnce).toBe(500);
      const large = new Slabs(100 * LIMITS.step);
      expect(large.of(file, '/v:0').atOnce).toBe(LIMITS.step);
    });
  });

  describe('#renew()', () => {
    it('lets go of what is too much from then on', () => {
      const line = slabs.of(file, '/v:0');
      line.set(0, slab(400));
      line.set(1, slab(400));
      slabs.renew(500);
      expect(line.get(0)).toBeUndefined();
      expect(line.get(1)).toHaveLength(400);
    });
  });

  describe('#drop()', () => {
    it('lets go of the slabs of one file', () => {
      slabs.of(file, '/v:0').set(0, slab(600));
      slabs.of(other, '/v:0').set(0, slab(400));
      slabs.drop(file);
      expect(slabs.of(file, '/v:0').get(0)).toBeUndefined();
      slabs.of(other, '/v:0').set(1, slab(600));
      expect(slabs.of(other, '/v:0').get(0)).toHaveLength(400);
    });
  });
});
