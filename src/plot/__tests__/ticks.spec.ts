import { labelsFit } from '../ticks';

describe('labelsFit()', () => {
  it.each([
    ['of a run of 400 ms', [0, 400], 500, true],
    ['of a long run', [0, 250_000], 500, true],
    ['with a sign', [-250_000, 0], 500, false],
    ['of a part of a long run', [161_473.2, 161_473.9], 500, false],
    ['whose last would be cut', [161_473.2, 161_473.9], 1400, false],
    ['of a part of a shorter run', [473.2, 473.9], 900, true],
    ['that are powers of ten', [1_234_501, 1_234_511], 1400, false],
    ['that are tiny', [0, 1e-7], 500, false],
    ['of a narrow plot', [0, 250_000], 200, false],
    ['of a range that is none', [1, 1], 500, false],
    ['of a range that is not known', [], 500, false]
  ])('should know labels %s', (_, range, width, fits) => {
    expect(labelsFit(range, { width, margin: 30 }, 12)).toBe(fits);
  });
});
