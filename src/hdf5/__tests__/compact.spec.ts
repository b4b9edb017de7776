import { axisFacts } from '../axis';
import { CompactSamples } from '../compact';
import { MemorySamples } from '../samples';

/** Samples of numbers, which are the same whether it is known that they rise or not. */
function compact(numbers: Float64Array): CompactSamples | null {
  const samples = CompactSamples.from(numbers, false);
  if (axisFacts(new MemorySamples(numbers)).monotone) {
    expect(CompactSamples.from(numbers, true)).toEqual(samples);
  }
  return samples;
}

/** Whether samples are, bit by bit, the numbers that they were made of. */
function isExact(numbers: Float64Array): boolean {
  const samples = compact(numbers);
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
      const samples = compact(times);
      const same =
        samples === null || times.every((t, i) => Object.is(samples.at(i), t));
      expect(same).toBe(true);
    });

    it.each([
      ['over powers of two', 0.9, 1e-4],
      ['of which some are the same', 3, 1e-17],
      ['that are tiny', 1e-310, 1e-313],
      ['that are nearly none', 1e-300, 1e-303],
      ['that are huge', 1e300, 1e297],
      ['below zero', -1000, 0.1]
    ])('keeps rising times %s', (_, first, step) => {
      const times = Float64Array.from(
        { length: 20_000 },
        (__, i) => first + i * step
      );
      expect(axisFacts(new MemorySamples(times)).monotone).toBe(true);
      expect(isExact(times)).toBe(true);
    });

    it('takes an eighth of the room or less', () => {
      const times = Float64Array.from({ length: 100_000 }, (_, i) => i * 0.025);
      const bytes = compact(times)?.byteLength ?? Infinity;
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
      const samples = compact(numbers);
      const same =
        samples === null ||
        numbers.every((n, i) => Object.is(samples.at(i), n));
      expect(same).toBe(true);
    });
  });

  describe('#window()', () => {
    it('gives a part', () => {
      const times = Float64Array.from({ length: 5000 }, (_, i) => i * 0.025);
      const samples = compact(times);
      expect(samples?.window(1000, 3000)).toEqual(times.slice(1000, 3000));
    });
  });
});
