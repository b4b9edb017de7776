import { Widget } from '@lumino/widgets';
import type { IFakeGroup } from './fakesource';
import { FakeSource, manySections } from './fakesource';
import {
  GROUP,
  mockViewHeight,
  showMany,
  showTree,
  SMALL,
  TreePage,
  VIEW_HEIGHT
} from './treepage';

const PAYLOAD = '<img src=q onerror=alert(1)>';

let page: TreePage;

async function show(root: IFakeGroup, ...expanded: string[]): Promise<void> {
  page = await showTree(root, ...expanded);
}

beforeAll(() => mockViewHeight());

afterEach(() => page.dispose());

afterAll(() => jest.restoreAllMocks());

describe('ResultTree', () => {
  describe('rows', () => {
    it('should be items of a tree, each with its place', async () => {
      await show(SMALL, GROUP, `${GROUP}/dend_1`);
      const { node } = page;
      expect(node.getAttribute('aria-multiselectable')).toBe('true');
      expect(node.tabIndex).toBe(0);
      const places = page.rows.map(row => [
        row.getAttribute('role'),
        row.dataset.path,
        ...['level', 'posinset', 'setsize', 'expanded', 'selected'].map(name =>
          row.getAttribute(`aria-${name}`)
        )
      ]);
      expect(places).toEqual([
        ['treeitem', '/results/Spikes', '1', '1', '2', 'false', null],
        ['treeitem', GROUP, '1', '2', '2', 'true', null],
        ['treeitem', `${GROUP}/dend_1`, '2', '1', '3', 'true', null],
        ['treeitem', `${GROUP}/dend_1/cai`, '3', '1', '2', null, 'false'],
        ['treeitem', `${GROUP}/dend_1/v`, '3', '2', '2', null, 'false'],
        ['treeitem', `${GROUP}/dend_2`, '2', '2', '3', 'false', null],
        ['treeitem', `${GROUP}/soma`, '2', '3', '3', 'false', null]
      ]);
    });

    it('should be a few dozen of thousands, used again when scrolled', async () => {
      page = await showMany(5000);
      const before = page.rows;
      expect(before.length).toBeGreaterThanOrEqual(VIEW_HEIGHT / 24);
      expect(before.length).toBeLessThan(50);
      await page.scroll(60000);
      const inView = page.row(`${GROUP}/dend_2504`);
      expect(before).toContain(inView);
      expect(inView.getAttribute('aria-posinset')).toBe('2505');
      expect(inView.getAttribute('aria-setsize')).toBe('5000');
      expect(page.rows.length).toBeLessThan(50);
      expect(page.source.described.length).toBeLessThan(120);
    });

    it('should keep their elements while they are in view, in the order of the rows', async () => {
      page = await showMany(5000);
      await page.scroll(60000);
      const kept = [2500, 2504, 2508].map(i => `${GROUP}/dend_${i}`);
      const before = kept.map(path => page.row(path));
      for (const top of [60048, 59952, 60072]) {
        await page.scroll(top);
        kept.forEach((path, i) => expect(page.row(path)).toBe(before[i]));
        const places = page.rows.map(row =>
          Number(row.getAttribute('aria-posinset'))
        );
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }
    });

    it('should stay in sight when a filter leaves few of them', async () => {
      page = await showMany(5000);
      await page.scroll(60000);
      await page.filter('dend 10 v');
      expect(page.rows.map(row => row.dataset.path)).toEqual([
        GROUP,
        `${GROUP}/dend_10`,
        `${GROUP}/dend_10/v`
      ]);
    });

    it('should tell detail, length and type, the x, and how much is in them', async () => {
      await show(SMALL, GROUP, `${GROUP}/dend_2`);
      const facts = page.contents;
      await page.until(() => facts.facts(`${GROUP}/dend_2/v`) !== null);
      await page.until(() => facts.facts(`${GROUP}/x`) !== null);
      await page.drawn();
      const details = (path: string) =>
        page.row(path).querySelector('.jp-NeuronvisioTree-details')!;
      expect(details(`${GROUP}/dend_2/v`).textContent).toBe('tuft5 × float64');
      expect(details(`${GROUP}/dend_2/v`).getAttribute('title')).toBe(
        'tuft · 5 × float64'
      );
      expect(details(`${GROUP}/dend_2`).textContent).toBe('1 variable');
      expect(details(GROUP).textContent).toBe('3 sections, x: 5 × float64');
    });

    it('should not count before it is known whether x is one of them', async () => {
      let release: () => void = () => undefined;
      const gate = new Promise<void>(resolve => (release = resolve));
      const { describe: read } = FakeSource.prototype;
      const describe = jest.spyOn(FakeSource.prototype, 'describe');
      describe.mockImplementation(async function (this: FakeSource, paths) {
        await gate;
        return read.call(this, paths);
      });
      await show(manySections(5000));
      describe.mockRestore();
      await page.until(() => page.contents.childNames(GROUP) !== null);
      expect(page.row(GROUP).textContent).toBe('VecRef');
      release();
      await page.until(() => page.contents.facts(`${GROUP}/x`) !== null);
      await page.drawn();
      expect(page.row(GROUP).textContent).toContain('5,000 sections');
    });

    it('should say of how many sections only some are listed', async () => {
      page = new TreePage(manySections(5000));
      page.source.mostNames = 2001;
      await page.until(() => page.contents.facts(`${GROUP}/x`) !== null);
      await page.drawn();
      expect(page.row(GROUP).textContent).toContain(
        '5,000 sections, only 2,000 of them listed, x: 5 × float64'
      );
    });

    it('should count what is beside the results without the results', async () => {
      await show({ geometry: { geom: '' }, notes: '', ...SMALL });
      await page.drawn();
      expect(page.row('/').textContent).toBe('Other contents2 items');
    });

    it('should show names and details of the file as text', async () => {
      const group = `/results/${PAYLOAD}`;
      await show({ results: { [PAYLOAD]: { '<b>s': { v: PAYLOAD } } } });
      await page.expand(group, `${group}/<b>s`);
      const variable = `${group}/<b>s/v`;
      await page.until(() => page.contents.facts(variable) !== null);
      await page.drawn();
      expect(page.tree.node.querySelector('img, b')).toBeNull();
      expect(page.row(group).textContent).toContain(PAYLOAD);
      expect(page.row(variable).textContent).toContain(PAYLOAD);
    });

    it('should say what is being read, empty and not readable', async () => {
      await show({ results: { A: { empty: {} }, B: { bad: 'a dataset' } } });
      page.model.setExpanded('/results/A', true);
      await page.drawn();
      expect(page.rows[1].textContent).toBe('Reading…');
      expect(page.rows[1].getAttribute('role')).toBe('none');
      await page.expand('/results/A', '/results/A/empty');
      expect(page.rows[2].textContent).toBe('Nothing recorded here.');
      page.source.isGone = true;
      page.model.setExpanded('/results/B', true);
      await page.until(() => page.contents.failure('/results/B') !== null);
      await page.drawn();
      const failed = page.row('/results/B');
      expect(failed.textContent).toBe('Bfailed: server-gone');
      expect(failed.classList).toContain('jp-mod-failed');
      expect(failed.querySelector('[title="failed: server-gone"]')).not.toBe(
        null
      );
    });
  });

  describe('#onAfterAttach()', () => {
    it('should keep the scrolling of a tab that is moved', async () => {
      page = await showMany(5000);
      await page.scroll(60000);
      Widget.detach(page.tree);
      page.node.scrollTop = 0;
      Widget.attach(page.tree, document.body);
      await page.drawn();
      expect(page.node.scrollTop).toBe(60000);
      expect(page.place(`${GROUP}/dend_2504`).top).toBe(120);
    });
  });

  describe('the focus', () => {
    it('should stay with a row that is still to be read, and bring it into view', async () => {
      const section = `${GROUP}/dend_3000`;
      page = new TreePage(manySections(5000));
      const { model, source } = page;
      let answer: () => void = () => undefined;
      const late = new Promise<void>(resolve => (answer = resolve));
      const list = source.list.bind(source);
      source.list = async paths => {
        const soon = paths.filter(path => path !== section);
        if (soon.length === 0) {
          await late;
        }
        return list(soon.length > 0 ? soon : paths);
      };
      model.restore([GROUP, section], `${section}/v`);
      await page.until(() => page.contents.childNames(GROUP) !== null);
      page.node.focus();
      await page.drawn();
      expect(page.rows.length).toBeGreaterThan(10);
      expect(page.active).toBeUndefined();
      answer();
      await page.until(() => model.focusedIndex >= 0);
      await page.drawn();
      expect(page.active).toBe(`${section}/v`);
      const { top } = page.place(`${section}/v`);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top).toBeLessThan(VIEW_HEIGHT);
    });
  });

  describe('filter', () => {
    it('should say how many variables match, and select them by Ctrl+A', async () => {
      await show(SMALL);
      await page.filter('dend v');
      expect(page.status.textContent).toBe('2 variables');
      await page.press('a', { ctrlKey: true });
      expect(page.model.selection).toEqual([
        `${GROUP}/dend_1/v`,
        `${GROUP}/dend_2/v`
      ]);
    });

    it('should say how far it has looked', async () => {
      await show(manySections(5000));
      const said = new Set<string>();
      const watch = new MutationObserver(() =>
        said.add(page.status.textContent ?? '')
      );
      watch.observe(page.status, { childList: true });
      await page.filter('cai');
      watch.disconnect();
      const counts = [...said].filter(text =>
        /^[\d,]+ variables? so far, [\d,]+ of 5,000 sections searched…$/.test(
          text
        )
      );
      expect(counts.length).toBeGreaterThan(1);
      expect(page.status.textContent).toBe('5,000 variables');
    });

    it('should say that nothing matches', async () => {
      await show(SMALL);
      await page.filter('axon');
      expect(page.status.textContent).toBe('No variable matches.');
      expect(page.rows).toEqual([]);
    });

    it('should be cleared by Escape, and handed over to the tree by Down', async () => {
      await show(SMALL);
      await page.filter('soma');
      page.input.focus();
      const press = (key: string) => {
        const event = new KeyboardEvent('keydown', { key, cancelable: true });
        page.input.dispatchEvent(event);
        return event.defaultPrevented;
      };
      expect(press('ArrowDown')).toBe(true);
      await page.drawn();
      expect(document.activeElement).toBe(page.node);
      expect(page.active).toBe('/results/Spikes');
      expect(press('Escape')).toBe(true);
      await page.drawn();
      expect(page.input.value).toBe('');
      expect(page.model.filter).toBe('');
      expect(page.status.textContent).toBe('');
      expect(press('Escape')).toBe(false);
    });
  });

  describe('#dispose()', () => {
    it('should be safe twice, and leave the model alone', async () => {
      await show(SMALL, GROUP);
      page.tree.dispose();
      page.tree.dispose();
      expect(page.tree.isDisposed).toBe(true);
      page.model.setExpanded(GROUP, false);
      await page.drawn();
      expect(page.model.isDisposed).toBe(false);
    });
  });
});
