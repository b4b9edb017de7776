import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { Contents } from '@jupyterlab/services';
import { isResultFileName } from '../refs/filename';

/** What stands for a file in JupyterLab's file browsers, where its name is, and its check box. */
const ITEM = '.jp-DirListing-item';
const NAME = '.jp-DirListing-itemText';
const CHECKBOX = '.jp-DirListing-checkboxWrapper';

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

/** What of the page's file browsers is used. */
export interface IFileBrowsers {
  find(test: (browser: IFileBrowser) => boolean): IFileBrowser | undefined;
}

/** What of a file browser is used. */
export interface IFileBrowser {
  readonly node: Element;
  readonly model: {
    readonly manager: Pick<IDocumentManager, 'findWidget'> & {
      readonly registry: Pick<DocumentRegistry, 'defaultWidgetFactory'>;
    };
  };
  selectedItems(): Iterable<Pick<Contents.IModel, 'name' | 'path' | 'type'>>;
}

/** Call a function with the path of a result file at the second press of a double click that will open it in a new tab, made by this factory. */
export function atSecondPress(
  page: Document,
  browsers: IFileBrowsers,
  factory: string,
  then: (path: string) => void
): void {
  const press = (event: MouseEvent) => {
    const item = pressedItem(event);
    const browser = item && browsers.find(({ node }) => node.contains(item));
    if (!browser) {
      return;
    }
    const { manager } = browser.model;
    const named = item.querySelector(NAME)?.textContent ?? '';
    // The first press selected it.
    for (const { name, path, type } of browser.selectedItems()) {
      if (
        name === named &&
        type !== 'directory' &&
        isResultFileName(name) &&
        manager.registry.defaultWidgetFactory(path).name === factory &&
        !manager.findWidget(path, null)
      ) {
        then(path);
      }
    }
  };
  page.addEventListener('mousedown', press, true);
}

/** The item that JupyterLab takes for double-clicked if the press is let go of. */
function pressedItem(event: MouseEvent): Element | null {
  const { target, detail, button } = event;
  const isPlain =
    !event.ctrlKey && !event.shiftKey && !event.altKey && !event.metaKey;
  return isPlain &&
    detail === 2 &&
    button === 0 &&
    target instanceof Element &&
    !target.closest(CHECKBOX)
    ? target.closest(ITEM)
    : null;
}
