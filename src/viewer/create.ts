import type { Contents, ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import { ResultSource } from '../hdf5/client';
import type { ResultContext } from './document';
import {
  fileContents,
  fileLocation,
  siblingLocation,
  siblingPath
} from './location';
import type { ViewerOptions } from './options';
import type { PaneSizes } from './sizes';
import { ResultViewer } from './viewer';

/** What the viewer of a document is made with. */
export interface ICreateOptions {
  readonly context: ResultContext;
  readonly contents: Contents.IManager;
  readonly serverSettings: ServerConnection.ISettings;
  readonly options: ViewerOptions;
  readonly sizes: PaneSizes;
  readonly trans: TranslationBundle;
  readonly themeChanged?: ISignal<unknown, unknown>;
}

/** The viewer of a document, which starts reading when the context found the file. */
export function createViewer(setup: ICreateOptions): ResultViewer {
  const { context, contents, serverSettings, sizes } = setup;
  // The path is asked for at each opening: the file may have been renamed.
  const source = new ResultSource({
    location: () => fileLocation(context.path, contents, serverSettings),
    fallback: (progress, signal) =>
      fileContents(context.path, contents, progress, signal),
    beside: file => ({
      location: () =>
        siblingLocation(context.path, file, contents, serverSettings),
      fallback: (progress, signal) => {
        const path = siblingPath(context.path, file, contents);
        return fileContents(path, contents, progress, signal);
      }
    })
  });
  const viewer = new ResultViewer({
    source,
    options: setup.options,
    trans: setup.trans,
    themeChanged: setup.themeChanged,
    sizes: sizes.current,
    onSizes: changed => sizes.update(changed)
  });
  void context.ready.then(() => viewer.open());
  return viewer;
}
