import type { IFileBrowserFactory } from '@jupyterlab/filebrowser';
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

/** The file browsers of the page. */
export type FileBrowsers = Pick<IFileBrowserFactory['tracker'], 'find'>;

/** Call a function with the path of a result file at the second press of a double click on it. */
export function atSecondPress(
  page: Document,
  browsers: FileBrowsers,
  then: (path: string) => void
): void {
  const press = ({ target, detail, button }: MouseEvent) => {
    const item = target instanceof Element ? target.closest(ITEM) : null;
    if (!item || detail !== 2 || button !== 0) {
      return;
    }
    const name = item.querySelector(NAME)?.textContent ?? '';
    // The first press selected it.
    const selected = browsers
      .find(({ node }) => node.contains(item))
      ?.selectedItems();
    for (const file of selected ?? []) {
      if (file.name === name && isResultFileName(name)) {
        then(file.path);
      }
    }
  };
  page.addEventListener('mousedown', press, true);
}
