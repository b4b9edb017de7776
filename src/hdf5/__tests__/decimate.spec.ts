/**
 * @jest-environment node
 */
import type { Metadata } from 'h5wasm';
import type { IAxis } from '../axis';
import { axisFacts, indexAxis } from '../axis';
import { GAP } from '../bucket';
import type { IViewport } from '../decimate';
import { decimate } from '../decimate';
import { Extremes } from '../extremes';
import { MemorySamples, StreamedSamples } from '../samples';
import { Slabs } from '../slabs';

function samples(values: ArrayLike<number>): MemorySamples {
  return new MemorySamples(Float64Array.from(values));
}

function axis(values: ArrayLike<number>): IAxis {
  const x = samples(values);
  return { samples: x, ...axisFacts(x) };
}

function wave(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => Math.sin(i / 500));
}

function noise(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => (i * 7919) % 101);
}

/** Samples that are read slab by slab out of bytes. */
function streamedSamples(
  bytes: Uint8Array,
  slabLength: number,
  read: (from: number, to: number) => void = () => undefined,
  extremes?: Extremes
): StreamedSamples {
  return new StreamedSamples(
    {
      slabs: new Slabs(16 << 20).of({}, 'v'),
      length: bytes.length / 8,
      slabLength,
      metadata: FLOAT64,
      read: (from, to) => {
        read(from, to);
        return bytes.slice(from * 8, to * 8);
      }
    },
    extremes
  );
}

function extremesOf(y: Float64Array): Extremes {
  const extremes = new Extremes(y.length);
  extremes.add(y);
  return extremes;
}

const FLOAT64 = { type: 1, size: 8, signed: true } as Metadata;
const ALL = { range: null, columns: 400, maxPoints: 5000 };

describe('axisFacts()', () => {
  it('knows an x that only grows', () => {
    expect(axisFacts(samples([0, 1, 1, 5]))).toEqual({
      monotone: true,
      extent: [0, 5],
      withoutX: 0
    });
  });

  it('counts what is not finite, and finds the extent of the rest', () => {
    expect(axisFacts(samples([3, NaN, -1, Infinity, 2]))).toEqual({
      monotone: false,
      extent: [-1, 3],
      withoutX: 2
    });
  });

  it('knows that nothing has no extent', () => {
    expect(axisFacts(samples([NaN])).extent).toBeNull();
    expect(axisFacts(samples([])).extent).toBeNull();
  });
});

describe('decimate()', () => {
  it('sends all samples where they fit', () => {
    const { indices, reduced } = decimate(
      samples(wave(1600)),
      indexAxis(1600),
      ALL
    );
    expect([...indices]).toEqual([...Array(1600).keys()]);
    expect(reduced).toBe(false);
  });

  it('keeps to the most points allowed', () => {
    const y = wave(100_000).map((value, i) => (i % 7 === 0 ? NaN : value));
    for (const maxPoints of [50, 333, 4000]) {
      const view = { range: null, columns: 2000, maxPoints };
      const { indices, reduced } = decimate(
        samples(y),
        indexAxis(y.length),
        view
      );
      expect(indices.length).toBeLessThanOrEqual(maxPoints);
      expect(reduced).toBe(true);
    }
  });

  it('keeps a spike of one sample, up or down, at every zoom', () => {
    const length = 200_000;
    const y = wave(length);
    const up = 123_457;
    const down = 123_555;
    y[up] = 50;
    y[down] = -50;
    const x = axis(Float64Array.from({ length }, (_, i) => i * 0.025));
    for (let width = length; width > 4; width /= 1.7) {
      for (const spike of [up, down]) {
        for (const place of [0, 0.3, 0.999]) {
          const from = (spike - width * place) * 0.025;
          const range = [from, from + width * 0.025] as const;
          const view = { range, columns: 700, maxPoints: 20_000 };
          expect([...decimate(samples(y), x, view).indices]).toContain(spike);
        }
      }
    }
  });

  it('keeps first, least, greatest and last of a column, in their order', () => {
    const y = wave(40_000);
    y[150] = 9;
    y[120] = -9;
    const { indices } = decimate(samples(y), indexAxis(40_000), {
      range: null,
      columns: 100,
      maxPoints: 10_000
    });
    expect([...indices].slice(0, 5)).toEqual([0, 120, 150, 399, 400]);
    expect([...indices]).toEqual([...indices].sort((a, b) => a - b));
    expect(indices[indices.length - 1]).toBe(39_999);
  });

  it('takes one sample beyond either edge', () => {
    const x = axis([0, 10, 20, 30, 40, 50]);
    const y = samples([1, 2, 3, 4, 5, 6]);
    const seen = (range: [number, number]) => [
      ...decimate(y, x, { ...ALL, range }).indices
    ];
    expect(seen([15, 35])).toEqual([1, 2, 3, 4]);
    expect(seen([20, 30])).toEqual([1, 2, 3, 4]);
    expect(seen([22, 23])).toEqual([2, 3]);
    expect(seen([-5, 5])).toEqual([0, 1]);
    expect(seen([35, 15])).toEqual([1, 2, 3, 4]);
  });

  it('marks a gap once, however long it is', () => {
    const y = samples([1, NaN, Infinity, -Infinity, 2, NaN, 3]);
    const { indices } = decimate(y, indexAxis(7), ALL);
    expect([...indices]).toEqual([0, GAP, 4, GAP, 6]);
  });

  it('keeps a gap that is wider than a column, and one inside a column', () => {
    const y = wave(100_000);
    y.fill(NaN, 20_000, 40_000);
    y[70_007] = NaN;
    const picked = [...decimate(samples(y), indexAxis(y.length), ALL).indices];
    const gaps = picked.flatMap((index, i) => (index === GAP ? [i] : []));
    expect(gaps.map(i => [picked[i - 1], picked[i + 1]])).toEqual([
      [19_999, 40_000],
      [expect.any(Number), expect.any(Number)]
    ]);
    const [before, after] = [picked[gaps[1] - 1], picked[gaps[1] + 1]];
    expect(before).toBeLessThan(70_007);
    expect(after).toBeGreaterThan(70_007);
  });

  it('breaks the line where x is not finite', () => {
    const x = axis([0, NaN, 2, 3]);
    const { indices } = decimate(samples([5, 6, 7, 8]), x, ALL);
    expect([...indices]).toEqual([0, GAP, 2, 3]);
  });

  it('keeps spikes of an x that turns back', () => {
    const length = 50_000;
    const x = axis(Float64Array.from({ length }, (_, i) => Math.sin(i / 9000)));
    const y = wave(length);
    y[33_333] = 70;
    expect(x.monotone).toBe(false);
    expect([...decimate(samples(y), x, ALL).indices]).toContain(33_333);
    const at = x.samples.at(33_333);
    const range = [at - 0.001, at + 0.001] as const;
    expect([...decimate(samples(y), x, { ...ALL, range }).indices]).toContain(
      33_333
    );
  });

  describe('against an x that starts again and again', () => {
    const SWEEP = 1000;
    const length = 300 * SWEEP;
    const x = axis(Float64Array.from({ length }, (_, i) => (i % SWEEP) / 10));
    const y = Float64Array.from(x.samples.window(0, length), t => t % 7);
    const spike = 123 * SWEEP + 500;
    y[spike] = 40;
    const range = [49, 51] as const;
    const shown = (view: Partial<IViewport>) =>
      decimate(samples(y), x, { ...ALL, range, ...view });
    const isInside = (i: number) =>
      x.samples.at(i) >= 49 && x.samples.at(i) <= 51;

    it('draws every sample in sight, and what leads to and from it', () => {
      const { indices, reduced } = shown({ maxPoints: 20_000 });
      const wanted = Array.from({ length }, (_, i) => i).filter(
        i =>
          isInside(i) ||
          [i - 1, i + 1].some(j => j >= 0 && j < length && isInside(j)) ||
          i % SWEEP === 0 ||
          i % SWEEP === SWEEP - 1
      );
      // The first begins and the last ends where no line leads through the range.
      expect([...indices]).toEqual(wanted.filter(i => i > 0 && i < length - 1));
      expect(reduced).toBe(false);
    });

    it('finds the least and greatest in sight where there are too many', () => {
      const { indices, reduced } = shown({ maxPoints: 500 });
      expect(reduced).toBe(true);
      expect(indices.length).toBeLessThanOrEqual(500);
      expect(indices).toContain(spike);
      expect([...indices].every(isInside)).toBe(true);
    });

    it('draws all in sight where only what lies beyond is too much', () => {
      const view = { range: [40, 60] as const, sight: range, maxPoints: 8000 };
      const { indices } = shown(view);
      const inside = indices.filter(isInside);
      expect(inside).toHaveLength(300 * 21);
    });

    it('draws the same of samples that are not in memory', () => {
      const streamed = streamedSamples(new Uint8Array(y.buffer), 999);
      for (const maxPoints of [500, 20_000]) {
        const view = { ...ALL, range, maxPoints };
        expect(decimate(streamed, x, view)).toEqual(shown({ maxPoints }));
      }
    });

    it('draws lines through what no sample lies in', () => {
      const jumps = axis([0, 100, 0, 20, 100]);
      const values = samples([1, 2, 3, 4, 5]);
      const picks = decimate(values, jumps, { ...ALL, range });
      expect([...picks.indices]).toEqual([0, 1, 2, 3, 4]);
    });

    it('breaks the line at what has no place', () => {
      const holes = Float64Array.from([0, 50, NaN, 50, 100, 0, 50]);
      const values = samples([1, 2, 3, 4, 5, 6, NaN]);
      const picks = decimate(values, axis(holes), { ...ALL, range });
      expect([...picks.indices]).toEqual([0, 1, GAP, 3, 4, 5, GAP]);
    });
  });

  it('gives nothing of an x in any order with nothing in the range', () => {
    const x = axis([3, 1, 2]);
    const view = { ...ALL, range: [7, 8] as const };
    expect(decimate(samples([1, 2, 3]), x, view).indices).toHaveLength(0);
  });

  it('draws the whole of a variable that is constant or nowhere', () => {
    const flat = new Float64Array(20_000).fill(3.25);
    const { indices } = decimate(samples(flat), indexAxis(20_000), ALL);
    expect(indices[0]).toBe(0);
    expect(indices[indices.length - 1]).toBe(19_999);
    const nowhere = new Float64Array(20_000).fill(NaN);
    expect([
      ...decimate(samples(nowhere), indexAxis(20_000), ALL).indices
    ]).toEqual([GAP]);
  });

  it('draws the same of samples that are read slab by slab', () => {
    const y = wave(30_000);
    y[17_000] = 80;
    y.fill(NaN, 9_990, 10_010);
    const bytes = new Uint8Array(y.buffer);
    const streamed = streamedSamples(bytes, 999);
    const x = indexAxis(y.length);
    expect(decimate(streamed, x, ALL)).toEqual(decimate(samples(y), x, ALL));
    expect(streamed.at(17_000)).toBe(80);
    expect(axisFacts(streamed)).toEqual(axisFacts(samples(y)));
  });

  it('keeps all of each pixel column in sight, and less of what lies beyond', () => {
    const y = wave(100_000);
    y[50_123] = 3;
    y[20_456] = -3;
    const x = indexAxis(y.length);
    const view = {
      range: [0, 99_999],
      columns: 400,
      maxPoints: 20_000
    } as const;
    const sight = [25_000, 74_999] as const;
    const { indices } = decimate(samples(y), x, { ...view, sight });
    const between = ([low, high]: readonly [number, number]) =>
      indices.filter(i => i >= low && i < high).length;
    // Nearly all columns rise or fall: their first and last samples are the least and the greatest.
    expect(between(sight)).toBeGreaterThanOrEqual(800);
    expect(between([0, 25_000])).toBeLessThan(130);
    expect(between([75_000, 100_000])).toBeLessThan(130);
    expect([...indices]).toEqual(expect.arrayContaining([50_123, 20_456]));
  });

  it('loses no column in sight to rounding', () => {
    const y = noise(20_000);
    const times = Float64Array.from(
      { length: y.length },
      (_, i) => -10.280350489774737 + (i * 48.292566461301) / 20_000
    );
    const range = [-10.280350489774737, 38.012215971526246] as const;
    const sight = [6.356135722701455, 27.30437082595609] as const;
    const view = { range, sight, columns: 7, maxPoints: 5000 };
    const { indices } = decimate(samples(y), axis(times), view);
    const width = (sight[1] - sight[0]) / 7;
    for (let column = 0; column < 7; column++) {
      const inside = [...indices].filter(
        i => Math.floor((times[i] - sight[0]) / width) === column
      );
      expect(inside.length).toBeGreaterThanOrEqual(4);
    }
  });

  it('shares out the samples of an x in no order evenly, in sight and beyond', () => {
    const length = 100_000;
    const y = noise(length);
    const back = axis(Float64Array.from({ length }, (_, i) => -i));
    const view = {
      range: [-99_999, 0],
      columns: 400,
      maxPoints: 20_000
    } as const;
    const sight = [-74_999, -25_000] as const;
    const { indices } = decimate(samples(y), back, { ...view, sight });
    const quarters = [0, 1, 2, 3].map(
      quarter =>
        indices.filter(i => Math.floor((i * 4) / length) === quarter).length
    );
    quarters.forEach(count => expect(count).toBeGreaterThan(700));
  });

  it('takes a sight that is not in the range for all of it', () => {
    const y = wave(1093);
    const sight = [72, 78] as const;
    const view = {
      range: [83, 89],
      sight,
      columns: 1,
      maxPoints: 5000
    } as const;
    const times = Float64Array.from({ length: 1093 }, (_, i) => 100 - i / 10);
    const { indices } = decimate(samples(y), axis(times), view);
    expect([...indices]).toEqual([...indices].sort((a, b) => a - b));
  });

  it('draws every sample of a zoom that has few', () => {
    const y = wave(100_000);
    const sight = [40_000, 42_500] as const;
    const view = {
      range: [38_750, 43_750],
      sight,
      columns: 1024,
      maxPoints: 20_000
    } as const;
    const { indices, reduced } = decimate(
      samples(y),
      indexAxis(y.length),
      view
    );
    expect(reduced).toBe(false);
    expect(indices.length).toBe(5003);
  });

  it('stays within the most points, in sight and beyond', () => {
    const y = noise(100_000);
    const sight = [30_000, 60_000] as const;
    const view = { range: [15_000, 75_000], sight, columns: 800 } as const;
    const at = (maxPoints: number) =>
      decimate(samples(y), indexAxis(y.length), { ...view, maxPoints }).indices;
    expect(at(20_000).length).toBeGreaterThan(3600);
    expect(at(1000).length).toBeLessThanOrEqual(1000);
    expect(at(1000).length).toBeGreaterThan(900);
  });

  it('leaves of ten million samples what their columns hold', () => {
    const y = samples(wave(10_000_000));
    const x = indexAxis(10_000_000);
    const view = { range: null, columns: 1500, maxPoints: 20_000 };
    const { indices } = decimate(y, x, view);
    expect(indices.length).toBeGreaterThan(3000);
    expect(indices.length).toBeLessThanOrEqual(6002);
  });

  describe('with the extremes of pieces', () => {
    const length = 300_001;
    const y = wave(length);
    y[123_457] = 50;
    y[123_555] = -50;
    y.fill(NaN, 20_000, 40_000);
    y.fill(NaN, 60_416, 61_440);
    y[70_007] = Infinity;
    const x = axis(Float64Array.from({ length }, (_, i) => i * 0.025));
    const views = [1, 3, 17, 100, 5000].map(part => ({
      range: [1000 - 500 / part, 1000 + 6500 / part] as const,
      columns: 100,
      maxPoints: 5000
    }));

    it.each([{ ...ALL, columns: 100 }, ...views])(
      'chooses the same samples: %j',
      view => {
        const known = new MemorySamples(y, extremesOf(y));
        expect(decimate(known, x, view)).toEqual(decimate(samples(y), x, view));
      }
    );

    it('reads next to nothing of samples that are not in memory', () => {
      const smooth = wave(3_000_000);
      smooth[1_234_567] = 50;
      smooth[1_234_600] = -50;
      let moved = 0;
      const streamed = streamedSamples(
        new Uint8Array(smooth.buffer),
        4096,
        (from, to) => (moved += to - from),
        extremesOf(smooth)
      );
      const index = indexAxis(smooth.length);
      const view = { ...ALL, range: [1000, 2_999_000] as const };
      const { indices } = decimate(streamed, index, view);
      expect([...indices]).toEqual(
        expect.arrayContaining([1_234_567, 1_234_600])
      );
      indices.forEach(i => expect(streamed.at(i)).toBe(smooth[i]));
      expect(moved).toBeLessThanOrEqual(4 * 4096);
    });

    it('reads once what is zoomed into', () => {
      const reads: [number, number][] = [];
      const streamed = streamedSamples(
        new Uint8Array(y.buffer),
        4096,
        (from, to) => reads.push([from, to]),
        extremesOf(y)
      );
      const view = { ...ALL, range: [150_000, 170_000] as const };
      const index = indexAxis(length);
      const { indices } = decimate(streamed, index, view);
      expect(indices).toEqual(decimate(samples(y), index, view).indices);
      indices.forEach(i => streamed.at(i));
      expect(reads).toHaveLength(1);
    });

    it('reads at once what is zoomed into, beside it too', () => {
      const many = 1_900_000;
      const values = wave(many);
      const reads: [number, number][] = [];
      const streamed = streamedSamples(
        new Uint8Array(values.buffer),
        many,
        (from, to) => reads.push([from, to]),
        extremesOf(values)
      );
      const sight = [475_000, 1_425_000] as const;
      const view = { range: [0, many - 1], sight, columns: 512 } as const;
      decimate(streamed, indexAxis(many), { ...view, maxPoints: 20_000 });
      expect(reads.length).toBeLessThanOrEqual(2);
    });

    it('keeps what is sparse at one end of uneven times', () => {
      const many = 1_500_000;
      const sparse = 1000;
      const times = Float64Array.from({ length: many }, (_, i) =>
        i < many - sparse ? i * 1e-6 : 2 + (i - many + sparse) * 0.02
      );
      const values = wave(many);
      const streamed = streamedSamples(
        new Uint8Array(values.buffer),
        4096,
        undefined,
        extremesOf(values)
      );
      const view = { range: null, columns: 200, maxPoints: 5000 };
      const late = ({ indices }: { indices: Int32Array }) =>
        indices.filter(index => index >= many - sparse);
      const expected = late(decimate(samples(values), axis(times), view));
      expect(expected.length).toBeGreaterThan(300);
      expect(late(decimate(streamed, axis(times), view))).toEqual(expected);
    });
  });
});
