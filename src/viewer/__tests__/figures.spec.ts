import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { FakePlotly } from '../../plot/__tests__/fakeplot';
import { fakePage, settle } from '../../plot/__tests__/plotpage';
import { loadPlotly } from '../../plot/loader';
import type { Arrangement } from '../arrangement';
import { FigureDock } from '../figures';
import { DEFAULT_OPTIONS, ViewerOptions } from '../options';
import { CAI, FakeFile, trans, TWO, V } from './fakefile';

jest.mock('../../plot/loader');

let file: FakeFile;
let options: ViewerOptions;
let dock: FigureDock;

fakePage();

beforeEach(() => {
  jest.mocked(loadPlotly).mockResolvedValue(new FakePlotly());
  file = new FakeFile(TWO);
  options = new ViewerOptions();
  dock = new FigureDock({
    source: file,
    options,
    trans,
    sentence: failure => `failed: ${failure.code}`,
    inPage: false
  });
  Widget.attach(dock, document.body);
  MessageLoop.flush();
});

afterEach(() => dock.dispose());

const ids = () => dock.figures.map(figure => figure.id);

/** The names on the tabs. */
function tabs(): (string | null)[] {
  return Array.from(
    dock.node.querySelectorAll('.lm-TabBar-tab'),
    ({ textContent }) => textContent
  );
}

/** The tab of a figure. */
function tab(id: number): HTMLElement {
  MessageLoop.flush();
  const found = Array.from(
    dock.node.querySelectorAll<HTMLElement>('.lm-TabBar-tab')
  ).find(({ textContent }) => textContent === `Figure ${id}`);
  if (!found) {
    throw new Error(`There is no tab of Figure ${id}`);
  }
  return found;
}

/** The tabs that are marked as the one to draw in. */
function marked(): (string | null)[] {
  MessageLoop.flush();
  return Array.from(
    dock.node.querySelectorAll('.jp-NeuronvisioFigures-current'),
    ({ textContent }) => textContent
  );
}

/** Press and let go on an element, as a mouse does. */
function press(node: Element): void {
  for (const type of ['pointerdown', 'pointerup']) {
    node.dispatchEvent(
      new MouseEvent(type, { bubbles: true, cancelable: true, button: 0 })
    );
  }
}

/** Close a figure by the cross on its tab, which is found by its place. */
function close(id: number): void {
  const pressed = tab(id);
  const place = { left: 0, top: 0, right: 100, bottom: 24 } as DOMRect;
  pressed.getBoundingClientRect = () => place;
  press(pressed.querySelector('.lm-TabBar-tabCloseIcon')!);
  MessageLoop.flush();
}

describe('FigureDock', () => {
  it('should begin with an empty Figure 1 to draw in', () => {
    expect(ids()).toEqual([1]);
    expect(dock.current.id).toBe(1);
    expect(dock.current.paths).toEqual([]);
    expect(marked()).toEqual(['Figure 1']);
  });

  it('should make figures as the settings say, and change those there are', () => {
    options.update({ ...DEFAULT_OPTIONS, legend: false });
    expect(dock.current.legend).toBe(false);
    expect(dock.newFigure().legend).toBe(false);
  });

  describe('#newFigure()', () => {
    it('should draw in the new figure from now on, and tell so', () => {
      const told: number[] = [];
      dock.currentChanged.connect((_, figure) => told.push(figure.id));
      const figure = dock.newFigure();
      expect(figure.id).toBe(2);
      expect(dock.current).toBe(figure);
      expect(told).toEqual([2]);
      expect(marked()).toEqual(['Figure 2']);
    });

    it('should leave the figures as they are, and load nothing for an empty one', async () => {
      dock.current.setPaths([V]);
      await settle();
      dock.newFigure();
      await settle();
      expect(dock.figures.map(figure => figure.paths)).toEqual([[V], []]);
      expect(file.traced).toEqual([V]);
    });

    it('should take the least number that is free', () => {
      dock.newFigure();
      dock.newFigure();
      close(2);
      expect(ids()).toEqual([1, 3]);
      expect(dock.newFigure().id).toBe(2);
      expect(ids()).toEqual([1, 2, 3]);
    });
  });

  describe('#chooseFigure()', () => {
    it('should draw in the figure, and bring it to the front', () => {
      dock.newFigure();
      dock.chooseFigure(1);
      expect(dock.current.id).toBe(1);
      expect(marked()).toEqual(['Figure 1']);
      expect(tab(1).classList).toContain('lm-mod-current');
    });

    it('should do nothing for a number that no figure has', () => {
      const told = jest.fn();
      dock.currentChanged.connect(told);
      dock.chooseFigure(7);
      dock.chooseFigure(1);
      expect(dock.current.id).toBe(1);
      expect(told).not.toHaveBeenCalled();
    });
  });

  describe('use of a figure', () => {
    it('should draw in the figure whose tab is pressed', () => {
      dock.newFigure();
      press(tab(1));
      expect(dock.current.id).toBe(1);
    });

    it('should draw in the figure that is pressed or has the focus', () => {
      const first = dock.node.querySelector('.jp-NeuronvisioFigure')!;
      dock.newFigure();
      press(first);
      expect(dock.current.id).toBe(1);
      dock.chooseFigure(2);
      first.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
      expect(dock.current.id).toBe(1);
    });
  });

  describe('closing', () => {
    it('should forget the figure, and draw in another one', () => {
      dock.newFigure();
      const told: number[] = [];
      dock.currentChanged.connect((_, figure) => told.push(figure.id));
      close(2);
      expect(tabs()).toEqual(['Figure 1']);
      expect(ids()).toEqual([1]);
      expect(dock.current.id).toBe(1);
      expect(told).toEqual([1]);
      expect(marked()).toEqual(['Figure 1']);
    });

    it('should go on in the figure used last when another one is closed', () => {
      dock.newFigure();
      dock.newFigure();
      dock.chooseFigure(1);
      close(2);
      expect(ids()).toEqual([1, 3]);
      expect(dock.current.id).toBe(1);
    });

    it('should make an empty figure in place of the last one', () => {
      dock.current.setPaths([V]);
      const first = dock.current;
      close(1);
      expect(dock.figures).toHaveLength(1);
      expect(dock.current).not.toBe(first);
      expect(dock.current.paths).toEqual([]);
      expect(marked()).toEqual([`Figure ${dock.current.id}`]);
      expect(tabs()).toEqual(marked());
    });

    it('should read nothing more for a figure that is closed', async () => {
      dock.newFigure().setPaths([V]);
      await settle();
      const { current } = dock;
      close(2);
      current.setPaths([CAI]);
      dock.refresh();
      await settle();
      expect(file.traced).toEqual([V]);
    });
  });

  describe('#haveFigures()', () => {
    it('should have these figures and no others, and draw in the first', () => {
      dock.newFigure();
      const models = dock.haveFigures([1, 3]);
      expect(models.map(({ id }) => id)).toEqual([1, 3]);
      expect(ids()).toEqual([1, 3]);
      expect(dock.current.id).toBe(1);
    });

    it('should leave the figures as they are for none', () => {
      dock.newFigure();
      expect(dock.haveFigures([])).toEqual([]);
      expect(ids()).toEqual([1, 2]);
    });
  });

  describe('#arrange()', () => {
    const SIDE_BY_SIDE: Arrangement = {
      kind: 'split',
      orientation: 'horizontal',
      areas: [
        { kind: 'tabs', figures: [2, 1], front: 1 },
        { kind: 'tabs', figures: [3], front: 0 }
      ],
      sizes: [0.25, 0.75]
    };

    it('should put the figures as they lay', () => {
      dock.haveFigures([1, 2, 3]);
      dock.arrange(SIDE_BY_SIDE);
      expect(dock.arrangement).toEqual(SIDE_BY_SIDE);
    });

    it('should take no figure away where that is of others', () => {
      dock.haveFigures([1, 2, 3, 4]);
      const before = dock.arrangement;
      dock.arrange(SIDE_BY_SIDE);
      expect(dock.arrangement).toEqual(before);
      expect(ids()).toEqual([1, 2, 3, 4]);
    });
  });

  describe('#resetZoom()', () => {
    it('should show the whole range of the current figure alone', () => {
      const first = dock.current;
      first.setZoom({ x: [1, 2] });
      const second = dock.newFigure();
      second.setZoom({ x: [3, 4] });
      dock.resetZoom();
      expect(second.zoom.x).toBeNull();
      expect(first.zoom.x).toEqual([1, 2]);
    });
  });

  describe('#refresh()', () => {
    it('should read the figures that can be seen anew', async () => {
      dock.current.setPaths([V, CAI]);
      await settle();
      expect(file.traced).toEqual([V, CAI]);
      dock.refresh();
      await settle();
      expect(file.traced).toEqual([V, CAI, V, CAI]);
    });
  });

  describe('#dispose()', () => {
    it('should be safe twice, and make no figure in place of the last one', () => {
      dock.newFigure();
      const changed = jest.fn();
      dock.figuresChanged.connect(changed);
      dock.dispose();
      dock.dispose();
      expect(dock.figures).toEqual([]);
      expect(changed).not.toHaveBeenCalled();
    });
  });
});
