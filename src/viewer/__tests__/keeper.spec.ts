import type { ReadonlyJSONObject } from '@lumino/coreutils';
import { MessageLoop } from '@lumino/messaging';
import { FakePlotly } from '../../plot/__tests__/fakeplot';
import { fakePage, settle } from '../../plot/__tests__/plotpage';
import { loadPlotly } from '../../plot/loader';
import type { IFailure } from '../../refs/failure';
import { ReadError } from '../../refs/failure';
import type { IFakeGroup } from './fakesource';
import type { ResultViewer } from '../viewer';
import { CAI, FakeFile, TWO, V } from './fakefile';
import { showViewer } from './viewerpage';

jest.mock('../../plot/loader');

const GROUP = '/results/VecRef';
const SOMA = `${GROUP}/soma`;

let plotly: FakePlotly;
let file: FakeFile;
let others: Map<string, FakeFile>;
let viewer: ResultViewer;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
});

fakePage();

beforeEach(() => {
  plotly = new FakePlotly();
  jest.mocked(loadPlotly).mockResolvedValue(plotly);
});

afterEach(() => {
  viewer.dispose();
  jest.useRealTimers();
});

/** Let what is in sight be read, which brings more in sight. */
async function settled(): Promise<void> {
  for (let round = 0; round < 8; round++) {
    await settle();
    MessageLoop.flush();
  }
}

/** A page with the file, in the state that the page before kept; null for none. */
async function show(
  kept: ReadonlyJSONObject | null,
  given: { root?: IFakeGroup; hidden?: boolean; missing?: IFailure } = {}
): Promise<void> {
  file = new FakeFile(given.root ?? TWO);
  const { missing } = given;
  if (missing) {
    const trace = file.trace.bind(file);
    file.trace = async request => {
      if (request.path === missing.path) {
        throw new ReadError(missing);
      }
      return trace(request);
    };
  }
  others = new Map();
  viewer = showViewer(file, {
    others: {
      path: () => 'run_1.h5',
      open: path => {
        const other = new FakeFile(TWO);
        others.set(path, other);
        return other;
      }
    }
  });
  if (given.hidden) {
    viewer.hide();
  }
  viewer.keeper.restore(kept);
  await viewer.open();
  await settled();
}

/** What is kept after the user did something, and left the page. */
async function leave(): Promise<ReadonlyJSONObject> {
  await settled();
  jest.runOnlyPendingTimers();
  const { view } = viewer.keeper;
  viewer.dispose();
  return view!;
}

/** Two figures, another file and a filter, in a file that is open. */
async function work(): Promise<ReadonlyJSONObject> {
  await show(null);
  const { comparison, figures, model } = viewer.browser!;
  model.setExpanded(SOMA, true);
  await settled();
  model.focus(CAI);
  viewer.draw([V]);
  comparison!.add(['run_2.h5']);
  figures.current.setZoom({ x: [1, 2] });
  viewer.browser!.drawInNewFigure([CAI]);
  await settled();
  model.setFilter('soma');
  return leave();
}

const rows = () =>
  Array.from(
    viewer.node.querySelectorAll<HTMLElement>('.jp-NeuronvisioTree-row'),
    ({ dataset }) => dataset.path
  );

const legend = () =>
  Array.from(
    viewer.node.querySelectorAll('.jp-NeuronvisioLegend-name'),
    ({ textContent }) => textContent
  );

const input = () => viewer.node.querySelector('input')!;

const notes = () =>
  viewer.node.querySelector('.jp-NeuronvisioNotes')!.textContent;

describe('ViewKeeper', () => {
  it('should bring back figures, compared files, filter and what is expanded', async () => {
    await show(await work());
    const { comparison, figures, model } = viewer.browser!;
    expect(comparison!.compared.map(({ path }) => path)).toEqual(['run_2.h5']);
    expect(figures.figures.map(({ id, paths }) => ({ id, paths }))).toEqual([
      { id: 1, paths: [V] },
      { id: 2, paths: [CAI] }
    ]);
    expect(figures.current.id).toBe(2);
    expect(figures.figures[0].zoom.x).toEqual([1, 2]);
    expect(model.selection).toEqual([CAI]);
    expect(model.focusedPath).toBe(CAI);
    expect(input().value).toBe('soma');
    expect(legend()).toContain('soma · cai run_2');
    model.setFilter('');
    await settled();
    expect([...model.expanded!].sort()).toEqual([GROUP, SOMA]);
    expect(rows()).toEqual([GROUP, SOMA, CAI, V]);
  });

  it('should read nothing but what is in sight', async () => {
    const root = { results: { VecRef: { ...sections(199), x: '' } } };
    await show(null, { root });
    viewer.browser!.model.restore(
      [GROUP, ...Object.keys(sections(199)).map(name => `${GROUP}/${name}`)],
      null
    );
    viewer.draw([`${GROUP}/dend_0/v`]);
    viewer.browser!.drawInNewFigure([`${GROUP}/dend_1/v`]);
    await show(await leave(), { root });
    expect(file.traced).toEqual([`${GROUP}/dend_1/v`]);
    const listed = file.listed.filter(path => path.includes('dend_'));
    expect(listed).toContain(`${GROUP}/dend_0`);
    expect(listed.length).toBeLessThan(40);
    expect(others.size).toBe(0);
  });

  it('should read nothing of it while the tab is behind another', async () => {
    const kept = await work();
    await show(kept, { hidden: true });
    expect(file.traced).toEqual([]);
    expect(file.listed).not.toContain(SOMA);
    expect(viewer.browser!.comparison!.compared).toEqual([]);
    expect(viewer.keeper.view).toEqual(kept);
    viewer.show();
    await settled();
    expect(file.traced).toEqual([CAI]);
    expect(legend()).toContain('soma · cai run_2');
  });

  it('should keep it for a file that cannot be opened now', async () => {
    const kept = await work();
    file = new FakeFile(TWO);
    file.failure = { code: 'server-gone', technical: 'no answer' };
    viewer = showViewer(file);
    viewer.keeper.restore(kept);
    await viewer.open();
    await settled();
    expect(viewer.keeper.view).toEqual(kept);
    file.failure = null;
    await viewer.open();
    await settled();
    expect(viewer.browser!.model.selection).toEqual([CAI]);
  });

  it('should say what is not there any more, and show the rest', async () => {
    await show(null);
    viewer.draw([V, CAI]);
    viewer.browser!.model.setExpanded(SOMA, true);
    await show(await leave(), {
      root: { results: { VecRef: { x: '', soma: { v: '' } } } },
      missing: { code: 'node-missing', path: CAI, technical: 'no such node' }
    });
    expect(rows()).toEqual([GROUP, SOMA, V]);
    expect(plotly.last.data.map(({ name }) => name)).toEqual(['soma · v']);
    expect(notes()).toContain('soma · cai');
    expect(viewer.browser!.model.selection).toEqual([V, CAI]);
  });

  it('should leave the only group shut that was shut', async () => {
    await show(null);
    expect(rows()).toContain(SOMA);
    viewer.browser!.model.setExpanded(GROUP, false);
    await show(await leave());
    expect(rows()).toEqual([GROUP]);
  });

  it.each([
    ['damaged', { version: 1, figures: 'none' }],
    ['of a later version', { version: 2 }]
  ])('should open the file afresh where the state is %s', async (_, kept) => {
    await show(kept);
    expect(rows()).toContain(SOMA);
    expect(viewer.browser!.figures.figures).toHaveLength(1);
    expect(viewer.keeper.view).toBeNull();
  });

  describe('#changed', () => {
    it('should tell once of all that changed at a time, and of nothing new no more', async () => {
      await show(null);
      jest.runOnlyPendingTimers();
      const changed = jest.fn();
      viewer.keeper.changed.connect(changed);
      viewer.draw([V]);
      viewer.browser!.figures.current.setPoints(true);
      await settled();
      expect(changed).not.toHaveBeenCalled();
      jest.runOnlyPendingTimers();
      expect(changed).toHaveBeenCalledTimes(1);
      viewer.browser!.figures.refresh();
      viewer.browser!.comparison!.rename();
      await settled();
      jest.runOnlyPendingTimers();
      expect(changed).toHaveBeenCalledTimes(1);
    });

    it('should tell nothing of a tab that was closed', async () => {
      await show(null);
      const changed = jest.fn();
      viewer.keeper.changed.connect(changed);
      viewer.draw([V]);
      viewer.dispose();
      jest.runOnlyPendingTimers();
      expect(changed).not.toHaveBeenCalled();
    });
  });
});

/** So many sections with a variable each. */
function sections(count: number): Record<string, IFakeGroup> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`dend_${i}`, { v: '' }])
  );
}
