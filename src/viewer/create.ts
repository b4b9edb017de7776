import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import { Addresses } from './addresses';
import type { ResultContext } from './document';
import type { ViewerOptions } from './options';
import type { PaneSizes } from './sizes';
import type { IFileServices } from './source';
import { fileLook, fileSource } from './source';
import { ResultViewer } from './viewer';

/** What the viewers of documents are made with. */
export interface ICreateOptions extends IFileServices {
  readonly options: ViewerOptions;
  readonly sizes: PaneSizes;
  readonly trans: TranslationBundle;
  readonly themeChanged?: ISignal<unknown, unknown>;
}

/** Makes the viewers of documents, which did not open their files yet. */
export function viewerMaker(
  services: ICreateOptions
): (context: ResultContext) => ResultViewer {
  const addresses = new Addresses(services.contents);
  void addresses.learn();
  const setup = { ...services, addresses };
  return context => createViewer(context, setup);
}

function createViewer(
  context: ResultContext,
  setup: ICreateOptions
): ResultViewer {
  const { sizes } = setup;
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
