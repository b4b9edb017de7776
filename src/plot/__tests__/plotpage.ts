import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import type { IPlotly } from '../loader';
import { FigureModel } from '../model';
import { DrawPace } from '../pace';
import { PlotView } from '../plot';
import { DEFAULTS, FakePlotly, FakeSource } from './fakeplot';

/** The variable that the figures draw. */
export const V = '/results/VecRef/soma/v';

/** What waits for the next frame; a frame's id is its place, from 1. */
let frames: (FrameRequestCallback | null)[] = [];
const views: PlotView[] = [];

/** Let promises and frames run until nothing is left of either. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 30; round++) {
    for (let turn = 0; turn < 20; turn++) {
      await Promise.resolve();
    }
    const due = frames.filter(frame => frame !== null);
    frames = frames.map(() => null);
    if (due.length === 0) {
      return;
    }
    due.forEach(frame => frame?.(0));
  }
  throw new Error('the figure draws without end');
}

/** What a figure is tested with. */
export interface IGiven {
  paths?: string[];
  load?: () => Promise<IPlotly>;
  hidden?: boolean;
}

/** A figure in the page, after its first frame. */
export async function setUp(given: IGiven = {}) {
  const plotly = new FakePlotly();
  const source = new FakeSource();
  const model = new FigureModel(DEFAULTS);
  model.setPaths(given.paths ?? [V]);
  const owner = {};
  const themeChanged = new Signal<object, void>(owner);
  const load = jest.fn(given.load ?? (() => Promise.resolve(plotly)));
  const view = new PlotView({
    model,
    source,
    trans: nullTranslator.load('test'),
    sentence: failure => `Sentence of ${failure.code}.`,
    themeChanged,
    inPage: false,
    load
  });
  views.push(view);
  if (given.hidden) {
    view.hide();
  }
  Widget.attach(view, document.body);
  await settle();
  return { plotly, source, model, themeChanged, load, view };
}

/** The first element of a figure that a selector finds. */
export function one(view: PlotView, selector: string): HTMLElement {
  const found = view.node.querySelector<HTMLElement>(selector);
  if (!found) {
    throw new Error(`there is no ${selector}`);
  }
  return found;
}

/** The notes above a plot. */
export const notes = (view: PlotView): HTMLElement =>
  one(view, '.jp-NeuronvisioNotes');

/** What says that something is being read. */
export const busy = (view: PlotView): HTMLElement =>
  one(view, '.jp-NeuronvisioFigure-busy');

/** The element that plotly draws in. */
export const plot = (view: PlotView): HTMLElement =>
  one(view, '.jp-NeuronvisioFigure-plot');

/** Give the tests a page with a size, with frames that `settle` runs, and no word on the console. */
export function fakePage(): void {
  const errors: unknown[] = [];
  beforeEach(() => {
    frames = [];
    views.length = 0;
    errors.length = 0;
    // jsdom lays nothing out.
    jest.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(600);
    jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(400);
    jest
      .spyOn(window, 'requestAnimationFrame')
      .mockImplementation(callback => frames.push(callback));
    jest.spyOn(window, 'cancelAnimationFrame').mockImplementation(id => {
      frames[id - 1] = null;
    });
    // A slow machine draws slowly, for which the tests need not wait.
    jest.spyOn(DrawPace.prototype, 'wait').mockReturnValue(0);
    jest.spyOn(console, 'error').mockImplementation(error => {
      errors.push(error);
    });
  });

  afterEach(() => {
    views.forEach(view => view.dispose());
    jest.restoreAllMocks();
    expect(errors).toEqual([]);
  });
}
