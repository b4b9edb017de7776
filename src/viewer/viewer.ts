import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { BoxLayout, Widget } from '@lumino/widgets';
import type { IResultSource } from '../hdf5/source';
import type { IFailure } from '../refs/failure';
import { failureOf } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import type { ResultBrowser } from './browser';
import type { IOtherFiles } from './comparison';
import { failureSentence } from './message';
import { MessagePane } from './messagepane';
import type { ViewerOptions } from './options';
import type { IPaneSizes } from './sizes';
import { WatchedSource } from './watched';

/** What a viewer is made with. */
export interface IViewerSetup {
  /** The file; disposed with the viewer. */
  readonly source: IResultSource;
  /** The files that it can be compared with. */
  readonly others?: IOtherFiles;
  readonly options: ViewerOptions;
  readonly trans: TranslationBundle;
  readonly themeChanged?: ISignal<unknown, unknown>;
  readonly sizes: IPaneSizes;
  readonly onSizes: (sizes: IPaneSizes) => void;
}

/** Opens one result file and shows it, or says why it cannot. */
export class ResultViewer extends Widget {
  /** Make a viewer; nothing is read before `open`. */
  constructor(private readonly _setup: IViewerSetup) {
    super();
    this.addClass('jp-NeuronvisioViewer');
    this.node.tabIndex = -1;
    this._source = new WatchedSource(_setup.source);
    this._message = new MessagePane(_setup.trans);
    this._message.retryRequested.connect(() => void this.open(), this);
    this._message.stopRequested.connect(() => this._source.stop(), this);
    this._source.fileFailed.connect(this._onFileFailed, this);
    this._source.activityChanged.connect(this._onActivity, this);
    const layout = new BoxLayout({ spacing: 0 });
    layout.addWidget(this._message);
    BoxLayout.setStretch(this._message, 1);
    this.layout = layout;
    this._message.showActivity(null);
  }

  /** The tree and the figures; null until the file is open. */
  get browser(): ResultBrowser | null {
    return this._browser;
  }

  /** Emitted when something changed that a toolbar shows. */
  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /** The file behind the viewer. */
  get source(): IResultSource {
    return this._source;
  }

  /** Draw variables in the current figure, as soon as the file is open. */
  draw(paths: readonly NodePath[]): void {
    if (this._browser) {
      this._browser.draw(paths);
    } else if (paths.length > 0) {
      this._toDraw = paths;
    }
  }

  /** Open the file, or open it anew: what is expanded, selected and zoomed stays. */
  async open(): Promise<void> {
    if (this._opening || this.isDisposed) {
      return;
    }
    this._opening = true;
    this._message.showActivity(null);
    try {
      // The tree and the figures load while the file is being opened.
      const [summary, { ResultBrowser }] = await Promise.all([
        this._source.open(),
        import('./browser')
      ]);
      if (this.isDisposed) {
        return;
      }
      this._opening = false;
      this._message.hide();
      if (this._browser) {
        this._browser.reload(summary);
      } else {
        this._show(
          new ResultBrowser({
            ...this._setup,
            source: this._source,
            summary,
            sentence: failure => failureSentence(failure, this._setup.trans)
          })
        );
      }
      this._stateChanged.emit();
    } catch (reason) {
      if (!this.isDisposed) {
        this._opening = false;
        this._showFailure(failureOf(reason, 'damaged'));
      }
    }
  }

  /** Dispose of the viewer, the reader and all that is shown. */
  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    super.dispose();
    this._source.dispose();
    Signal.clearData(this);
  }

  protected override onActivateRequest(msg: Message): void {
    if (this._browser) {
      this._browser.activate();
    } else {
      this.node.focus();
    }
  }

  /** Show the open file; the message is from now on a banner above it. */
  private _show(browser: ResultBrowser): void {
    this._browser = browser;
    browser.figures.figuresChanged.connect(this._onFigures, this);
    const layout = this.layout as BoxLayout;
    if (browser.comparedStrip) {
      layout.addWidget(browser.comparedStrip);
      BoxLayout.setStretch(browser.comparedStrip, 0);
    }
    layout.addWidget(browser);
    BoxLayout.setStretch(browser, 1);
    BoxLayout.setStretch(this._message, 0);
    this._message.addClass('jp-mod-banner');
    browser.draw(this._toDraw);
    if (this.node.contains(document.activeElement)) {
      browser.activate();
    }
  }

  private _showFailure(failure: IFailure): void {
    this._message.showFailure(failure);
    this._message.show();
    this._stateChanged.emit();
  }

  /** A file that changed is read anew at once; any other failure waits for the user. */
  private _onFileFailed(_: WatchedSource, failure: IFailure): void {
    if (this._opening) {
      return;
    }
    if (failure.code === 'file-changed') {
      void this.open();
    } else {
      this._showFailure(failure);
    }
  }

  private _onActivity(): void {
    if (this._opening) {
      this._message.showActivity(this._source.activity);
    }
  }

  private _onFigures(): void {
    this._stateChanged.emit();
  }

  private _source: WatchedSource;
  private _message: MessagePane;
  private _browser: ResultBrowser | null = null;
  private _opening = false;
  private _toDraw: readonly NodePath[] = [];
  private _stateChanged = new Signal<this, void>(this);
}
