import type { IKeptSamples } from '../arraycache';
import { ArrayCache } from '../arraycache';
import { MemorySamples } from '../samples';

const samples = new MemorySamples(new Float64Array(0));
const few: IKeptSamples = { samples, byteLength: 10 };

function many(byteLength: number): IKeptSamples {
  return { samples, byteLength, less: () => few };
}

describe('ArrayCache', () => {
  const owner = {};
  let cache: ArrayCache;

  const bytesOf = (path: string) =>
    (cache.get(owner, path) as IKeptSamples | undefined)?.byteLength;

  beforeEach(() => {
    cache = new ArrayCache(1000, 100);
  });

  describe('#set()', () => {
    it('keeps less of the oldest before any goes', () => {
      cache.set(owner, '/x', { samples, byteLength: 500 });
      cache.set(owner, '/a', many(400));
      cache.set(owner, '/b', many(400));
      expect(bytesOf('/x')).toBe(500);
      expect(cache.get(owner, '/a')).toBe(few);
      expect(bytesOf('/b')).toBe(400);
    });

    it('keeps less of the newest where that leaves the others in place', () => {
      cache.set(owner, '/x', { samples, byteLength: 900 });
      cache.set(owner, '/a', many(400));
      expect(bytesOf('/x')).toBe(900);
      expect(cache.get(owner, '/a')).toBe(few);
    });

    it('lets the oldest go, and never the newest', () => {
      cache.set(owner, '/a', { samples, byteLength: 600 });
      cache.set(owner, '/b', { samples, byteLength: 300 });
      cache.get(owner, '/a');
      cache.set(owner, '/c', { samples, byteLength: 1200 });
      expect(cache.get(owner, '/a')).toBeUndefined();
      expect(cache.get(owner, '/b')).toBeUndefined();
      expect(bytesOf('/c')).toBe(1200);
    });
  });

  describe('#drop()', () => {
    it('lets go of the arrays of one file', () => {
      cache.set(owner, '/a', few);
      cache.set({}, '/a', few);
      cache.drop(owner);
      expect(cache.get(owner, '/a')).toBeUndefined();
    });
  });
});
