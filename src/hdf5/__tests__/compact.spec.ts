import { CompactSamples } from '../compact';

/** Whether samples are, bit by bit, the numbers that they were made of. */
function isExact(numbers: Float64Array): boolean {
  const samples = CompactSamples.from(numbers);
  return (
    samples !== null &&
    samples.length === numbers.length &&
    numbers.every((value, i) => Object.is(samples.at(i), value))
  );
}

describe('CompactSamples', () => {
  describe('.from()', () => {
    it('keeps times that were multiplied', () => {
      expect(
        isExact(Float64Array.from({ length: 50_000 }, (_, i) => i * 0.025))
      ).toBe(true);
    });

    it('keeps times that were added up, as simulators do', () => {
      const times = new Float64Array(50_000);
      for (let i = 1; i < times.length; i++) {
        times[i] = times[i - 1] + 0.025;
      }
      expect(isExact(times)).toBe(true);
    });

    it('keeps times that begin below zero only if it can keep them exactly', () => {
      const times = Float64Array.from(
        { length: 5000 },
        (_, i) => (i - 2500) * 0.1
      );
      const samples = CompactSamples.from(times);
      const same =
        samples === null || times.every((t, i) => Object.is(samples.at(i), t));
      expect(same).toBe(true);
    });

    it('takes an eighth of the room or less', () => {
      const times = Float64Array.from({ length: 100_000 }, (_, i) => i * 0.025);
      const bytes = CompactSamples.from(times)?.byteLength ?? Infinity;
      expect(bytes).toBeLessThan(times.byteLength / 8);
    });

    it('keeps samples of which a few are not even', () => {
      const numbers = Float64Array.from({ length: 60_000 }, (_, i) => i * 0.1);
      numbers.set([3, 1, NaN, -0, Infinity], 700);
      numbers.set([1e300, -1e-300], 50_000);
      expect(isExact(numbers)).toBe(true);
    });

    it.each([0, 1, 2, 3, 15, 200, 15_000])(
      'keeps samples that are up to %i units off a line',
      farthest => {
        const numbers = Float64Array.from({ length: 5000 }, (_, i) => 6e5 + i);
        const bits = new BigInt64Array(numbers.buffer);
        bits.forEach((value, i) => {
          const off = Math.round(farthest * Math.sin(i * i));
          bits[i] = i % 1024 === 0 ? value : value + BigInt(off);
        });
        expect(isExact(numbers)).toBe(true);
      }
    );

    it.each([
      [
        'uneven steps',
        Float64Array.from({ length: 3000 }, (_, i) => Math.sqrt(i))
      ],
      ['a number that is none', Float64Array.from([0, 1, NaN, 3])],
      ['an infinite one', Float64Array.from([0, 1, Infinity])],
      ['minus zero', Float64Array.from([-0, 1, 2])]
    ])('refuses %s, or keeps it exactly', (_, numbers) => {
      const samples = CompactSamples.from(numbers);
      const same =
        samples === null ||
        numbers.every((n, i) => Object.is(samples.at(i), n));
      expect(same).toBe(true);
    });
  });

  describe('#window()', () => {
    it('gives a part', () => {
      const times = Float64Array.from({ length: 5000 }, (_, i) => i * 0.025);
      const samples = CompactSamples.from(times);
      expect(samples?.window(1000, 3000)).toEqual(times.slice(1000, 3000));
    });
  });
});
