import type { FileBrowsers } from '../press';
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

  beforeEach(() => {
    then.mockReset();
    page = document.implementation.createHTMLDocument();
    page.body.innerHTML = `
      <div class="one"><p class="jp-DirListing-item"><b class="jp-DirListing-itemText">run.h5</b></p></div>
      <div class="two"><p class="jp-DirListing-item"><b class="jp-DirListing-itemText">run.h5</b></p>
        <i class="jp-DirListing-item"><u class="jp-DirListing-itemText">notes.txt</u></i></div>`;
    const browsers = ['one', 'two'].map(folder => ({
      node: page.querySelector(`.${folder}`)!,
      selectedItems: () =>
        [
          { name: 'notes.txt', path: `${folder}/notes.txt` },
          { name: 'run.h5', path: `${folder}/run.h5` }
        ].values()
    }));
    const find = (test: (browser: never) => boolean) =>
      browsers.find(browser => test(browser as never));
    atSecondPress(page, { find } as unknown as FileBrowsers, then);
  });

  function press(selector: string, how: MouseEventInit): void {
    page
      .querySelector(selector)!
      .dispatchEvent(new MouseEvent('mousedown', { bubbles: true, ...how }));
  }

  it('calls with the path of the file in the browser that is pressed', () => {
    press('.two b', { detail: 2 });
    expect(then.mock.calls).toEqual([['two/run.h5']]);
  });

  it.each([
    ['the first press', '.two b', { detail: 1 }],
    ['a third press', '.two b', { detail: 3 }],
    ['another button', '.two b', { detail: 2, button: 2 }],
    ['what is no result file', '.two u', { detail: 2 }],
    ['what is no file', '.two', { detail: 2 }]
  ])('waits at %s', (_, selector, how) => {
    press(selector, how);
    expect(then).not.toHaveBeenCalled();
  });
});
