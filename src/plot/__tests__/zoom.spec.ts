import { zoomOf } from '../zoom';

describe('zoomOf()', () => {
  it('takes the ranges of a box that was dragged', () => {
    expect(
      zoomOf({
        'xaxis.range[0]': 1,
        'xaxis.range[1]': 2,
        'yaxis.range[0]': -70,
        'yaxis.range[1]': 30
      })
    ).toEqual({ x: [1, 2], y: [-70, 30] });
  });

  it('leaves the axes alone that did not change', () => {
    expect(zoomOf({ 'yaxis2.range': [3, 1] })).toEqual({ y2: [1, 3] });
  });

  it('shows the whole of an axis that is set to fit', () => {
    expect(zoomOf({ 'xaxis.autorange': true })).toEqual({ x: null });
  });

  it('passes over every other change', () => {
    expect(zoomOf({ dragmode: 'pan' })).toBeNull();
  });
});
