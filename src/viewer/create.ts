import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import type { ResultContext } from './document';
import type { ViewerOptions } from './options';
import type { PaneSizes } from './sizes';
import type { IFileServices } from './source';
import { fileLook, fileSource } from './source';
import { ResultViewer } from './viewer';

/** What the viewer of a document is made with. */
export interface ICreateOptions extends IFileServices {
  readonly context: ResultContext;
  readonly options: ViewerOptions;
  readonly sizes: PaneSizes;
  readonly trans: TranslationBundle;
  readonly themeChanged?: ISignal<unknown, unknown>;
}

/** The viewer of a document, which did not open the file yet. */
export function createViewer(setup: ICreateOptions): ResultViewer {
  const { context, sizes } = setup;
  const source = fileSource(() => context.path, setup);
  const viewer = new ResultViewer({
    source,
    others: {
      path: () => context.path,
      open: path => fileSource(() => path, setup)
    },
    look: fileLook(context, setup),
    options: setup.options,
    trans: setup.trans,
    themeChanged: setup.themeChanged,
    sizes: sizes.current,
    onSizes: changed => sizes.update(changed)
  });
  context.pathChanged.connect(() => viewer.browser?.comparison?.rename());
  return viewer;
}
