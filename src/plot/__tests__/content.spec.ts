import { nullTranslator } from '@jupyterlab/translation';
import type { ITrace } from '../../refs/types';
import {
  figureContent,
  figureSummary,
  figureTexts,
  legendItems
} from '../content';
import { FigureModel } from '../model';
import { PAPER_THEME, traceStyle } from '../theme';
import { DEFAULTS, seriesOf, TEXTS, traceOf } from './fakeplot';

const V = '/results/VecRef/soma/v';
const CAI = '/results/VecRef/soma/cai';

function modelOf(...paths: string[]): FigureModel {
  const model = new FigureModel(DEFAULTS);
  model.setPaths(paths);
  return model;
}

function contentOf(model: FigureModel, traces: readonly ITrace[]) {
  return figureContent(
    model,
    path => traces.find(trace => trace.path === path) ?? null,
    PAPER_THEME,
    TEXTS,
    false
  );
}

/** A line that is 0 to 10 until x is 2, and far above after it. */
const SPIKE = traceOf(V, [seriesOf([0, 1, 2, 3, 4], [0, 10, 0, 1000, 5])]);

describe('#figureContent()', () => {
  it('should show the whole of x and of y at first', () => {
    const { layout } = contentOf(modelOf(V), [SPIKE]);
    expect(layout.xaxis.range).toEqual([0, 4]);
    expect(layout.yaxis.range).toEqual([-50, 1050]);
  });

  it('should let y follow what is in view', () => {
    const model = modelOf(V);
    model.setZoom({ x: [0, 2] });
    const { layout } = contentOf(model, [SPIKE]);
    expect(layout.xaxis.range).toEqual([0, 2]);
    expect(layout.yaxis.range).toEqual([-0.5, 10.5]);
  });

  it('should leave y where the user zoomed it', () => {
    const model = modelOf(V);
    model.setZoom({ x: [0, 2], y: [-1, 3] });
    expect(contentOf(model, [SPIKE]).layout.yaxis.range).toEqual([-1, 3]);
    model.setZoom({ x: [1, 4] });
    expect(contentOf(model, [SPIKE]).layout.yaxis.range).toEqual([-1, 3]);
    model.resetZoom();
    expect(contentOf(model, [SPIKE]).layout.yaxis.range).toEqual([-50, 1050]);
  });

  it('should find the range of each side from its own lines', () => {
    const model = modelOf(V, CAI);
    const cai = traceOf(CAI, [seriesOf([0, 8], [0, 1])]);
    const { layout } = contentOf(model, [SPIKE, cai]);
    expect(layout.xaxis.range).toEqual([0, 8]);
    expect(layout.yaxis.range).toEqual([-50, 1050]);
    expect(layout.yaxis2?.range).toEqual([-0.05, 1.05]);
    model.setZoom({ y2: [0, 9] });
    const zoomed = contentOf(model, [SPIKE, cai]).layout;
    expect(zoomed.yaxis.range).toEqual([-50, 1050]);
    expect(zoomed.yaxis2?.range).toEqual([0, 9]);
  });

  it('should leave y to plotly where nothing is in view', () => {
    const model = modelOf(V);
    model.setZoom({ x: [100, 200] });
    const { layout } = contentOf(model, [SPIKE]);
    expect(layout.xaxis.range).toEqual([100, 200]);
    expect(layout.yaxis.range).toBeUndefined();
  });

  it('should draw what was read and is not hidden', () => {
    const model = modelOf(V, CAI, '/results/VecRef/dend/v');
    model.toggleVisible(V);
    const { data } = contentOf(model, [SPIKE, traceOf(CAI)]);
    expect(data.map(line => line.name)).toEqual(['soma · cai']);
  });

  it('should keep the colour of a trace when another is hidden', () => {
    const model = modelOf(V, CAI);
    model.toggleVisible(V);
    const [line] = contentOf(model, [SPIKE, traceOf(CAI)]).data;
    expect(line.line.color).toBe(traceStyle(1, true).color);
  });

  it('should name a trace as the legend does, whatever else is hidden', () => {
    const other = '/results/Other/soma/v';
    const model = modelOf(V, other);
    model.toggleVisible(other);
    const [line] = contentOf(model, [SPIKE, traceOf(other)]).data;
    expect(line.name).toBe('VecRef · soma · v');
  });

  it('should have neither lines nor ranges as long as nothing was read', () => {
    const { data, layout } = contentOf(modelOf(V), []);
    expect(data).toEqual([]);
    expect(layout.xaxis.range).toBeUndefined();
    expect(layout.yaxis.range).toBeUndefined();
  });

  it('should draw points where the figure does', () => {
    const model = modelOf(V);
    model.setPoints(true);
    expect(contentOf(model, [SPIKE]).data[0].mode).toBe('markers');
  });
});

describe('the traces of several files', () => {
  const RUNS = [
    { id: 0, name: 'ctrl', file: 'ctrl.h5' },
    { id: 1, name: 'ttx', file: 'ttx.h5' }
  ];
  const ttx = traceOf(V, [seriesOf([0, 9], [-7, 20])]);
  const read = (key: string) =>
    key === V ? SPIKE : key === `1:${V}` ? ttx : null;

  it('should be drawn from the data of each, under the name of its run', () => {
    const model = modelOf(V);
    model.setRuns(RUNS);
    const { data, layout } = figureContent(
      model,
      read,
      PAPER_THEME,
      TEXTS,
      true
    );
    expect(data.map(line => line.name)).toEqual([
      'soma · v · ctrl',
      'soma · v · ttx'
    ]);
    expect(data.map(line => Array.from(line.x))).toEqual([
      [0, 1, 2, 3, 4],
      [0, 9]
    ]);
    expect(new Set(data.map(line => line.line.color)).size).toBe(2);
    expect(layout.xaxis.range).toEqual([0, 9]);
  });

  it('should each have a line in the legend, and be told in words', () => {
    const model = modelOf(V);
    model.setRuns(RUNS);
    expect(
      legendItems(model, read, true).map(({ key, variable, run }) => [
        key,
        variable,
        run
      ])
    ).toEqual([
      [V, 'soma · v', 'ctrl'],
      [`1:${V}`, 'soma · v', 'ttx']
    ]);
    model.toggleVisible(V);
    expect(figureSummary(model, read, nullTranslator.load('test'))).toBe(
      'Figure 1: soma · v · ttx; x from 0 to 9'
    );
  });
});

describe('#legendItems()', () => {
  it('should list every variable, read or not, in the look of its line', () => {
    const model = modelOf(V, CAI);
    model.toggleVisible(CAI);
    expect(legendItems(model, () => null, false)).toEqual([
      {
        key: V,
        label: 'soma · v',
        variable: 'soma · v',
        run: null,
        style: traceStyle(0, false),
        visible: true,
        columns: []
      },
      {
        key: CAI,
        label: 'soma · cai',
        variable: 'soma · cai',
        run: null,
        style: traceStyle(1, false),
        visible: false,
        columns: []
      }
    ]);
  });

  it('should list the columns of a variable in the looks of their lines', () => {
    const model = modelOf(V, CAI);
    model.setLines(V, 3);
    const columns = traceOf(
      V,
      [0, 1, 2].map(column => seriesOf([0, 1], [column, 1], { column }))
    );
    const traces = [columns, traceOf(CAI)];
    const [first, second] = legendItems(
      model,
      path => traces.find(trace => trace.path === path) ?? null,
      true
    );
    expect(first.columns.map(({ label }) => label)).toEqual([
      '[0]',
      '[1]',
      '[2]'
    ]);
    expect(second.columns).toEqual([]);
    const looks = [...first.columns, second].map(({ style }) => style);
    expect(
      contentOf(model, traces).data.map(({ line: { color, dash } }) => ({
        color,
        dash
      }))
    ).toEqual(looks);
    expect(new Set(looks.map(look => JSON.stringify(look))).size).toBe(4);
  });
});

describe('#figureSummary()', () => {
  const trans = nullTranslator.load('test');

  it('should tell what is drawn, and the range of x in view', () => {
    const model = modelOf(V, CAI);
    const traceOfPath = (path: string) => (path === V ? SPIKE : traceOf(CAI));
    expect(figureSummary(model, traceOfPath, trans)).toBe(
      'Figure 1: soma · v, soma · cai; x from 0 to 4'
    );
    model.setZoom({ x: [0.1 + 0.2, 1 / 3] });
    model.toggleVisible(CAI);
    expect(figureSummary(model, traceOfPath, trans)).toBe(
      'Figure 1: soma · v; x from 0.3 to 0.3333'
    );
  });

  it('should count the variables where there are many', () => {
    const paths = Array.from({ length: 8 }, (_, i) => `/results/g/s/v${i}`);
    expect(figureSummary(modelOf(...paths), () => null, trans)).toBe(
      'Figure 1: s · v0, s · v1, s · v2, s · v3, s · v4 and 3 more'
    );
  });
});

describe('#figureTexts()', () => {
  it('should name the group whose x it is', () => {
    const texts = figureTexts(nullTranslator.load('test'));
    expect(texts.xOf('Mine')).toBe('x of Mine');
    expect(texts.sampleIndex).toBe('sample index');
    expect(texts.assumed).toBe('assumed');
  });
});
