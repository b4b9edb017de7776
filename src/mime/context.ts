import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import type { NodePath } from '../refs/layout';
import type { BrowserFocus } from '../viewer/focus';
import type { ViewerOptions } from '../viewer/options';
import type { IFileServices } from '../viewer/source';
import type { IBundle } from './payload';

/** What outputs have of JupyterLab. */
export interface IOutputContext {
  readonly services: IFileServices;
  readonly options: ViewerOptions;
  readonly trans: TranslationBundle;
  readonly themeChanged?: ISignal<unknown, unknown>;
  readonly focus: BrowserFocus | null;
  /** Opens a file in a tab with variables drawn; null where there are no tabs. */
  readonly openTab: ((path: string, drawn: readonly NodePath[]) => void) | null;
}

/** One output that can be shown, and where it stands. */
export interface IOutputSetup {
  readonly bundle: IBundle;
  /** Whether the notebook is trusted. */
  readonly trusted: boolean;
  readonly resolver: IRenderMime.IResolver | null;
}
