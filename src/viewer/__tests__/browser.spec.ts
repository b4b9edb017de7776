import { MessageLoop } from '@lumino/messaging';
import type { SplitPanel } from '@lumino/widgets';
import { Widget } from '@lumino/widgets';
import { FakePlotly } from '../../plot/__tests__/fakeplot';
import { fakePage, settle } from '../../plot/__tests__/plotpage';
import { loadPlotly } from '../../plot/loader';
import { ResultBrowser } from '../browser';
import { DEFAULT_OPTIONS, ViewerOptions } from '../options';
import type { IPaneSizes } from '../sizes';
import { DEFAULT_SIZES } from '../sizes';
import { CAI, FakeFile, trans, TWO, V } from './fakefile';

jest.mock('../../plot/loader');

const SOMA = '/results/VecRef/soma';

let file: FakeFile;
let options: ViewerOptions;
let dragged: IPaneSizes[];
let browser: ResultBrowser;

fakePage();

async function show(sizes: IPaneSizes = DEFAULT_SIZES): Promise<void> {
  file = new FakeFile(TWO);
  options = new ViewerOptions();
  dragged = [];
  browser = new ResultBrowser({
    source: file,
    summary: file.summary,
    options,
    trans,
    sentence: failure => `failed: ${failure.code}`,
    sizes,
    onSizes: changed => dragged.push(changed)
  });
  Widget.attach(browser, document.body);
  await browser.contents.requestChildren(['/results', '/results/VecRef', SOMA]);
  await browser.contents.requestFacts([V, CAI]);
  browser.model.setExpanded(SOMA, true);
  await settle();
  MessageLoop.flush();
}

beforeEach(() => {
  jest.mocked(loadPlotly).mockResolvedValue(new FakePlotly());
});

afterEach(() => browser.dispose());

const row = (path: string) =>
  browser.node.querySelector<HTMLElement>(`[data-path="${path}"]`)!;

async function click(path: string, init: MouseEventInit = {}): Promise<void> {
  row(path).dispatchEvent(new MouseEvent('click', { bubbles: true, ...init }));
  await settle();
  MessageLoop.flush();
}

/** The selected rows, as a screen reader finds them. */
const selected = () =>
  Array.from(
    browser.node.querySelectorAll<HTMLElement>('[aria-selected=true]'),
    ({ dataset }) => dataset.path
  );

describe('ResultBrowser', () => {
  it('should draw what is selected in the tree, and nothing before', async () => {
    await show();
    expect(file.traced).toEqual([]);
    expect(loadPlotly).not.toHaveBeenCalled();
    await click(V);
    expect(browser.figures.current.paths).toEqual([V]);
    expect(file.traced).toEqual([V]);
    await click(CAI, { ctrlKey: true });
    expect(browser.figures.current.paths).toEqual([V, CAI]);
    expect(file.traced).toEqual([V, CAI]);
    await click(CAI);
    expect(browser.figures.current.paths).toEqual([CAI]);
  });

  it('should deselect a trace that is removed in the legend', async () => {
    await show();
    await click(V);
    await click(CAI, { ctrlKey: true });
    browser.node
      .querySelector<HTMLElement>(`[data-role=remove][data-key="${V}"]`)!
      .click();
    await settle();
    MessageLoop.flush();
    expect(selected()).toEqual([CAI]);
    expect(browser.model.selection).toEqual([CAI]);
    browser.figures.current.clear();
    await settle();
    MessageLoop.flush();
    expect(selected()).toEqual([]);
  });

  it('should bring the selection of the figure that becomes the current one', async () => {
    await show();
    await click(V);
    browser.figures.newFigure();
    await settle();
    MessageLoop.flush();
    expect(selected()).toEqual([]);
    await click(CAI);
    expect(browser.figures.figures.map(figure => figure.paths)).toEqual([
      [V],
      [CAI]
    ]);
    browser.figures.chooseFigure(1);
    await settle();
    MessageLoop.flush();
    expect(selected()).toEqual([V]);
  });

  it('should bring the selection of the figure left when one is closed', async () => {
    await show();
    await click(V);
    browser.drawInNewFigure([CAI]);
    const close = async () => {
      const [view] = browser.figures.selectedWidgets();
      view.close();
      await settle();
      MessageLoop.flush();
    };
    await close();
    expect(selected()).toEqual([V]);
    await close();
    expect(selected()).toEqual([]);
    expect(browser.figures.current.paths).toEqual([]);
  });

  it('should keep a selection of more variables than a figure draws', async () => {
    await show();
    options.update({ ...DEFAULT_OPTIONS, maxTraces: 1 });
    browser.model.selectAll();
    await settle();
    expect(browser.model.selection).toEqual([CAI, V]);
    expect(file.traced).toEqual([CAI]);
  });

  describe('#drawInNewFigure()', () => {
    it('should leave the present figure as it is', async () => {
      await show();
      await click(V);
      browser.drawInNewFigure([CAI]);
      await settle();
      MessageLoop.flush();
      expect(browser.figures.current.id).toBe(2);
      expect(browser.figures.figures.map(figure => figure.paths)).toEqual([
        [V],
        [CAI]
      ]);
      expect(selected()).toEqual([CAI]);
    });
  });

  describe('#reload()', () => {
    it('should read anew and keep what is open, selected and zoomed', async () => {
      await show();
      await click(V);
      browser.figures.current.setZoom({ x: [1, 2] });
      await settle();
      const listed = file.listed.length;
      const traced = file.traced.length;
      browser.reload(file.summary);
      await settle();
      MessageLoop.flush();
      expect(file.listed.slice(listed)).toContain(SOMA);
      expect(file.traced.slice(traced)).toEqual([V]);
      expect(row(SOMA).getAttribute('aria-expanded')).toBe('true');
      expect(selected()).toEqual([V]);
      expect(browser.figures.current.zoom.x).toEqual([1, 2]);
    });
  });

  describe('sizes', () => {
    /** Give all that is laid out this size. */
    function size(width: number, height = width): void {
      jest
        .spyOn(HTMLElement.prototype, 'offsetWidth', 'get')
        .mockReturnValue(width);
      jest
        .spyOn(HTMLElement.prototype, 'offsetHeight', 'get')
        .mockReturnValue(height);
    }

    beforeEach(() => size(1001));

    it('should be those of the file before', async () => {
      await show({ main: [1, 3], side: [1, 1] });
      expect(browser.relativeSizes()).toEqual([0.25, 0.75]);
    });

    it('should be kept where there was no room at first', async () => {
      size(0);
      await show({ main: [1, 3], side: [2, 1] });
      MessageLoop.sendMessage(browser, new Widget.ResizeMessage(1001, 601));
      expect(browser.relativeSizes()).toEqual([0.25, 0.75]);
      const side = browser.widgets[0] as SplitPanel;
      expect(side.relativeSizes()).toEqual([2 / 3, 1 / 3]);
    });

    it('should be kept where the room grows, or comes back from a narrow one', async () => {
      await show({ main: [1, 3], side: [2, 1] });
      const side = browser.widgets[0] as SplitPanel;
      for (const width of [2001, 400, 1001]) {
        size(width, 1001);
        MessageLoop.sendMessage(browser, new Widget.ResizeMessage(width, 601));
        MessageLoop.flush();
        expect(browser.relativeSizes()[0]).toBeCloseTo(0.25, 2);
        expect(side.relativeSizes()[0]).toBeCloseTo(2 / 3, 2);
      }
    });

    it('should be told when a border was dragged, and not before', async () => {
      await show({ main: [1, 3], side: [1, 1] });
      expect(dragged).toEqual([]);
      const mouse = (type: string, clientX: number) =>
        new MouseEvent(type, { bubbles: true, clientX, button: 0 });
      browser.handles[0].dispatchEvent(mouse('pointerdown', 250));
      document.dispatchEvent(mouse('pointermove', 750));
      MessageLoop.flush();
      document.dispatchEvent(mouse('pointerup', 750));
      MessageLoop.flush();
      expect(dragged).toHaveLength(1);
      expect(dragged[0].side).toEqual([0.5, 0.5]);
      expect(dragged[0].main).toEqual(browser.relativeSizes());
      expect(dragged[0].main[0]).toBeGreaterThan(0.25);
      MessageLoop.sendMessage(browser, new Widget.ResizeMessage(2001, 1001));
      expect(browser.relativeSizes()[0]).toBeCloseTo(dragged[0].main[0], 2);
    });

    it('should put the tree above the figures where it is narrow', async () => {
      await show();
      const resize = (width: number) =>
        MessageLoop.sendMessage(browser, new Widget.ResizeMessage(width, 600));
      resize(400);
      expect(browser.orientation).toBe('vertical');
      resize(900);
      expect(browser.orientation).toBe('horizontal');
    });
  });

  describe('#dispose()', () => {
    it('should be safe twice, and stop all that reads', async () => {
      await show();
      await click(V);
      const { model, contents, figures } = browser;
      browser.dispose();
      browser.dispose();
      expect(model.isDisposed).toBe(true);
      expect(contents.isDisposed).toBe(true);
      expect(figures.isDisposed).toBe(true);
      expect(figures.figures).toEqual([]);
    });
  });
});
