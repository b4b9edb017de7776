import { FakePlotly } from '../../plot/__tests__/fakeplot';
import { fakePage } from '../../plot/__tests__/plotpage';
import { loadPlotly } from '../../plot/loader';
import type { FailureCode, IFailure } from '../../refs/failure';
import { ReadError } from '../../refs/failure';
import { DEFAULT_OPTIONS, ViewerOptions } from '../options';
import type { ResultViewer } from '../viewer';
import { FakeFile, TWO, V } from './fakefile';
import { FakeLook, LONG_AGO, pass } from './fakelook';
import { gate, showViewer, wait } from './viewerpage';

jest.mock('../../plot/loader');

const SOMA = '/results/VecRef/soma';
const SECOND = '2026-01-01T12:00:01.000000Z';
const THIRD = '2026-01-01T12:00:02.000000Z';
const WRITING = 'The file is being written; trying again…';
const CHANGED: IFailure = { code: 'file-changed', technical: 'new date' };

let file: FakeFile;
let look: FakeLook;
let options: ViewerOptions;
let viewer: ResultViewer;

beforeEach(() => {
  jest.useFakeTimers();
});

fakePage();

beforeEach(() => {
  jest.mocked(loadPlotly).mockResolvedValue(new FakePlotly());
  file = new FakeFile(TWO);
  look = new FakeLook();
  options = new ViewerOptions();
  viewer = showViewer(file, { look, options });
});

afterEach(() => {
  viewer.dispose();
  jest.useRealTimers();
});

const follow = () =>
  options.update({ ...DEFAULT_OPTIONS, onFileChange: 'follow' });

const message = () =>
  viewer.node.querySelector<HTMLElement>('.jp-NeuronvisioMessage')!;

/** What is said above the tree, or in its place. */
const said = () =>
  message().classList.contains('lm-mod-hidden') ? '' : message().textContent!;

const button = (label: string) =>
  Array.from(message().querySelectorAll('button')).find(
    ({ textContent }) => textContent === label
  )!;

const row = (path: string) =>
  viewer.node.querySelector<HTMLElement>(`[data-path="${path}"]`);

/** Open the file and a section of it, and draw a variable, zoomed. */
async function open(): Promise<void> {
  await viewer.open();
  await wait(0);
  viewer.browser!.model.setExpanded(SOMA, true);
  await wait(0);
  viewer.browser!.model.activate(V);
  viewer.browser!.figures.current.setZoom({ x: [1, 2] });
  await wait(0);
  // The details wait until the focus rests.
  await wait(500);
}

/** What is kept whatever happens to the file. */
function expectKept(): void {
  expect(row(SOMA)!.getAttribute('aria-expanded')).toBe('true');
  expect(row(V)!.getAttribute('aria-selected')).toBe('true');
  expect(viewer.browser!.figures.current.zoom.x).toEqual([1, 2]);
}

describe('a file that is opened ahead', () => {
  const second = Date.parse('2026-01-01T12:00:00Z');

  it.each([
    [1, 'once where nothing can have changed meanwhile', 60_000],
    [2, 'again where it was changed a moment ago', 1000]
  ])('is read %i time(s): %s', async (times, _, sinceChange) => {
    const age = { modified: second, told: second + sinceChange };
    const summary = { ...file.summary, size: 100, age };
    jest.spyOn(file, 'summary', 'get').mockReturnValue(summary);
    viewer.openAhead();
    await viewer.open();
    expect(file.opened).toBe(times);
    expect(viewer.browser).not.toBeNull();
    await viewer.open();
    expect(file.opened).toBe(times + 1);
  });

  it('is not opened once more where that was begun before there was a viewer', async () => {
    const age = { modified: second, told: second + 60_000 };
    const begun = { ...file.summary, size: 100, age };
    viewer.dispose();
    viewer = showViewer(file, { look, begun: Promise.resolve(begun) });
    viewer.openAhead();
    await wait(0);
    expect(viewer.browser?.contents.summary).toBe(begun);
    await viewer.open();
    expect(file.opened).toBe(0);
    await viewer.open();
    expect(file.opened).toBe(1);
  });

  it('is shown before it is opened, and nothing shown is lost then', async () => {
    viewer.openAhead();
    await wait(0);
    viewer.browser!.model.setExpanded(SOMA, true);
    await wait(0);
    viewer.browser!.model.activate(V);
    viewer.browser!.figures.current.setZoom({ x: [1, 2] });
    const { browser } = viewer;
    const listed = file.listed.length;
    await viewer.open();
    await wait(0);
    expect(file.opened).toBe(2);
    expect(viewer.browser).toBe(browser);
    expect(file.listed.length).toBeGreaterThan(listed);
    expectKept();
    expect(said()).toBe('');
  });

  it.each([
    ['before it is opened', () => Promise.resolve()],
    ['while its date is asked for', () => viewer.open()]
  ])('is read anew where its groups could not be had %s', async (_, during) => {
    const age = { modified: second, told: second + 60_000 };
    const summary = { ...file.summary, size: 100, age };
    jest.spyOn(file, 'summary', 'get').mockReturnValue(summary);
    file.isGone = true;
    viewer.openAhead();
    await during();
    await wait(0);
    file.isGone = false;
    await viewer.open();
    await wait(500);
    expect(row(SOMA)).not.toBeNull();
    expect(said()).toBe('');
  });

  it('says again that it is being opened after that failed', async () => {
    viewer.openAhead();
    await wait(0);
    file.failure = { code: 'forbidden', technical: '403' };
    await viewer.open();
    await wait(0);
    expect(said()).not.toBe('');
    const { promise, open: answer } = gate();
    file.gate = promise;
    file.failure = null;
    button('Retry').click();
    await wait(0);
    expect(said()).toContain('Opening the file…');
    answer();
    await wait(0);
    expect(said()).toBe('');
  });

  it('says why where it cannot be read', async () => {
    file.failure = { code: 'not-found', technical: '404' };
    viewer.openAhead();
    await viewer.open();
    expect(said()).toContain('not there any more');
  });
});

describe('a file that changes', () => {
  it('is offered within 2 s, and nothing is read before it is wanted', async () => {
    await open();
    const traced = file.traced.length;
    look.write(SECOND);
    await wait(1500);
    const time = new Date(SECOND).toLocaleTimeString();
    expect(said()).toContain(`The file has changed on disk (${time}).`);
    expect(message().getAttribute('role')).toBe('status');
    await wait(10_000);
    expect(file.opened).toBe(1);
    expect(file.traced.length).toBe(traced);

    button('Show the new results').click();
    await wait(0);
    expect(file.opened).toBe(2);
    expect(file.traced.slice(traced)).toEqual([V]);
    expect(said()).toBe('');
    expectKept();
  });

  it('is offered by the same buttons however often it changes', async () => {
    await open();
    look.write(SECOND);
    await wait(1500);
    const show = button('Show the new results');
    look.write(THIRD);
    await wait(1500);
    expect(said()).toContain(new Date(THIRD).toLocaleTimeString());
    expect(button('Show the new results')).toBe(show);
    show.focus();
    show.click();
    await wait(0);
    // The button is gone, and the keyboard is with the tree.
    expect(document.activeElement!.getAttribute('role')).toBe('tree');
  });

  it('is offered no more when it is what it was again', async () => {
    await open();
    look.write(SECOND);
    await wait(1500);
    look.write(LONG_AGO);
    await wait(1500);
    expect(said()).toBe('');
    expect(file.opened).toBe(1);
  });

  it('is shown by itself where the settings say so, at most every 2 s', async () => {
    follow();
    await open();
    await wait(5000);
    for (let change = 0; change < 20; change++) {
      look.write(new Date(Date.parse(SECOND) + change).toISOString());
      await wait(500);
    }
    expect(file.opened).toBeGreaterThanOrEqual(5);
    expect(file.opened).toBeLessThanOrEqual(7);
    expect(said()).toBe('');
    expectKept();
  });

  it('is followed from the moment that this is chosen', async () => {
    await open();
    look.write(SECOND);
    await wait(1500);
    button('Follow from now on').click();
    await wait(0);
    expect(file.opened).toBe(2);
    look.write(THIRD);
    await wait(3500);
    expect(file.opened).toBe(3);
    expect(said()).toBe('');
  });

  it('is offered again once it is followed no more, what came meanwhile included', async () => {
    follow();
    await open();
    const told = jest.fn();
    viewer.stateChanged.connect(told);
    viewer.following.choose(false);
    expect(told).toHaveBeenCalled();
    look.write(SECOND);
    await wait(3000);
    expect(file.opened).toBe(1);
    expect(said()).toContain('The file has changed on disk');
    viewer.following.choose(true);
    await wait(2000);
    expect(file.opened).toBe(2);
    expect(said()).toBe('');
  });

  it('is told to be gone, what is shown staying, until it is back', async () => {
    await open();
    look.isDeleted = true;
    await wait(4000);
    expect(said()).toContain('The file is not there any more');
    expectKept();
    look.isDeleted = false;
    await wait(2000);
    expect(said()).toBe('');
    expect(file.opened).toBe(1);
    look.isDeleted = true;
    await wait(4000);
    look.isDeleted = false;
    look.write(SECOND);
    await wait(2000);
    expect(said()).toContain('The file has changed on disk');
  });

  it('is opened by itself when it is back as it was, where that had failed', async () => {
    await open();
    look.isDeleted = true;
    file.failure = { code: 'not-found', technical: '404' };
    await viewer.open();
    await wait(4000);
    expect(said()).toContain('Retry');
    look.isDeleted = false;
    file.failure = null;
    await wait(4000);
    expect(said()).toBe('');
    expectKept();
  });

  it('is not opened again and again while the server is gone', async () => {
    await open();
    look.write(SECOND);
    await wait(1500);
    look.isGone = true;
    file.failure = { code: 'server-gone', technical: '' };
    viewer.browser!.figures.refresh();
    await wait(20_000);
    expect(file.opened).toBeLessThan(10);
    look.isGone = false;
    file.failure = null;
    await wait(20_000);
    expect(said()).toBe('');
    expectKept();
  });

  it('is followed once the settings say so, what was offered included', async () => {
    await open();
    look.write(SECOND);
    await wait(1500);
    follow();
    await wait(2000);
    expect(file.opened).toBe(2);
    expect(said()).toBe('');
  });

  it('is not looked at while it is hidden, and at once when it is shown', async () => {
    follow();
    await open();
    viewer.hide();
    await wait(1500);
    const { looked } = look;
    look.write(SECOND);
    await wait(10_000);
    expect(look.looked).toBe(looked);
    expect(file.opened).toBe(1);
    viewer.show();
    await wait(100);
    expect(file.opened).toBe(2);
  });

  it('is read anew at once when a read meets the change, once for all that do', async () => {
    await open();
    const { browser } = viewer;
    file.failure = CHANGED;
    const held = gate();
    const reads = [viewer.source.preview(V), viewer.source.preview(V)];
    const ends = Promise.allSettled(reads);
    await wait(0);
    file.gate = held.promise;
    file.failure = null;
    held.open();
    await wait(600);
    // Whoever wants it still asks again.
    for (const end of await ends) {
      expect(end).toHaveProperty('reason.failure.code', 'cancelled');
    }
    expect(file.opened).toBeGreaterThanOrEqual(2);
    expect(viewer.browser).toBe(browser);
    expectKept();
    await wait(5000);
    expect(said()).toBe('');
  });

  it('is looked at before a read that failed is believed', async () => {
    await open();
    file.failure = { code: 'node-unreadable', path: V, technical: 'torn' };
    look.write(SECOND);
    const read = viewer.source.preview(V);
    const end = expect(read).rejects.toHaveProperty(
      'failure.code',
      'cancelled'
    );
    await wait(0);
    file.failure = null;
    await wait(3000);
    await end;
    expect(said()).toBe('');
  });

  it('keeps what is drawn until the new values are there', async () => {
    await open();
    const figure = viewer.node.querySelector('.jp-NeuronvisioFigure')!;
    const torn: IFailure = { code: 'node-unreadable', path: V, technical: '' };
    const given = jest
      .spyOn(file, 'trace')
      .mockRejectedValue(new ReadError(torn));
    follow();
    look.write(SECOND);
    await wait(4000);
    expect(given.mock.calls.length).toBeGreaterThan(1);
    expect(said()).toBe(WRITING);
    expect(figure.textContent).not.toContain('could not be read');
    given.mockRestore();
    await wait(5000);
    expect(said()).toBe('');
    expect(figure.textContent).not.toContain('could not be read');
    expectKept();
  });

  it('says of a trace that stays unreadable what is wrong with it', async () => {
    await open();
    const torn: IFailure = { code: 'node-unreadable', path: V, technical: '' };
    jest.spyOn(file, 'trace').mockRejectedValue(new ReadError(torn));
    follow();
    look.write(SECOND);
    await wait(15_000);
    const figure = viewer.node.querySelector('.jp-NeuronvisioFigure')!;
    expect(figure.textContent).toContain('could not be read');
    expect(said()).toBe('');
  });
});

describe('a file in the middle of being written', () => {
  const HALF: FailureCode[] = [
    'truncated',
    'damaged',
    'not-hdf5',
    'empty-file'
  ];

  it.each(HALF)('is tried again when it is %s', async code => {
    await open();
    file.failure = { code, technical: 'half' };
    look.write(SECOND);
    await wait(1500);
    button('Show the new results').click();
    await wait(1000);
    expect(said()).toBe(WRITING);
    expect(message().getAttribute('role')).toBe('status');
    expectKept();
    await wait(10_000);
    expect(said()).toBe(WRITING);
    file.failure = null;
    await wait(4000);
    expect(said()).toBe('');
    expectKept();
  });

  it('is said to be damaged 20 s after its last change', async () => {
    await open();
    file.failure = { code: 'truncated', technical: 'half' };
    follow();
    look.write(SECOND);
    await wait(15_000);
    look.write(THIRD);
    await wait(15_000);
    expect(said()).toBe(WRITING);
    await wait(8000);
    expect(said()).toContain('The file ends too early');
    expect(message().getAttribute('role')).toBe('alert');
    expect(button('Retry')).toBeDefined();
    expectKept();
    const { opened } = file;
    await wait(20_000);
    expect(file.opened).toBe(opened);
  });

  it('is opened by itself when it changes after it failed', async () => {
    file.failure = { code: 'damaged', technical: 'half' };
    await viewer.open();
    await wait(0);
    expect(said()).toContain('The file is damaged');
    look.write(SECOND);
    file.failure = null;
    await wait(2000);
    expect(said()).toBe('');
    expect(row(SOMA)).not.toBeNull();
  });

  it('is waited for when it was opened while it is young', async () => {
    jest.setSystemTime(Date.parse(LONG_AGO) + 2000);
    file.failure = { code: 'truncated', technical: 'half' };
    await viewer.open();
    await wait(1000);
    expect(said()).toBe(WRITING);
    file.failure = null;
    await wait(4000);
    expect(said()).toBe('');
    expect(row(SOMA)).not.toBeNull();
  });

  it('shows no empty tree while its groups are not there yet', async () => {
    await open();
    const { summary } = file;
    const bare = { ...summary, kind: 'plain', rootNames: [] } as const;
    const given = jest.spyOn(file, 'summary', 'get').mockReturnValue(bare);
    follow();
    look.write(SECOND);
    await wait(4000);
    expect(file.opened).toBeGreaterThan(1);
    expectKept();
    given.mockReturnValue(summary);
    await wait(5000);
    expect(said()).toBe('');
    expectKept();
  });

  it('is shown as it is when what it held does not come back', async () => {
    await open();
    const bare = { ...file.summary, rootNames: [], kind: 'plain' } as const;
    jest.spyOn(file, 'summary', 'get').mockReturnValue(bare);
    follow();
    look.write(SECOND);
    await wait(12_000);
    expect(row(SOMA)).toBeNull();
    expect(said()).toBe('');
  });

  it('is not tried again while nobody sees it', async () => {
    await open();
    file.failure = { code: 'truncated', technical: 'half' };
    follow();
    look.write(SECOND);
    await wait(5000);
    viewer.hide();
    await wait(3000);
    const { opened } = file;
    await wait(5000);
    expect(file.opened).toBe(opened);
    file.failure = null;
    viewer.show();
    await wait(0);
    expect(file.opened).toBe(opened + 1);
  });
});

describe('ResultViewer', () => {
  describe('#dispose()', () => {
    it('should end the looks, the tries and the reads that wait', async () => {
      await open();
      file.failure = { code: 'truncated', technical: 'half' };
      follow();
      look.write(SECOND);
      await wait(3000);
      const waiting = viewer.source.preview(V);
      const end = expect(waiting).rejects.toHaveProperty(
        'failure.code',
        'cancelled'
      );
      await pass(0);
      viewer.dispose();
      await end;
      const { opened } = file;
      const { looked } = look;
      await pass(20_000);
      expect(file.opened).toBe(opened);
      expect(look.looked).toBe(looked);
    });
  });
});
