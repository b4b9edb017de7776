import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { FakePlotly } from '../../plot/__tests__/fakeplot';
import { fakePage, settle } from '../../plot/__tests__/plotpage';
import { loadPlotly } from '../../plot/loader';
import { ViewerOptions } from '../options';
import { DEFAULT_SIZES } from '../sizes';
import { ResultViewer } from '../viewer';
import { CAI, FakeFile, trans, TWO, V } from './fakefile';

jest.mock('../../plot/loader');

let plotly: FakePlotly;
let file: FakeFile;
let others: Map<string, FakeFile>;
let viewer: ResultViewer;

fakePage();

beforeEach(async () => {
  plotly = new FakePlotly();
  jest.mocked(loadPlotly).mockResolvedValue(plotly);
  file = new FakeFile(TWO);
  others = new Map();
  viewer = new ResultViewer({
    source: file,
    others: {
      path: () => 'run_1.h5',
      open: path => {
        const other = new FakeFile(TWO);
        others.set(path, other);
        return other;
      }
    },
    options: new ViewerOptions(),
    trans,
    sizes: DEFAULT_SIZES,
    onSizes: () => undefined
  });
  Widget.attach(viewer, document.body);
  await viewer.open();
  viewer.draw([V]);
  await settled();
});

afterEach(() => viewer.dispose());

async function settled(): Promise<void> {
  await settle();
  MessageLoop.flush();
}

async function compare(...paths: string[]): Promise<void> {
  viewer.browser!.comparison!.add(paths);
  await settled();
}

const strip = () =>
  viewer.node.querySelector<HTMLElement>('.jp-NeuronvisioCompared')!;

const names = () =>
  Array.from(
    strip().querySelectorAll('.jp-NeuronvisioCompared-name'),
    item => item.textContent
  );

function takeOut(name: string): HTMLButtonElement {
  return strip().querySelector<HTMLButtonElement>(
    `[aria-label="Compare with ${name} no more"]`
  )!;
}

const legend = () =>
  Array.from(
    viewer.node.querySelectorAll('.jp-NeuronvisioLegend-name'),
    item => item.textContent
  );

const drawn = () => plotly.last.data.map(({ name }) => name);

describe('files that are compared', () => {
  it('should change nothing as long as there are none', () => {
    expect(strip().classList).toContain('lm-mod-hidden');
    expect(legend()).toEqual(['soma · v']);
    expect(drawn()).toEqual(['soma · v']);
  });

  it('should be drawn beside the opened one, each under its name', async () => {
    await compare('run_2.h5', 'run_3.h5');
    expect(drawn()).toEqual([
      'soma · v · run_1',
      'soma · v · run_2',
      'soma · v · run_3'
    ]);
    expect(legend()).toEqual([
      'soma · v run_1',
      'soma · v run_2',
      'soma · v run_3'
    ]);
    expect(others.get('run_2.h5')!.traced).toEqual([V]);
  });

  it('should be drawn of what is chosen later, in new figures too', async () => {
    await compare('run_2.h5');
    viewer.browser!.drawInNewFigure([CAI]);
    await settled();
    expect(drawn()).toEqual(['soma · cai · run_1', 'soma · cai · run_2']);
    expect(others.get('run_2.h5')!.traced).toEqual([V, CAI]);
  });

  it('should be opened no sooner than something of them is drawn', async () => {
    viewer.browser!.figures.current.clear();
    await settled();
    await compare('run_2.h5');
    expect(others.size).toBe(0);
    expect(names()).toEqual(['run_2']);
  });

  it('should be taken out by their button, and be closed', async () => {
    await compare('run_2.h5', 'run_3.h5');
    takeOut('run_2').click();
    await settled();
    expect(names()).toEqual(['run_3']);
    expect(drawn()).toEqual(['soma · v · run_1', 'soma · v · run_3']);
    expect(others.get('run_2.h5')!.isDisposed).toBe(true);
    takeOut('run_3').click();
    await settled();
    expect(strip().classList).toContain('lm-mod-hidden');
    expect(legend()).toEqual(['soma · v']);
  });

  it('should leave the keyboard at the next button, and then at the tree', async () => {
    await compare('run_2.h5', 'run_3.h5');
    takeOut('run_2').focus();
    takeOut('run_2').click();
    await settled();
    expect(document.activeElement).toBe(takeOut('run_3'));
    takeOut('run_3').click();
    await settled();
    expect(document.activeElement!.getAttribute('role')).toBe('tree');
  });

  it('should say what is wrong with one in its own name, the rest staying drawn', async () => {
    await compare('run_2.h5');
    others.get('run_2.h5')!.failure = { code: 'forbidden', technical: '' };
    viewer.browser!.figures.refresh();
    await settled();
    expect(drawn()).toEqual(['soma · v · run_1']);
    const notes = viewer.node.querySelector('.jp-NeuronvisioNotes')!;
    expect(notes.textContent).toContain('run_2.h5');
    // It is not the opened file that failed.
    expect(
      viewer.node.querySelector('.jp-NeuronvisioMessage')!.classList
    ).toContain('lm-mod-hidden');
  });

  it('should be opened anew with the opened file', async () => {
    await compare('run_2.h5');
    const other = others.get('run_2.h5')!;
    const { opened } = other;
    await viewer.open();
    await settled();
    expect(other.opened).toBe(opened + 1);
    expect(other.traced).toEqual([V, V]);
  });

  it('should be closed with the viewer', async () => {
    await compare('run_2.h5');
    viewer.dispose();
    expect(others.get('run_2.h5')!.isDisposed).toBe(true);
  });
});

describe('a trace of a compared file', () => {
  it('should be taken out in the legend alone, the variable staying selected', async () => {
    await compare('run_2.h5');
    viewer.node
      .querySelector<HTMLElement>(`[data-role=remove][data-key="${V}"]`)!
      .click();
    await settled();
    expect(drawn()).toEqual(['soma · v · run_2']);
    expect(viewer.browser!.model.selection).toEqual([V]);
    viewer.node
      .querySelector<HTMLElement>(`[data-role=remove][data-key$=":${V}"]`)!
      .click();
    await settled();
    expect(viewer.browser!.model.selection).toEqual([]);
  });
});
