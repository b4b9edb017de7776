/**
 * @jest-environment node
 */
import { bends } from '../bends';

const PIXELS = { columns: 1000, rows: 400 };

function line(y: ArrayLike<number>, x?: ArrayLike<number>) {
  return {
    x: Float64Array.from(x ?? Array.from({ length: y.length }, (_, i) => i)),
    y: Float64Array.from(y)
  };
}

/** An action potential that goes through a membrane now and then, on a slow wave. */
function spikes(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => {
    const s = Math.sin((i * 2 * Math.PI * 7) / length);
    return -65 + 4 * s + (90 * Math.max(s - 0.97, 0)) / 0.03;
  });
}

/** How far the points lie from the line through those kept, in pixel rows, at most. */
function farthest(points: ReturnType<typeof line>, kept: Int32Array): number {
  const { x, y } = points;
  const span = Math.max(...y) - Math.min(...y);
  let most = 0;
  for (let i = 1; i < kept.length; i++) {
    const [from, to] = [kept[i - 1], kept[i]];
    for (let at = from + 1; at < to; at++) {
      const part = (x[at] - x[from]) / (x[to] - x[from]);
      const drawn = y[from] + part * (y[to] - y[from]);
      most = Math.max(most, (Math.abs(drawn - y[at]) / span) * PIXELS.rows);
    }
  }
  return most;
}

describe('bends()', () => {
  it('should keep few points of a smooth line, which looks the same', () => {
    const points = line(spikes(2000));
    const kept = bends(points, PIXELS);
    expect(kept.length).toBeLessThan(800);
    expect(farthest(points, kept)).toBeLessThanOrEqual(1 / 8);
  });

  it('should keep a point every few columns of a straight line', () => {
    const kept = bends(line(new Float64Array(1001)), PIXELS);
    expect(kept).toEqual(Int32Array.from({ length: 251 }, (_, i) => i * 4));
  });

  it('should keep every sample at which y turns, however little', () => {
    const y = Float64Array.from({ length: 1000 }, (_, i) => i);
    y[500] = 498.999;
    const kept = [...bends(line(y), PIXELS)];
    expect(kept).toEqual(expect.arrayContaining([499, 500]));
  });

  it('should keep the value of a top that is flat', () => {
    const y = Float64Array.from({ length: 1000 }, (_, i) => i);
    y.fill(600.001, 601, 604);
    y[604] = 600;
    const kept = [...bends(line(y), PIXELS)];
    const values = kept.map(at => y[at]);
    expect(values).toEqual(expect.arrayContaining([600.001, 600]));
  });

  it('should keep everything of noise', () => {
    const y = Float64Array.from({ length: 500 }, (_, i) => (i % 2 ? i : -i));
    expect(bends(line(y), PIXELS)).toHaveLength(500);
  });

  it('should keep gaps, and the ends beside them', () => {
    const y = Float64Array.from({ length: 12 }, (_, i) => i);
    y.fill(NaN, 5, 6);
    const kept = [...bends(line(y), { columns: 4, rows: 400 })];
    expect(kept).toEqual([0, 4, 5, 6, 11]);
  });

  it('should keep gaps at the ends, and nothing but gaps', () => {
    expect([...bends(line([NaN, 1, 2, 3, NaN]), PIXELS)]).toContain(4);
    expect([...bends(line([NaN, 1, NaN]), PIXELS)]).toEqual([0, 1, 2]);
    expect([...bends(line([NaN, NaN]), PIXELS)]).toEqual([0, 1]);
    expect([...bends(line([]), PIXELS)]).toEqual([]);
    expect([...bends(line([7]), PIXELS)]).toEqual([0]);
  });

  it('should keep what does not lie in the order of x', () => {
    const back = line([0, 1, 2, 3, 4], [0, 1, 1, 0.5, 3]);
    expect([...bends(back, { columns: 1, rows: 400 })]).toEqual([
      0, 1, 2, 3, 4
    ]);
  });

  it.each([
    ['slopes beyond the numbers', [0, 0.025, 0.05], [0, 5.66e307, 8e307]],
    [
      'slopes too small for them',
      [1e308, 1.3e308, 1.6e308],
      [0, 5e-101, 1e-100]
    ],
    ['a span beyond them', [0, 1, 2, 3], [-1e308, -5e307, 5e307, 1.1e308]]
  ])('should keep everything of %s', (_, x, y) => {
    const kept = bends(line(y, x), { columns: 4, rows: 49 });
    expect(kept).toHaveLength(x.length);
  });
});
