import { joinRanges, valueRange, withMargin } from '../range';

const line = (x: number[], y: number[]) => ({
  x: Float64Array.from(x),
  y: Float64Array.from(y)
});

describe('valueRange()', () => {
  it('holds every value, with room above and below', () => {
    const [low, high] = valueRange([line([0, 1], [-65, 35])], null)!;
    expect(low).toBeCloseTo(-70);
    expect(high).toBeCloseTo(40);
  });

  it('looks only at what is in view', () => {
    const [low, high] = valueRange([line([0, 1, 2], [0, 10, 1000])], [0, 1])!;
    expect(low).toBeCloseTo(-0.5);
    expect(high).toBeCloseTo(10.5);
  });

  it('leaves gaps out of account', () => {
    const range = valueRange([line([0, 1, 2], [1, NaN, 2])], null)!;
    expect(range[0]).toBeCloseTo(0.95);
  });

  it('has no range without a finite value', () => {
    expect(valueRange([line([0], [NaN])], null)).toBeNull();
  });

  it('gives a constant some room', () => {
    const [low, high] = valueRange([line([0, 1], [0, 0])], null)!;
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
  });

  it('stays finite at the end of the numbers', () => {
    const range = valueRange([line([0, 1], [-1.7e308, 1.7e308])], null)!;
    expect(range.every(Number.isFinite)).toBe(true);
  });
});

describe('joinRanges()', () => {
  it('holds all ranges and passes over what has none', () => {
    expect(joinRanges([[0, 40], null, [-5, 10]])).toEqual([-5, 40]);
    expect(joinRanges([null])).toBeNull();
  });
});

describe('withMargin()', () => {
  it('adds half the width on each side', () => {
    expect(withMargin([10, 20])).toEqual([5, 25]);
  });
});
