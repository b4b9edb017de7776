import type * as Rehearsal from '../rehearsal';
import { FakePlotly } from './fakeplot';

/** What waits for the page to have nothing to do. */
let idle: IdleRequestCallback[] = [];
let rehearsal: typeof Rehearsal;
let plotly: FakePlotly;

/** Let the page have nothing to do for so many milliseconds. */
async function rest(free = 40): Promise<void> {
  const deadline = { didTimeout: false, timeRemaining: () => free };
  idle.splice(0).forEach(callback => callback(deadline));
  for (let turn = 0; turn < 10; turn++) {
    await Promise.resolve();
  }
}

/** Let it rest so often, and often again. */
async function restOften(): Promise<void> {
  for (let times = 0; times < 40; times++) {
    await rest();
  }
}

beforeEach(() => {
  idle = [];
  plotly = new FakePlotly();
  Object.assign(window, {
    requestIdleCallback: (callback: IdleRequestCallback) => idle.push(callback)
  });
  jest.resetModules();
  rehearsal = jest.requireActual('../rehearsal');
});

afterEach(() => {
  document.body.replaceChildren();
  Reflect.deleteProperty(window, 'requestIdleCallback');
});

describe('rehearseSoon()', () => {
  it('should draw a figure each time that the page rests, and leave nothing of them', async () => {
    const react = jest.spyOn(plotly, 'react');
    const purge = jest.spyOn(plotly, 'purge');
    rehearsal.rehearseSoon(plotly);
    expect(react).not.toHaveBeenCalled();
    await rest();
    expect(react).toHaveBeenCalledTimes(1);
    await rest();
    expect(react).toHaveBeenCalledTimes(2);
    await restOften();
    const [[node]] = react.mock.calls;
    const times = react.mock.calls.length;
    expect(times).toBeGreaterThan(10);
    expect(times).toBeLessThan(20);
    expect(purge).toHaveBeenCalledTimes(1);
    expect(purge).toHaveBeenCalledWith(node);
    expect(document.body.childElementCount).toBe(0);
  });

  it('should draw one line first, and then several, some of them as one', async () => {
    const react = jest.spyOn(plotly, 'react');
    rehearsal.rehearseSoon(plotly);
    await rest();
    await rest();
    const gaps = react.mock.calls.map(([, data]) =>
      data.map(({ y }) => y.filter(Number.isNaN).length)
    );
    expect(gaps[0]).toEqual([0]);
    expect(gaps[1]).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
  });

  it('should wait while the page has something to do soon', async () => {
    const react = jest.spyOn(plotly, 'react');
    rehearsal.rehearseSoon(plotly);
    await rest(13);
    await rest(13);
    expect(react).not.toHaveBeenCalled();
    await rest();
    expect(react).toHaveBeenCalledTimes(1);
  });

  it('should draw in the page, where nobody sees or hears of it', async () => {
    jest.spyOn(plotly, 'react').mockImplementation(node => {
      expect(node.isConnected).toBe(true);
      expect(node.getAttribute('aria-hidden')).toBe('true');
      expect(node.className).toBe('jp-NeuronvisioRehearsal');
      return Promise.resolve();
    });
    rehearsal.rehearseSoon(plotly);
    await rest();
    expect.assertions(3);
  });

  it('should rehearse once in a page', async () => {
    const react = jest.spyOn(plotly, 'react');
    rehearsal.rehearseSoon(plotly);
    rehearsal.rehearseSoon(plotly);
    await rest();
    expect(react).toHaveBeenCalledTimes(1);
    await restOften();
    const times = react.mock.calls.length;
    rehearsal.rehearseSoon(plotly);
    await restOften();
    expect(react).toHaveBeenCalledTimes(times);
  });

  it('should draw less for each figure that is drawn meanwhile, and at last nothing', async () => {
    const react = jest.spyOn(plotly, 'react');
    rehearsal.rehearseSoon(plotly);
    await rest();
    for (let times = 0; times < 20; times++) {
      rehearsal.noteDrawing(10);
    }
    await restOften();
    expect(react).toHaveBeenCalledTimes(1);
    expect(document.body.childElementCount).toBe(0);
  });

  it('should draw many lines all the same where only single ones were drawn meanwhile', async () => {
    const react = jest.spyOn(plotly, 'react');
    rehearsal.rehearseSoon(plotly);
    for (let times = 0; times < 20; times++) {
      rehearsal.noteDrawing(1);
    }
    await rest();
    expect(react.mock.calls[0][1]).toHaveLength(8);
    await restOften();
    expect(react.mock.calls.length).toBeGreaterThan(10);
  });

  it('should leave nothing behind where plotly fails', async () => {
    jest.spyOn(plotly, 'react').mockRejectedValue(new Error('no canvas'));
    rehearsal.rehearseSoon(plotly);
    await rest();
    expect(document.body.childElementCount).toBe(0);
  });
});
