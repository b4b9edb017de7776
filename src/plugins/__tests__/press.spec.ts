import type { IFileBrowser } from '../press';
import { atFirstPress, atSecondPress } from '../press';

describe('atFirstPress()', () => {
  let page: Document;

  beforeEach(() => {
    page = document.implementation.createHTMLDocument();
    page.body.innerHTML = `
      <ul>
        <li class="jp-DirListing-item"><i></i><span class="jp-DirListing-itemText">run.H5</span></li>
        <li class="jp-DirListing-item"><i></i><span class="jp-DirListing-itemText">run.h5.txt</span></li>
      </ul>
      <p>run.h5</p>`;
  });

  function press(selector: string): void {
    page
      .querySelector(selector)!
      .dispatchEvent(new Event('pointerdown', { bubbles: true }));
  }

  it('calls once, wherever in the row of a result file the press is', () => {
    const then = jest.fn();
    atFirstPress(page, then);
    press('li:first-child i');
    expect(then).toHaveBeenCalledTimes(1);
    press('li:first-child span');
    expect(then).toHaveBeenCalledTimes(1);
  });

  it.each(['li:last-child span', 'ul', 'p'])(
    'waits at a press on %s, which is no result file',
    selector => {
      const then = jest.fn();
      atFirstPress(page, then);
      press(selector);
      expect(then).not.toHaveBeenCalled();
      press('li:first-child');
      expect(then).toHaveBeenCalledTimes(1);
    }
  );
});

describe('atSecondPress()', () => {
  const then = jest.fn<void, [string]>();
  let page: Document;
  let factory: string;
  let open: string[];

  beforeEach(() => {
    then.mockReset();
    factory = 'Ours';
    open = [];
    const row = (name: string) =>
      `<p class="jp-DirListing-item ${name}"><label class="jp-DirListing-checkboxWrapper"></label>
        <b class="jp-DirListing-itemText">${name}.h5</b></p>`;
    page = document.implementation.createHTMLDocument();
    page.body.innerHTML = `
      <div class="one">${row('run')}</div>
      <div class="two">${row('run')}${row('folder')}${row('other')}
        <i class="jp-DirListing-item"><u class="jp-DirListing-itemText">notes.txt</u></i></div>`;
    const manager = {
      registry: { defaultWidgetFactory: () => ({ name: factory }) },
      findWidget: (path: string, name: null) =>
        name === null && open.includes(path) ? {} : undefined
    };
    const browsers = ['one', 'two'].map(place => ({
      node: page.querySelector(`.${place}`)!,
      model: { manager },
      selectedItems: () => [
        { name: 'notes.txt', path: `${place}/notes.txt`, type: 'file' },
        { name: 'folder.h5', path: `${place}/folder.h5`, type: 'directory' },
        { name: 'run.h5', path: `${place}/run.h5`, type: 'file' }
      ]
    })) as unknown as IFileBrowser[];
    atSecondPress(page, { find: test => browsers.find(test) }, 'Ours', then);
  });

  function press(selector: string, how: MouseEventInit = { detail: 2 }): void {
    page
      .querySelector(selector)!
      .dispatchEvent(new MouseEvent('mousedown', { bubbles: true, ...how }));
  }

  it('calls with the path of the file in the browser that is pressed', () => {
    press('.two .run b');
    expect(then.mock.calls).toEqual([['two/run.h5']]);
  });

  it.each<[string, string, MouseEventInit]>([
    ['the first press', '.two .run b', { detail: 1 }],
    ['a third press', '.two .run b', { detail: 3 }],
    ['another button', '.two .run b', { detail: 2, button: 2 }],
    ['a press with Ctrl', '.two .run b', { detail: 2, ctrlKey: true }],
    ['a press with Shift', '.two .run b', { detail: 2, shiftKey: true }],
    ['a press with Alt', '.two .run b', { detail: 2, altKey: true }],
    ['a press with Meta', '.two .run b', { detail: 2, metaKey: true }],
    ['the check box of a file', '.two .run label', { detail: 2 }],
    ['a file that is not selected', '.two .other b', { detail: 2 }],
    ['a folder', '.two .folder b', { detail: 2 }],
    ['what is no result file', '.two u', { detail: 2 }],
    ['what is no file', '.two', { detail: 2 }]
  ])('waits at %s', (_, selector, how) => {
    press(selector, how);
    expect(then).not.toHaveBeenCalled();
  });

  it('waits where the file has a tab, or opens in the tab of another', () => {
    open = ['two/run.h5'];
    press('.two .run b');
    open = [];
    factory = 'Text';
    press('.two .run b');
    expect(then).not.toHaveBeenCalled();
  });
});
