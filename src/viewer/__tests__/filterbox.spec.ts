import { FakeSource, manySections } from './fakesource';
import type { TreePage } from './treepage';
import { GROUP, mockViewHeight, showTree, SMALL } from './treepage';

let page: TreePage;

beforeAll(() => mockViewHeight());

afterEach(() => page.dispose());

afterAll(() => jest.restoreAllMocks());

function type(text: string): void {
  page.input.value = text;
  page.input.dispatchEvent(new Event('input'));
}

describe('FilterBox', () => {
  it('should be named for those who cannot see it', async () => {
    page = await showTree(SMALL);
    expect(page.input.getAttribute('aria-label')).toBe('Filter the variables');
    expect(page.status.textContent).toBe('');
  });

  it('should show a filter that somebody else set, but not while one is typed', async () => {
    page = await showTree(SMALL);
    page.model.setFilter('soma');
    await page.drawn();
    expect(page.input.value).toBe('soma');
    page.input.focus();
    page.model.setFilter('dend');
    await page.drawn();
    expect(page.input.value).toBe('soma');
  });

  it('should count one variable as one', async () => {
    page = await showTree(SMALL);
    await page.filter('soma count');
    expect(page.status.textContent).toBe('1 variable');
  });

  it('should tell that something could not be searched', async () => {
    page = await showTree(SMALL);
    page.source.damaged.add(`${GROUP}/soma`);
    await page.filter('axon');
    expect(page.status.textContent).toBe(
      'No variable matches. 1 item could not be read and was not searched.'
    );
  });

  it('should tell how much was searched where the file can be read no more', async () => {
    page = await showTree(manySections(30));
    await page.model.contents.requestChildren([`${GROUP}/dend_1`]);
    page.source.isGone = true;
    const cutOff = async (text: string) => {
      type(text);
      await page.until(() => page.model.progress?.isCutOff === true);
      await page.drawn();
      return page.status.textContent;
    };
    expect(await cutOff('dend_1 v')).toBe(
      '1 variable. Only 1 of 30 sections could be searched.'
    );
    expect(await cutOff('dend_2 v')).toBe(
      'Only 1 of 30 sections could be searched.'
    );
    page.model.contents.reset(page.source.summary);
    expect(await cutOff('v')).toBe('Nothing could be searched.');
  });

  it('should say nothing of a filter without words', async () => {
    page = await showTree(SMALL);
    await page.filter('soma');
    type('   ');
    await page.until(() => page.model.matchCount === null);
    expect(page.status.textContent).toBe('');
  });

  it('should not say that nothing matches before all was looked through', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>(resolve => (release = resolve));
    page = await showTree(manySections(300), GROUP);
    const { list } = FakeSource.prototype;
    jest.spyOn(page.source, 'list').mockImplementation(async paths => {
      await gate;
      return list.call(page.source, paths);
    });
    type('axon');
    await page.until(() => page.model.progress !== null);
    expect(page.status.textContent).toBe('0 of 300 sections searched…');
    release();
    await page.until(
      () => page.model.matchCount !== null && page.model.progress === null
    );
    expect(page.status.textContent).toBe('No variable matches.');
  });

  it('should not say that nothing matches where the file is gone', async () => {
    page = await showTree(SMALL, GROUP);
    page.source.isGone = true;
    await new Promise<void>(resolve => {
      page.contents.changed.connect(() => {
        if (page.contents.failure(`${GROUP}/soma`)) {
          resolve();
        }
      });
      type('axon');
    });
    await page.drawn();
    expect(page.status.textContent).toMatch(/^\d of \d sections searched…$/);
  });

  it('should say what was selected before all was looked through', async () => {
    page = await showTree(manySections(2000), GROUP);
    type('v');
    await page.until(() => (page.model.matchCount ?? 0) > 0);
    await page.press('a', { ctrlKey: true });
    const early = page.model.selection.length.toLocaleString('en-US');
    expect(page.status.textContent).toContain(
      `${early} selected of what was found so far`
    );
    await page.until(() => !page.status.textContent?.endsWith('searched…'));
    expect(page.status.textContent).toBe(
      `2,000 variables; ${early} were selected before all were found, Ctrl+A selects all`
    );
    await page.press('a', { ctrlKey: true });
    expect(page.status.textContent).toBe('2,000 variables');
  });
});
