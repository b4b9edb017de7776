import type { IWidgetTracker } from '@jupyterlab/apputils';
import { Token } from '@lumino/coreutils';
import type { ResultDocument } from './document';

/** Tracks the open result files. */
export interface IResultTracker extends IWidgetTracker<ResultDocument> {}

/** The token of the tracker of open result files. */
export const IResultTracker = new Token<IResultTracker>(
  'jupyterlab-neuronvisio:IResultTracker',
  'Tracks the result files that are open in the Neuronvisio viewer.'
);
