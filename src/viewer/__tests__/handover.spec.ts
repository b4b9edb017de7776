import { leaveDrawn, takeDrawn } from '../handover';

const V = '/results/VecRef/soma/v';

afterEach(() => {
  jest.restoreAllMocks();
  localStorage.clear();
});

describe('#takeDrawn()', () => {
  it('should give what was left for the file, once', () => {
    leaveDrawn('a.h5', [V]);
    expect(takeDrawn('b.h5')).toEqual([]);
    expect(takeDrawn('a.h5')).toEqual([V]);
    expect(takeDrawn('a.h5')).toEqual([]);
  });

  it('should give nothing that was left long ago', () => {
    leaveDrawn('a.h5', [V]);
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + 61_000);
    expect(takeDrawn('a.h5')).toEqual([]);
  });

  it('should live with anything else under its name', () => {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    localStorage.setItem('jupyterlab-neuronvisio:draw', '{');
    expect(takeDrawn('a.h5')).toEqual([]);
    localStorage.setItem(
      'jupyterlab-neuronvisio:draw',
      JSON.stringify({ path: 'a.h5', time: Date.now(), drawn: [1, V] })
    );
    expect(takeDrawn('a.h5')).toEqual([V]);
  });
});
