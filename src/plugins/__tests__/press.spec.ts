import { atFirstPress } from '../press';

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
