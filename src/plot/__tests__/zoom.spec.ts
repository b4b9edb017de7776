import { ZoomedUnits, zoomOf } from '../zoom';

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

describe('ZoomedUnits', () => {
  const ZOOM = { x: [0, 1], y: [-80, -60], y2: [0, 1] } as const;

  it('keeps a zoom while its axis has a unit that it was made on', () => {
    const units = new ZoomedUnits();
    expect(units.stale(ZOOM, { y: ['mV'], y2: ['nA'] })).toBeNull();
    expect(units.stale(ZOOM, { y: ['mV'], y2: ['nA', 'uS'] })).toBeNull();
    expect(units.stale(ZOOM, { y: ['mV'], y2: ['uS'] })).toBeNull();
  });

  it('gives up the zoom of an axis that shows another unit', () => {
    const units = new ZoomedUnits();
    units.stale(ZOOM, { y: ['mV'], y2: ['nA'] });
    expect(units.stale(ZOOM, { y: ['nA'], y2: [] })).toEqual({ y: null });
    expect(units.stale(ZOOM, { y: ['nA'], y2: [''] })).toEqual({ y2: null });
  });

  it('remembers the unit of an axis that nothing is drawn on for a while', () => {
    const units = new ZoomedUnits();
    units.stale(ZOOM, { y: ['mV'], y2: [] });
    expect(units.stale(ZOOM, { y: [], y2: [] })).toBeNull();
    expect(units.stale(ZOOM, { y: ['mV'], y2: [] })).toBeNull();
    units.stale(ZOOM, { y: [], y2: [] });
    expect(units.stale(ZOOM, { y: ['nA'], y2: [] })).toEqual({ y: null });
  });

  it('has nothing to give up where there is no zoom', () => {
    const units = new ZoomedUnits();
    const whole = { x: null, y: null, y2: null };
    units.stale(whole, { y: ['mV'], y2: [] });
    expect(units.stale(whole, { y: ['nA'], y2: [] })).toBeNull();
  });
});
