import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import { Addresses } from './addresses';
import type { ResultContext } from './document';
import { Forerunner } from './forerunner';
import type { ViewerOptions } from './options';
import type { PaneSizes } from './sizes';
import type { IFileServices } from './source';
import { documentLook, fileLook, fileSource } from './source';
import { ResultViewer } from './viewer';

/** What the viewers of documents are made with. */
export interface ICreateOptions extends IFileServices {
  readonly options: ViewerOptions;
  readonly sizes: PaneSizes;
  readonly trans: TranslationBundle;
  readonly themeChanged?: ISignal<unknown, unknown>;
}

/** Makes the viewers of documents. */
export interface IViewerMaker {
  /** Open a file that will be shown in a moment. */
  readonly begin: (path: string) => void;
  /** Make a viewer, which did not open its file yet. */
  readonly make: (context: ResultContext) => ResultViewer;
}

/** What makes the viewers of documents. */
export function viewerMaker(services: ICreateOptions): IViewerMaker {
  const addresses = new Addresses(services.contents);
  void addresses.learn();
  const setup = { ...services, addresses };
  const forerunner = new Forerunner(path => fileSource(path, setup));
  return {
    begin: path => forerunner.begin(path),
    make: context => createViewer(context, setup, forerunner)
  };
}

function createViewer(
  context: ResultContext,
  setup: ICreateOptions,
  forerunner: Forerunner
): ResultViewer {
  const { sizes } = setup;
  const path = () => context.path;
  const begun = forerunner.take(path);
  const source = begun?.source ?? fileSource(path, setup);
  const viewer = new ResultViewer({
    source,
    begun: begun?.summary,
    others: {
      path,
      open: other => fileSource(() => other, setup),
      look: other => fileLook(() => other, setup.contents)
    },
    look: documentLook(context, setup),
    options: setup.options,
    trans: setup.trans,
    themeChanged: setup.themeChanged,
    sizes: sizes.current,
    onSizes: changed => sizes.update(changed)
  });
  context.pathChanged.connect(() => viewer.browser?.comparison?.rename());
  return viewer;
}
