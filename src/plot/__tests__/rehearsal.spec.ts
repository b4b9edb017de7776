import type * as Rehearsal from '../rehearsal';
import { FakePlotly } from './fakeplot';

let idle: (() => void)[] = [];
let rehearsal: typeof Rehearsal;
let plotly: FakePlotly;

/** Let the page have nothing to do. */
async function rest(): Promise<void> {
  idle.splice(0).forEach(callback => callback());
  for (let turn = 0; turn < 10; turn++) {
    await Promise.resolve();
  }
}

beforeEach(() => {
  idle = [];
  plotly = new FakePlotly();
  Object.assign(window, {
    requestIdleCallback: (callback: () => void) => idle.push(callback)
  });
  jest.resetModules();
  rehearsal = jest.requireActual('../rehearsal');
});

afterEach(() => {
  Reflect.deleteProperty(window, 'requestIdleCallback');
});

describe('rehearseSoon()', () => {
  it('should draw a figure when the page rests, and leave nothing of it', async () => {
    const react = jest.spyOn(plotly, 'react');
    const purge = jest.spyOn(plotly, 'purge');
    rehearsal.rehearseSoon(plotly);
    expect(react).not.toHaveBeenCalled();
    await rest();
    expect(react).toHaveBeenCalledTimes(1);
    const [node] = react.mock.calls[0];
    expect(purge).toHaveBeenCalledWith(node);
    expect(document.body.childElementCount).toBe(0);
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

  it('should draw once in a page', async () => {
    const react = jest.spyOn(plotly, 'react');
    rehearsal.rehearseSoon(plotly);
    rehearsal.rehearseSoon(plotly);
    await rest();
    expect(react).toHaveBeenCalledTimes(1);
  });

  it('should draw nothing where a figure was drawn meanwhile', async () => {
    const react = jest.spyOn(plotly, 'react');
    rehearsal.rehearseSoon(plotly);
    rehearsal.skipRehearsal();
    await rest();
    expect(react).not.toHaveBeenCalled();
  });

  it('should leave nothing behind where plotly fails', async () => {
    jest.spyOn(plotly, 'react').mockRejectedValue(new Error('no canvas'));
    rehearsal.rehearseSoon(plotly);
    await rest();
    expect(document.body.childElementCount).toBe(0);
  });
});
