import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { fakePage, settle } from '../../plot/__tests__/plotpage';
import { ActivityItem, FigureChoice } from '../toolbar';
import type { ResultViewer } from '../viewer';
import { FakeFile, trans, TWO, V } from './fakefile';
import { showViewer } from './viewerpage';

jest.mock('../../plot/loader');

let file: FakeFile;
let viewer: ResultViewer;

fakePage();

beforeEach(() => {
  file = new FakeFile(TWO);
  viewer = showViewer(file);
});

afterEach(() => viewer.dispose());

describe('FigureChoice', () => {
  let item: FigureChoice;
  let select: HTMLSelectElement;

  beforeEach(() => {
    item = new FigureChoice(viewer, trans);
    Widget.attach(item, document.body);
    select = item.node.querySelector('select')!;
  });

  afterEach(() => item.dispose());

  const offered = () =>
    Array.from(select.options, ({ textContent }) => textContent);

  it('should show the first figure before the file is open, and not change at its opening', async () => {
    expect(select.getAttribute('aria-label')).toBe('Figure to draw in');
    expect(select.getAttribute('aria-disabled')).toBe('true');
    expect(offered()).toEqual(['Figure 1']);
    const [option] = select.options;
    await viewer.open();
    expect(select.getAttribute('aria-disabled')).toBe('false');
    expect(offered()).toEqual(['Figure 1']);
    expect(select.options[0]).toBe(option);
  });

  it('should offer all figures, by number, and show the current one', async () => {
    await viewer.open();
    const { figures } = viewer.browser!;
    figures.newFigure();
    figures.newFigure();
    figures.chooseFigure(2);
    expect(offered()).toEqual(['Figure 1', 'Figure 2', 'Figure 3']);
    expect(select.value).toBe('2');
  });

  it('should choose the figure to draw in, with its selection', async () => {
    await viewer.open();
    const { figures, model } = viewer.browser!;
    figures.current.setPaths([V]);
    figures.newFigure();
    expect(model.selection).toEqual([]);
    select.value = '1';
    select.dispatchEvent(new Event('change'));
    expect(figures.current.id).toBe(1);
    expect(model.selection).toEqual([V]);
  });

  it('should leave its options alone while the figures are drawn in', async () => {
    await viewer.open();
    const [option] = select.options;
    viewer.browser!.figures.current.setPaths([V]);
    await settle();
    expect(select.options[0]).toBe(option);
  });
});

describe('ActivityItem', () => {
  let item: ActivityItem;

  beforeEach(() => {
    item = new ActivityItem(viewer, trans);
    Widget.attach(item, document.body);
    MessageLoop.flush();
  });

  afterEach(() => item.dispose());

  const text = () => item.node.querySelector('[role=status]')!.textContent;
  const stop = () => item.node.querySelector('button')!;

  it('should leave the opening to the viewer itself', () => {
    file.setActivity({ what: 'opening', done: 1e6, total: null });
    expect(text()).toBe('');
    expect(stop().hidden).toBe(true);
  });

  it('should say what is read, until nothing is', async () => {
    await viewer.open();
    file.setActivity({ what: 'reading', done: 1.26e6, total: null });
    expect(text()).toBe('Reading… 1.3 MB');
    expect(stop().hidden).toBe(false);
    file.setActivity(null);
    expect(text()).toBe('');
    expect(stop().hidden).toBe(true);
  });

  it('should put no other nodes into the toolbar with what it says', async () => {
    await viewer.open();
    const observer = new MutationObserver(() => undefined);
    observer.observe(item.node, { childList: true, subtree: true });
    file.setActivity({ what: 'reading', done: 1.26e6, total: null });
    file.setActivity({ what: 'reading', done: 2.26e6, total: null });
    file.setActivity(null);
    expect(observer.takeRecords()).toEqual([]);
  });

  it('should stop what is read', async () => {
    await viewer.open();
    file.setActivity({ what: 'reading', done: 1, total: null });
    stop().click();
    expect(file.stopped).toBe(1);
  });

  it('should follow the file no longer when it was disposed', async () => {
    await viewer.open();
    item.dispose();
    file.setActivity({ what: 'reading', done: 1, total: null });
    expect(text()).toBe('');
  });
});
