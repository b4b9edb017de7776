import { isResultFileName } from '../refs/filename';

/** What stands for a file in JupyterLab's file browsers, and where its name is. */
const ITEM = '.jp-DirListing-item';
const NAME = '.jp-DirListing-itemText';

/** Call a function at the first press on a result file in a file browser: it is selected, and most likely opened next. */
export function atFirstPress(page: Document, then: () => void): void {
  const press = ({ target }: Event) => {
    const item = target instanceof Element ? target.closest(ITEM) : null;
    if (isResultFileName(item?.querySelector(NAME)?.textContent ?? '')) {
      page.removeEventListener('pointerdown', press, true);
      then();
    }
  };
  page.addEventListener('pointerdown', press, true);
}
