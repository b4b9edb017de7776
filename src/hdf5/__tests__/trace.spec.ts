/**
 * @jest-environment node
 */
import type { INodeFacts } from '../../refs/types';
import { axisFacts } from '../axis';
import { MemorySamples } from '../samples';
import { makeTrace } from '../trace';

const X = '/results/VecRef/x';
const V = '/results/VecRef/soma/v';

function factsOf(path: string, shape: number[], dtype: string): INodeFacts {
  return {
    path,
    kind: 'dataset',
    shape,
    dtype,
    valueClass: 'float',
    detail: '',
    units: null
  };
}

/** A trace of numbers as they are in a file of some types. */
function drawn(
  [xType, xs]: [string, ArrayLike<number>],
  [yType, ys]: [string, ArrayLike<number>],
  pixels: { readonly rows?: number } = {}
) {
  const shape = [ys.length];
  const x = new MemorySamples(Float64Array.from(xs));
  const y = new MemorySamples(Float64Array.from(ys));
  return makeTrace({
    request: {
      path: V,
      x: X,
      range: null,
      columns: 100,
      maxPoints: 1000,
      ...pixels
    },
    y: {
      facts: factsOf(V, shape, yType),
      line: () => ({ samples: y, exact: null })
    },
    x: { path: X, facts: factsOf(X, shape, xType) },
    axis: () => ({ samples: x, ...axisFacts(x) })
  }).series[0];
}

describe('makeTrace()', () => {
  it('tells floats of 32 bits by the shortest text that reads back as them', () => {
    const times = Float32Array.of(0, 0.1, 12.1, 100.7);
    const values = Float32Array.of(-65.3, 16777217, 0.3, 0.7);
    const { x, y, exact, exactX } = drawn(
      ['float32', times],
      ['float32', values]
    );
    expect(exactX).toEqual(['0', '0.1', '12.1', '100.7']);
    expect(exact).toEqual(['-65.3', '16777216', '0.3', '0.7']);
    // What is drawn are the numbers of the file.
    expect(Array.from(x)).toEqual(Array.from(times));
    expect(Array.from(y)).toEqual(Array.from(values));
    expect(exact?.map(text => Math.fround(Number(text)))).toEqual(
      Array.from(values)
    );
  });

  it('tells floats of 16 bits without digits that they do not have', () => {
    const half = 0.0999755859375;
    const { exact, exactX } = drawn(['float64', [1]], ['float16', [half]]);
    expect(exact).toEqual(['0.099976']);
    expect(exactX).toBeUndefined();
  });

  it('leaves floats of 64 bits to be told as they are', () => {
    const { exact, exactX } = drawn(
      ['float64', [12.100000000000001]],
      ['float64', [0.1]]
    );
    expect(exact).toBeNull();
    expect(exactX).toBeUndefined();
  });

  describe('of more samples than columns', () => {
    const length = 50_000;
    const times = Float64Array.from({ length }, (_, i) => i * 0.025);
    const values = Float64Array.from({ length }, (_, i) => Math.sin(i / 9000));

    it('leaves out points that lie on the line where its rows are known', () => {
      const full = drawn(['float64', times], ['float64', values]);
      const few = drawn(['float64', times], ['float64', values], { rows: 300 });
      expect(full.x.length).toBeGreaterThan(190);
      expect(few.x.length).toBeLessThan(100);
      const known = new Map(Array.from(times, (x, i) => [x, values[i]]));
      few.x.forEach((x, i) => expect(few.y[i]).toBe(known.get(x)));
      expect(Math.max(...few.y)).toBe(Math.max(...values));
      expect(Math.min(...few.y)).toBe(Math.min(...values));
    });

    it('gives each point that is left its own text', () => {
      const single = Float32Array.from(values);
      const { y, exact } = drawn(['float64', times], ['float32', single], {
        rows: 300
      });
      expect(exact?.map(text => Math.fround(Number(text)))).toEqual(
        Array.from(y)
      );
    });
  });

  it('leaves out none of the samples where all are drawn', () => {
    const times = Float64Array.from({ length: 90 }, (_, i) => i);
    const flat = new Float64Array(90);
    const { x } = drawn(['float64', times], ['float64', flat], { rows: 300 });
    expect(x).toEqual(times);
  });
});
