import type { IWidgetTracker } from '@jupyterlab/apputils';
import { Token } from '@lumino/coreutils';
import type { ResultDocument } from './document';
import type { BrowserFocus } from './focus';

/** Tracks the open result files. */
export interface IResultTracker extends IWidgetTracker<ResultDocument> {}

/** The token of the tracker of open result files. */
export const IResultTracker = new Token<IResultTracker>(
  'jupyterlab-neuronvisio:IResultTracker',
  'Tracks the result files that are open in the Neuronvisio viewer.'
);

/** Knows which results in the page were used last; commands are for these. */
export interface IBrowserFocus extends BrowserFocus {}

/** The token of what knows which results were used last. */
export const IBrowserFocus = new Token<IBrowserFocus>(
  'jupyterlab-neuronvisio:IBrowserFocus',
  'Knows which results in tabs and notebooks were used last.'
);
