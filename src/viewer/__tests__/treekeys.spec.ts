import { Clipboard } from '@jupyterlab/apputils';
import type { IFakeGroup } from './fakesource';
import type { TreePage } from './treepage';
import {
  GROUP,
  mockViewHeight,
  showMany,
  showTree,
  SMALL,
  VIEW_HEIGHT
} from './treepage';

let page: TreePage;

async function show(root: IFakeGroup, ...expanded: string[]): Promise<void> {
  page = await showTree(root, ...expanded);
}

beforeAll(() => mockViewHeight());

afterEach(() => page.dispose());

afterAll(() => jest.restoreAllMocks());

describe('ResultTree', () => {
  describe('mouse', () => {
    const variables = [`${GROUP}/dend_1/cai`, `${GROUP}/dend_1/v`];
    const last = `${GROUP}/dend_2/v`;
    const open = [GROUP, `${GROUP}/dend_1`, `${GROUP}/dend_2`];

    it('should expand and collapse what holds others', async () => {
      await show(SMALL);
      await page.click(GROUP);
      expect(page.row(GROUP).getAttribute('aria-expanded')).toBe('true');
      await page.click(GROUP);
      expect(page.row(GROUP).getAttribute('aria-expanded')).toBe('false');
    });

    it('should leave open what a double click opened, but not at the twisty', async () => {
      await show(SMALL);
      await page.click(GROUP, { detail: 1 });
      await page.click(GROUP, { detail: 2 });
      expect(page.row(GROUP).getAttribute('aria-expanded')).toBe('true');
      page
        .row(GROUP)
        .querySelector('.jp-NeuronvisioTree-twisty')!
        .dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 }));
      await page.drawn();
      expect(page.row(GROUP).getAttribute('aria-expanded')).toBe('false');
    });

    it('should select one variable, add and take out by Ctrl, and all between by Shift', async () => {
      await show(SMALL, ...open);
      await page.click(variables[1]);
      expect(page.model.selection).toEqual([variables[1]]);
      expect(page.row(variables[1]).getAttribute('aria-selected')).toBe('true');
      await page.click(last, { ctrlKey: true });
      expect(page.model.selection).toEqual([variables[1], last]);
      await page.click(variables[1], { metaKey: true });
      expect(page.model.selection).toEqual([last]);
      expect(page.row(variables[1]).getAttribute('aria-selected')).toBe(
        'false'
      );
      await page.click(last);
      await page.click(variables[0], { shiftKey: true });
      expect(page.model.selection).toEqual([...variables, last]);
    });

    it('should select the clicked variable alone where nothing was clicked before Shift', async () => {
      await show(SMALL, ...open);
      await page.click(last, { shiftKey: true });
      expect(page.model.selection).toEqual([last]);
    });

    it('should click the row under the pointer where the tree had no focus', async () => {
      page = await showMany(5000);
      await page.scroll(60000);
      await page.click(`${GROUP}/dend_2505`);
      expect(page.node.scrollTop).toBe(60000);
      expect(page.active).toBe(`${GROUP}/dend_2505`);
      expect(page.model.rows.at(2506)?.expanded).toBe(true);
    });

    it('should focus a row by the right button, and select nothing', async () => {
      await show(SMALL, ...open);
      page
        .row(last)
        .dispatchEvent(new MouseEvent('contextmenu', { bubbles: true }));
      await page.drawn();
      expect(page.model.focusedVariable).toBe(last);
      expect(page.model.selection).toEqual([]);
    });
  });

  describe('keys', () => {
    it('should begin at the first row in view', async () => {
      page = await showMany(5000);
      await page.scroll(60001);
      page.node.focus();
      await page.drawn();
      expect(page.active).toBe(`${GROUP}/dend_2500`);
      expect(page.node.scrollTop).toBe(60001);
    });

    it('should move, open and close as in any tree', async () => {
      await show(SMALL);
      const steps: [key: string, active: string][] = [
        ['ArrowDown', '/results/Spikes'],
        ['ArrowDown', GROUP],
        ['ArrowRight', GROUP],
        ['ArrowRight', `${GROUP}/dend_1`],
        ['End', `${GROUP}/soma`],
        ['ArrowUp', `${GROUP}/dend_2`],
        ['ArrowLeft', GROUP],
        ['ArrowLeft', GROUP],
        ['Home', '/results/Spikes'],
        ['ArrowUp', '/results/Spikes']
      ];
      for (const [key, active] of steps) {
        const event = await page.press(key);
        await page.until(() => page.model.rows.at(0)?.kind !== 'loading');
        await page.until(
          () => !page.model.rows.slice().some(row => row.kind === 'loading')
        );
        expect([key, page.active]).toEqual([key, active]);
        expect(event.defaultPrevented).toBe(true);
      }
      expect(page.row(GROUP).getAttribute('aria-expanded')).toBe('false');
    });

    it('should go by pages, and bring the row into view', async () => {
      page = await showMany(5000);
      await page.press('Home');
      await page.press('PageDown');
      expect(page.active).toBe(`${GROUP}/dend_18`);
      await page.press('PageDown');
      expect(page.active).toBe(`${GROUP}/dend_37`);
      const { top } = page.place(`${GROUP}/dend_37`);
      expect(top + 24).toBe(VIEW_HEIGHT);
      await page.press('End');
      expect(page.active).toBe(`${GROUP}/dend_4999`);
      await page.press('PageUp');
      expect(page.active).toBe(`${GROUP}/dend_4980`);
    });

    it('should select by Enter, Space and Ctrl+Enter', async () => {
      await show(SMALL, GROUP, `${GROUP}/dend_1`);
      const [cai, v] = [`${GROUP}/dend_1/cai`, `${GROUP}/dend_1/v`];
      page.model.focus(cai);
      await page.press('Enter');
      expect(page.model.selection).toEqual([cai]);
      await page.press('ArrowDown');
      expect(page.model.selection).toEqual([cai]);
      await page.press(' ');
      expect(page.model.selection).toEqual([cai, v]);
      await page.press('Enter', { ctrlKey: true });
      expect(page.model.selection).toEqual([cai]);
    });

    it('should select from the focused row on by Shift, and back', async () => {
      await show(SMALL, GROUP, `${GROUP}/dend_1`, `${GROUP}/dend_2`);
      const [cai, v] = [`${GROUP}/dend_1/cai`, `${GROUP}/dend_1/v`];
      page.model.focus(cai);
      await page.press('ArrowDown', { shiftKey: true });
      expect(page.model.selection).toEqual([cai, v]);
      await page.press('End', { shiftKey: true });
      expect(page.model.selection).toEqual([cai, v, `${GROUP}/dend_2/v`]);
      await page.press('Home', { shiftKey: true });
      expect(page.model.selection).toEqual([cai]);
    });

    it('should open all beside by *', async () => {
      await show(SMALL, GROUP);
      page.model.focus(`${GROUP}/soma`);
      await page.press('*');
      const open = page.model.rows.slice().filter(row => row.expanded);
      expect(open.map(row => row.path)).toEqual([
        GROUP,
        `${GROUP}/dend_1`,
        `${GROUP}/dend_2`,
        `${GROUP}/soma`
      ]);
    });

    it('should find a name by its first letters, as long as they come fast', async () => {
      await show(SMALL, GROUP);
      const type = async (letters: string, at: number) => {
        for (const letter of letters) {
          const event = new KeyboardEvent('keydown', { key: letter });
          Object.defineProperty(event, 'timeStamp', { value: at });
          page.node.dispatchEvent(event);
        }
        await page.drawn();
        return page.active;
      };
      expect(await type('dend_2', 1000)).toBe(`${GROUP}/dend_2`);
      expect(await type('s', 2000)).toBe(`${GROUP}/soma`);
      expect(await type('p', 2400)).toBe('/results/Spikes');
      expect(await type('V', 3000)).toBe(GROUP);
      expect(await type('q', 4000)).toBe(GROUP);
    });

    it('should copy the path of the focused row by Ctrl+C', async () => {
      const copy = jest
        .spyOn(Clipboard, 'copyToSystem')
        .mockImplementation(() => undefined);
      await show(SMALL, GROUP);
      page.model.focus(`${GROUP}/soma`);
      await page.press('c', { ctrlKey: true });
      expect(copy.mock.calls).toEqual([[`${GROUP}/soma`]]);
      copy.mockRestore();
    });

    it('should leave the keys of JupyterLab to it', async () => {
      await show(SMALL, GROUP);
      page.model.focus(`${GROUP}/soma`);
      const keys: [string, KeyboardEventInit][] = [
        ['C', { ctrlKey: true, shiftKey: true }],
        ['b', { ctrlKey: true }],
        ['v', { altKey: true }],
        ['Tab', {}]
      ];
      for (const [key, init] of keys) {
        const event = await page.press(key, init);
        expect([key, event.defaultPrevented]).toEqual([key, false]);
      }
      expect(page.active).toBe(`${GROUP}/soma`);
    });
  });
});
