import { CheckError } from '../../refs/checks';
import type { IKeptFigure, TakeTexts } from '../kept';
import {
  keepFigure,
  MAX_KEPT_PATHS,
  readKeptFigure,
  restoreFigure
} from '../kept';
import { FigureModel } from '../model';
import { traceKey } from '../runs';
import { DEFAULTS } from './fakeplot';

const A = '/results/VecRef/soma/v';
const B = '/results/VecRef/soma/cai';
const runs = (...ids: number[]) =>
  ids.map(id => ({ id, name: `run_${id}`, file: `run_${id}.h5` }));

const all: TakeTexts = texts => [...texts];

const figure = () => new FigureModel(DEFAULTS);

/** A figure of two variables of two files, changed in every way. */
function changed(): FigureModel {
  const model = figure();
  model.setRuns(runs(0, 7));
  model.setX('index');
  model.setPaths([A, B]);
  model.remove(traceKey(7, A));
  model.toggleVisible(traceKey(0, B));
  model.setLegend(false);
  model.setPoints(true);
  model.setZoom({ x: [1, 2], y: [-70, -60] });
  return model;
}

const KEPT: IKeptFigure = {
  id: 1,
  paths: [A, B],
  leftOut: 0,
  drawn: [
    [0, 0, 0],
    [1, 0, 2],
    [1, 1, 3]
  ],
  hidden: [[1, 0]],
  removed: [[0, 1]],
  legend: false,
  points: true,
  x: 'index',
  zoom: { x: [1, 2], y: [-70, -60], y2: null }
};

const shown = ({ entries, legend, points, x, zoom }: FigureModel) => ({
  traces: entries.map(({ key, visible, slots }) => ({ key, visible, slots })),
  legend,
  points,
  x,
  zoom
});

describe('keepFigure()', () => {
  it('should keep what the figure shows, by the places of variables and files', () => {
    expect(keepFigure(changed(), all, [0, 7])).toEqual(KEPT);
  });

  it('should count the variables that there is no room for', () => {
    const model = figure();
    model.setPaths([A, B]);
    expect(keepFigure(model, texts => texts.slice(0, 1), [0])).toMatchObject({
      paths: [A],
      leftOut: 1
    });
  });
});

describe('restoreFigure()', () => {
  it('should show it again where the files have other numbers', () => {
    const model = figure();
    model.setRuns(runs(0, 3));
    restoreFigure(model, KEPT, [0, 3]);
    expect(shown(model)).toEqual({
      ...shown(changed()),
      traces: [
        { key: A, visible: true, slots: [0] },
        { key: B, visible: false, slots: [2] },
        { key: traceKey(3, B), visible: true, slots: [3] }
      ]
    });
  });

  it('should go by what is there of the files and the variables', () => {
    const model = figure();
    restoreFigure(
      model,
      {
        ...KEPT,
        hidden: [
          [1, 0],
          [9, 0]
        ],
        removed: [
          [0, 1],
          [0, 9]
        ]
      },
      [0, undefined]
    );
    expect(model.entries.map(({ key, visible }) => ({ key, visible }))).toEqual(
      [
        { key: A, visible: true },
        { key: B, visible: false }
      ]
    );
  });

  it('should remember how many variables were not kept, until others are chosen', () => {
    const model = figure();
    restoreFigure(model, { ...KEPT, leftOut: 3 }, [0]);
    expect(model.leftOut).toBe(3);
    expect(keepFigure(model, all, [0]).leftOut).toBe(3);
    model.setPaths([A]);
    expect(model.leftOut).toBe(0);
  });
});

describe('readKeptFigure()', () => {
  it('should read what was kept', () => {
    const data: unknown = JSON.parse(JSON.stringify(KEPT));
    expect(readKeptFigure(data, 'figure')).toEqual(KEPT);
  });

  it.each<[string, object]>([
    ['no number', { id: 0 }],
    ['a number with a fraction', { id: 1.5 }],
    ['an empty path', { paths: [''] }],
    ['a path that is none', { paths: [{ toString: 'v' }] }],
    ['too many variables', { paths: Array(MAX_KEPT_PATHS + 1).fill(A) }],
    ['a trace without a colour', { drawn: [[0, 0]] }],
    ['a colour without end', { drawn: [[0, 0, 1e15]] }],
    ['a place that is half', { hidden: [[1]] }],
    ['a place before the first', { removed: [[-1, 0]] }],
    ['a legend of a text', { legend: 'yes' }],
    ['an x that is a number', { x: 3 }],
    ['a zoom of texts', { zoom: { x: ['1', '2'], y: null, y2: null } }],
    ['a zoom from right to left', { zoom: { x: [2, 1], y: null, y2: null } }],
    ['a zoom of two axes', { zoom: { x: null, y: null } }]
  ])('should refuse %s', (_, change) => {
    expect(() => readKeptFigure({ ...KEPT, ...change }, 'figure')).toThrow(
      CheckError
    );
  });
});
