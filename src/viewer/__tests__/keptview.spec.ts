import { nullTranslator } from '@jupyterlab/translation';
import type { IKeptFigure } from '../../plot/kept';
import type { IKeptView } from '../keptview';
import {
  keepView,
  MAX_KEPT_EXPANDED,
  MAX_KEPT_FIGURES,
  MAX_KEPT_TEXT,
  readView
} from '../keptview';
import { ResultBrowser } from '../browser';
import { ViewerOptions } from '../options';
import { DEFAULT_SIZES } from '../sizes';
import { newWatch } from './viewerpage';
import { CAI, FakeFile, TWO, V } from './fakefile';

jest.mock('../../plot/loader');

const FIGURE: IKeptFigure = {
  id: 1,
  paths: [V],
  leftOut: 0,
  drawn: [[0, 0, 0]],
  hidden: [],
  removed: [],
  legend: true,
  points: false,
  x: null,
  zoom: { x: null, y: null, y2: null }
};

const VIEW: IKeptView = {
  version: 1,
  expanded: ['/results/VecRef'],
  focused: V,
  filter: 'soma',
  compared: ['Sim_1/run.h5', 'drive:run.h5'],
  figures: [FIGURE, { ...FIGURE, id: 3 }],
  current: 3,
  arrangement: {
    kind: 'split',
    orientation: 'horizontal',
    areas: [
      { kind: 'tabs', figures: [1], front: 0 },
      { kind: 'tabs', figures: [3], front: 0 }
    ],
    sizes: [0.5, 0.5]
  }
};

const stored = (change: object = {}): unknown =>
  JSON.parse(JSON.stringify({ ...VIEW, ...change }));

/** Places within places, so many. */
function nested(depth: number): object {
  const inner = { kind: 'tabs', figures: [1], front: 0 };
  return depth === 0
    ? inner
    : {
        kind: 'split',
        orientation: 'vertical',
        areas: [nested(depth - 1)],
        sizes: [1]
      };
}

describe('readView()', () => {
  it('should read what was kept', () => {
    expect(readView(stored())).toEqual(VIEW);
  });

  it('should read a view from before anything was known, or arranged', () => {
    const early = { expanded: null, focused: null, arrangement: null };
    expect(readView(stored(early))).toEqual({ ...VIEW, ...early });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'view'],
    ['a list', [VIEW]],
    ['no version', stored({ version: undefined })],
    ['a later version', stored({ version: 2 })],
    ['a filter that is none', stored({ filter: 7 })],
    ['a focused node that is none', stored({ focused: 7 })],
    ['an expanded node that is none', stored({ expanded: [7] })],
    [
      'too many expanded nodes',
      stored({ expanded: Array(MAX_KEPT_EXPANDED + 1).fill('/a') })
    ],
    [
      'too many figures',
      stored({
        figures: Array.from({ length: MAX_KEPT_FIGURES + 1 }, (_, i) => ({
          ...FIGURE,
          id: i + 1
        }))
      })
    ],
    ['a figure twice', stored({ figures: [FIGURE, FIGURE] })],
    ['a damaged figure', stored({ figures: [{ id: 1 }] })],
    ['no current figure', stored({ current: null })],
    ['a path above the root', stored({ compared: ['../../etc/run.h5'] })],
    ['a path from the root', stored({ compared: ['/etc/run.h5'] })],
    ['a path through the root', stored({ compared: ['a/../../run.h5'] })],
    ['an address', stored({ compared: ['http://elsewhere/run.h5'] })],
    ['a path with a line in it', stored({ compared: ['a\nb.h5'] })],
    ['too many files', stored({ compared: Array(21).fill('run.h5') })],
    ['an arrangement of nothing', stored({ arrangement: { kind: 'heap' } })],
    ['an endless arrangement', stored({ arrangement: nested(50) })],
    [
      'an arrangement of less than nothing',
      stored({ arrangement: { ...VIEW.arrangement, sizes: [-1, 2] } })
    ]
  ])('should leave %s alone', (_, data) => {
    expect(readView(data)).toBeNull();
  });
});

describe('keepView()', () => {
  let browser: ResultBrowser;

  function open(): void {
    const file = new FakeFile(TWO);
    browser = new ResultBrowser({
      source: file,
      others: { path: () => 'run_1.h5', open: () => new FakeFile(TWO) },
      watch: newWatch(),
      summary: file.summary,
      options: new ViewerOptions(),
      trans: nullTranslator.load('test'),
      sentence: ({ code }) => code,
      sizes: DEFAULT_SIZES,
      onSizes: () => undefined
    });
  }

  afterEach(() => browser.dispose());

  it('should be read as it was kept', () => {
    open();
    browser.draw([V]);
    browser.comparison!.add(['run_2.h5']);
    browser.drawInNewFigure([CAI, V]);
    browser.model.restore(['/results/VecRef'], null);
    const view = keepView(browser);
    expect(view.figures.map(({ paths }) => paths)).toEqual([[V], [CAI, V]]);
    expect(readView(JSON.parse(JSON.stringify(view)))).toEqual(view);
  });

  it('should not tell what is expanded before the file told what there is', () => {
    open();
    expect(keepView(browser).expanded).toBeNull();
  });

  it('should keep the nodes expanded last, and what stands above them', () => {
    open();
    const many = Array.from({ length: 500 }, (_, i) => `/results/g/${i}`);
    browser.model.restore(['/results/g', ...many], null);
    const kept = keepView(browser).expanded!;
    expect(kept).toHaveLength(MAX_KEPT_EXPANDED);
    expect(kept).toContain('/results/g');
    expect(kept).toContain('/results/g/499');
    expect(kept).not.toContain('/results/g/0');
    browser.model.restore(kept, null);
    expect(keepView(browser).expanded).toEqual(kept);
  });

  it('should keep the figure to draw in, and as many others as there is room for', () => {
    open();
    for (let i = 0; i < 30; i++) {
      browser.figures.newFigure();
    }
    const { current, figures } = keepView(browser);
    expect(current).toBe(31);
    expect(figures).toHaveLength(MAX_KEPT_FIGURES);
    expect(figures.map(({ id }) => id)).toContain(31);
  });

  it('should keep no more names than there is room for, and count the others', () => {
    open();
    const long = Array.from(
      { length: 10 },
      (_, i) => `/results/VecRef/${'d'.repeat(10_000)}/${i}`
    );
    browser.draw(long);
    browser.model.restore(long, null);
    const view = keepView(browser);
    expect(view.figures[0]).toMatchObject({
      paths: long.slice(0, 3),
      leftOut: 7
    });
    expect(JSON.stringify(view).length).toBeLessThan(MAX_KEPT_TEXT + 1000);
  });

  it('should not keep a file that could not be read back', () => {
    open();
    browser.comparison!.add(['/run_2.h5', 'run_3.h5']);
    expect(keepView(browser).compared).toEqual(['run_3.h5']);
  });
});
