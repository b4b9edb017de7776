import { FakePlotly } from '../../plot/__tests__/fakeplot';
import { fakePage } from '../../plot/__tests__/plotpage';
import { loadPlotly } from '../../plot/loader';
import type { FailureCode } from '../../refs/failure';
import { DEFAULT_OPTIONS, ViewerOptions } from '../options';
import type { ResultViewer } from '../viewer';
import { FakeFile, TWO, V } from './fakefile';
import { FakeLook } from './fakelook';
import { gate, showViewer, wait } from './viewerpage';

jest.mock('../../plot/loader');

const SECOND = '2026-01-01T12:00:01.000000Z';
const THIRD = '2026-01-01T12:00:02.000000Z';

let plotly: FakePlotly;
let file: FakeFile;
let other: FakeFile;
let look: FakeLook;
let otherLook: FakeLook;
let options: ViewerOptions;
let viewer: ResultViewer;

beforeEach(() => {
  jest.useFakeTimers();
});

fakePage();

beforeEach(async () => {
  plotly = new FakePlotly();
  jest.mocked(loadPlotly).mockResolvedValue(plotly);
  file = new FakeFile(TWO);
  other = new FakeFile(TWO);
  look = new FakeLook();
  otherLook = new FakeLook();
  jest.spyOn(otherLook, 'first').mockReturnValue(null);
  options = new ViewerOptions();
  viewer = showViewer(file, {
    look,
    options,
    others: {
      path: () => 'run_1.h5',
      open: () => other,
      look: () => otherLook
    }
  });
  await viewer.open();
  viewer.draw([V]);
  viewer.browser!.comparison!.add(['run_2.h5']);
  await wait(500);
});

afterEach(() => {
  viewer.dispose();
  jest.useRealTimers();
});

const strip = () =>
  viewer.node.querySelector<HTMLElement>('.jp-NeuronvisioCompared')!;

const said = () => strip().querySelector('[role=status]')!.textContent;

const show = () =>
  strip().querySelector<HTMLButtonElement>(
    '[aria-label="Show the new results of run_2"]'
  )!;

const drawn = () => plotly.last.data.map(({ name }) => name);

const BOTH = ['soma · v · run_1', 'soma · v · run_2'];

describe('a compared file that changes', () => {
  it('is looked at from the first trace of it on', async () => {
    expect(otherLook.looked).toBeGreaterThan(0);
    const { looked } = otherLook;
    await wait(4000);
    expect(otherLook.looked).toBeGreaterThan(looked);
    expect(said()).toBe('');
    expect(show()).toBeNull();
  });

  it('is offered beside its name, and nothing is read', async () => {
    otherLook.write(SECOND);
    await wait(2500);
    expect(said()).toBe('changed on disk');
    expect(show()).not.toBeNull();
    expect(other.opened).toBe(1);
    expect(other.traced).toEqual([V]);
  });

  it('is read anew when that is wanted, and the opened file is not', async () => {
    otherLook.write(SECOND);
    await wait(2500);
    show().focus();
    show().click();
    await wait(500);
    expect(said()).toBe('');
    expect(show()).toBeNull();
    expect(other.opened).toBe(2);
    expect(other.traced).toEqual([V, V]);
    expect(file.opened).toBe(1);
    expect(file.traced).toEqual([V]);
    expect(drawn()).toEqual(BOTH);
    // The button that was pressed is gone.
    expect(document.activeElement!.getAttribute('aria-label')).toBe(
      'Compare with run_2 no more'
    );
  });

  it('is shown by itself where the settings say so', async () => {
    options.update({ ...DEFAULT_OPTIONS, onFileChange: 'follow' });
    otherLook.write(SECOND);
    await wait(4500);
    expect(said()).toBe('');
    expect(other.traced).toEqual([V, V]);
    expect(file.traced).toEqual([V]);
  });

  it('is followed with the opened file, until that is followed no more', async () => {
    viewer.following.choose(true);
    otherLook.write(SECOND);
    await wait(4500);
    expect(other.traced).toHaveLength(2);
    viewer.following.choose(false);
    otherLook.write(THIRD);
    await wait(4500);
    expect(other.traced).toHaveLength(2);
    expect(said()).toBe('changed on disk');
  });

  it('is told of no more once the opened file is read anew, and this with it', async () => {
    otherLook.write(SECOND);
    await wait(2500);
    await viewer.open();
    await wait(500);
    expect(said()).toBe('');
    expect(other.opened).toBe(2);
    expect(other.traced).toEqual([V, V]);
  });

  it.each<FailureCode>(['truncated', 'file-changed', 'damaged'])(
    'is tried again where it is met half-written (%s), what is drawn of it staying',
    async code => {
      viewer.following.choose(true);
      other.failure = { code, technical: '' };
      otherLook.write(SECOND);
      await wait(4500);
      expect(said()).toBe('being written…');
      expect(drawn()).toEqual(BOTH);
      other.failure = null;
      await wait(4500);
      expect(said()).toBe('');
      expect(drawn()).toEqual(BOTH);
      expect(other.traced.length).toBeGreaterThan(1);
      expect(file.opened).toBe(1);
    }
  );

  it('goes on being followed where a read meets the change while it is opened anew', async () => {
    viewer.following.choose(true);
    const held = gate();
    otherLook.write(SECOND);
    await wait(1500);
    // The next opening looks at the file first, and that takes long.
    otherLook.gate = held.promise;
    await wait(1000);
    other.failure = { code: 'file-changed', technical: '' };
    viewer.browser!.figures.current.setZoom({ x: [1, 2] });
    await wait(500);
    other.failure = null;
    held.open();
    otherLook.gate = Promise.resolve();
    await wait(3000);
    expect(said()).toBe('');
    expect(drawn()).toEqual(BOTH);
    const { length } = other.traced;
    otherLook.write(THIRD);
    await wait(5000);
    expect(other.traced.length).toBeGreaterThan(length);
    expect(drawn()).toEqual(BOTH);
  });

  it('is not opened again and again while it is gone', async () => {
    viewer.following.choose(true);
    otherLook.write(SECOND);
    await wait(1200);
    otherLook.isGone = true;
    other.failure = { code: 'server-gone', technical: '' };
    await wait(20_000);
    expect(other.opened).toBeLessThan(10);
    expect(drawn()).toEqual(['soma · v · run_1']);
    otherLook.isGone = false;
    other.failure = null;
    await wait(20_000);
    expect(drawn()).toEqual(BOTH);
  });

  it('is read in its only group and nowhere else, where that has another name', async () => {
    const { comparison } = viewer.browser!;
    comparison!.remove(1);
    other = new FakeFile({ results: { Own: { x: '', soma: { v: '' } } } });
    comparison!.add(['run_2.h5']);
    viewer.following.choose(true);
    await wait(2500);
    otherLook.write(SECOND);
    await wait(4500);
    const own = '/results/Own/soma/v';
    expect(other.traced).toEqual([own, own]);
    expect(other.opened).toBe(2);
  });

  it('says that it is gone, what is drawn of it staying, and nothing once it is back', async () => {
    await wait(1500);
    otherLook.isDeleted = true;
    await wait(5000);
    expect(said()).toBe('not there any more');
    expect(drawn()).toEqual(BOTH);
    otherLook.isDeleted = false;
    await wait(2000);
    expect(said()).toBe('');
    expect(other.opened).toBe(1);
  });

  it('is read once it is there, where it was not when it was added', async () => {
    const { comparison } = viewer.browser!;
    comparison!.remove(1);
    other = new FakeFile(TWO);
    otherLook.isDeleted = true;
    other.failure = { code: 'not-found', technical: '404' };
    comparison!.add(['run_2.h5']);
    await wait(5000);
    expect(drawn()).toEqual(['soma · v · run_1']);
    otherLook.isDeleted = false;
    other.failure = null;
    await wait(4000);
    expect(drawn()).toEqual(BOTH);
  });

  it('is left alone where the opened file changes by itself', async () => {
    viewer.following.choose(true);
    await wait(2500);
    look.write(SECOND);
    await wait(4500);
    expect(file.opened).toBe(2);
    expect(other.opened).toBe(1);
    expect(other.traced).toEqual([V]);
  });

  it('is opened no more by itself once it is followed no more', async () => {
    viewer.following.choose(true);
    await wait(2500);
    viewer.hide();
    otherLook.write(SECOND);
    viewer.following.choose(false);
    viewer.show();
    await wait(3500);
    expect(other.opened).toBe(1);
    expect(said()).toBe('changed on disk');
  });

  it('says what is wrong with it when that does not pass, and is read at its next change', async () => {
    viewer.following.choose(true);
    other.failure = { code: 'truncated', technical: '' };
    otherLook.write(SECOND);
    await wait(30_000);
    expect(said()).toBe('');
    expect(drawn()).toEqual(['soma · v · run_1']);
    other.failure = null;
    otherLook.write(THIRD);
    await wait(3000);
    expect(drawn()).toEqual(BOTH);
  });

  it('is not looked at while the tab is hidden, and at once when that is shown', async () => {
    viewer.following.choose(true);
    await wait(3000);
    viewer.hide();
    await wait(2500);
    const { looked } = otherLook;
    otherLook.write(SECOND);
    await wait(10_000);
    expect(otherLook.looked).toBe(looked);
    viewer.show();
    await wait(500);
    expect(other.traced).toEqual([V, V]);
  });

  it('is looked at no more once it is taken out', async () => {
    viewer.browser!.comparison!.remove(1);
    await wait(500);
    const { looked } = otherLook;
    await wait(5000);
    expect(otherLook.looked).toBe(looked);
  });
});
