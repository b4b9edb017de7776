import { PromiseDelegate } from '@lumino/coreutils';
import type { IFigure } from '../figure';
import { buildFigure } from '../figure';
import type { IPlotConfig, IPlotly } from '../loader';
import { Plotter } from '../plotter';
import { PAPER_THEME } from '../theme';
import { FakePlotly, TEXTS, traceOf } from './fakeplot';

const SIZE = { width: 600, height: 400 };

/** A figure of so many lines. */
function figure(
  lines: number,
  range: readonly [number, number] | null = null
): IFigure {
  const traces = Array.from({ length: lines }, (_, index) => ({
    trace: traceOf(`/results/VecRef/dend_${index}/v`),
    label: `dend_${index} · v`,
    slots: [index]
  }));
  const options = {
    points: false,
    lineWidth: 1,
    range,
    showLegend: false,
    texts: TEXTS
  };
  return buildFigure(traces, options, PAPER_THEME);
}

function setUp(
  load: (plotly: IPlotly) => Promise<IPlotly> = plotly =>
    Promise.resolve(plotly),
  betweenFrames = false
) {
  const plotly = new FakePlotly();
  const actions = { changed: jest.fn(), doubleClicked: jest.fn() };
  const plotter = new Plotter({
    node: document.createElement('div'),
    load: () => load(plotly),
    betweenFrames,
    config: () => ({ scrollZoom: true }) as IPlotConfig,
    actions
  });
  return { plotly, plotter, actions };
}

describe('Plotter', () => {
  describe('#load()', () => {
    it('loads plotly once', async () => {
      const load = jest.fn((plotly: IPlotly) => Promise.resolve(plotly));
      const { plotly, plotter } = setUp(load);
      expect(plotter.plotly).toBeNull();
      await plotter.load();
      await plotter.load();
      expect(load).toHaveBeenCalledTimes(1);
      expect(plotter.plotly).toBe(plotly);
    });

    it('tries again after a failure', async () => {
      let isGone = true;
      const { plotter } = setUp(plotly =>
        isGone ? Promise.reject(new Error('gone')) : Promise.resolve(plotly)
      );
      await expect(plotter.load()).rejects.toThrow('gone');
      isGone = false;
      await plotter.load();
      expect(plotter.plotly).not.toBeNull();
    });

    it('keeps nothing that comes after the end', async () => {
      const loaded = new PromiseDelegate<IPlotly>();
      const { plotly, plotter } = setUp(() => loaded.promise);
      const loading = plotter.load();
      plotter.dispose();
      loaded.resolve(plotly);
      await loading;
      expect(plotter.plotly).toBeNull();
      expect(plotly.purged).toBe(0);
    });
  });

  describe('#draw()', () => {
    it('measures no labels of x that fit, and all that may not', async () => {
      const { plotly, plotter } = setUp();
      await plotter.load();
      await plotter.draw(figure(1, [0, 400]), SIZE);
      const flat = { tickangle: 0, automargin: false };
      expect(plotly.last.layout.xaxis).toMatchObject(flat);
      await plotter.draw(figure(1, [161_473.2, 161_473.9]), SIZE);
      expect(plotly.last.layout.xaxis).toMatchObject({ automargin: true });
      expect(plotly.last.layout.xaxis).not.toHaveProperty('tickangle');
    });

    it('draws in its size, with the tool that was chosen', async () => {
      const { plotly, plotter, actions } = setUp();
      await plotter.load();
      await plotter.draw(figure(1), SIZE);
      expect(plotly.last.layout).toMatchObject({ ...SIZE, dragmode: 'zoom' });
      plotly.emit('plotly_relayout', { dragmode: 'pan' });
      expect(actions.changed).toHaveBeenLastCalledWith(null, 'pan');
      await plotter.draw(figure(1), SIZE);
      expect(plotly.last.layout.dragmode).toBe('pan');
    });

    it('has plotly change what is there, which it does for the same settings only', async () => {
      const { plotly, plotter } = setUp();
      await plotter.load();
      await plotter.draw(figure(1), SIZE);
      await plotter.draw(figure(2), SIZE);
      const [first, second] = plotly.drawings;
      expect(second.data).toHaveLength(2);
      expect(second.config).toBe(first.config);
    });

    it('draws a few lines at once, and many in a task of their own', async () => {
      const { plotly, plotter } = setUp();
      await plotter.load();
      const few = plotter.draw(figure(2), SIZE);
      expect(plotly.drawings).toHaveLength(1);
      await few;
      const many = plotter.draw(figure(100), SIZE);
      await Promise.resolve();
      expect(plotly.drawings).toHaveLength(1);
      await many;
      expect(plotly.drawings).toHaveLength(2);
    });

    it('gives plotly the lines of one look as one trace', async () => {
      const { plotly, plotter } = setUp();
      await plotter.load();
      await plotter.draw(figure(100), SIZE);
      // Eight colours, each with four dashes.
      expect(plotly.last.data).toHaveLength(32);
      const names = new Set(
        plotly.last.data.flatMap(({ hovertemplate }) =>
          (hovertemplate as readonly string[])
            .filter(text => text !== '')
            .map(text => text.split('<br>')[0])
        )
      );
      expect(names.size).toBe(100);
    });

    it("draws between frames where the frames are the page's", async () => {
      const { plotly, plotter } = setUp(undefined, true);
      await plotter.load();
      const drawing = plotter.draw(figure(1), SIZE);
      await Promise.resolve();
      expect(plotly.drawings).toEqual([]);
      await drawing;
      expect(plotly.drawings).toHaveLength(1);
    });

    it('does not draw what its end came before', async () => {
      const { plotly, plotter } = setUp();
      await plotter.load();
      const drawing = plotter.draw(figure(100), SIZE);
      plotter.dispose();
      await drawing;
      expect(plotly.drawings).toEqual([]);
    });

    it('tells of the zoom and the double-click', async () => {
      const { plotly, plotter, actions } = setUp();
      await plotter.load();
      await plotter.draw(figure(1), SIZE);
      plotly.emit('plotly_relayout', { 'xaxis.range': [0, 1] });
      plotly.emit('plotly_doubleclick');
      expect(actions.changed).toHaveBeenCalledWith({ x: [0, 1] }, null);
      expect(actions.doubleClicked).toHaveBeenCalledTimes(1);
    });
  });

  describe('#dispose()', () => {
    it('frees the plot once, and tells of nothing more', async () => {
      const { plotly, plotter, actions } = setUp();
      await plotter.load();
      await plotter.draw(figure(1), SIZE);
      plotter.dispose();
      plotter.dispose();
      plotly.emit('plotly_relayout', { 'xaxis.range': [0, 1] });
      plotly.emit('plotly_doubleclick');
      expect(plotly.purged).toBe(1);
      expect(plotter.isDisposed).toBe(true);
      expect(actions.changed).not.toHaveBeenCalled();
      expect(actions.doubleClicked).not.toHaveBeenCalled();
    });
  });
});
