import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import type { IResultSource } from '../hdf5/source';
import type { IFailure } from '../refs/failure';
import { failureOf, ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import type { IFileSummary } from '../refs/types';
import { ResultBrowser } from './browser';
import type { IOtherFiles } from './comparison';
import type { IFileLook } from './changes';
import { Following } from './following';
import type { IWatch } from './freshness';
import { Freshness } from './freshness';
import { failureSentence } from './message';
import { MessagePane } from './messagepane';
import { ViewKeeper } from './keeper';
import { OpenAhead } from './openahead';
import type { ViewerOptions } from './options';
import type { IPaneSizes } from './sizes';
import { StackLayout } from './stack';
import { WatchedSource } from './watched';

/** What a viewer is made with. */
export interface IViewerSetup {
  /** The file; disposed with the viewer. */
  readonly source: IResultSource;
  /** What an opening found, or will find, that was begun before there was a viewer. */
  readonly begun?: IFileSummary | Promise<IFileSummary>;
  /** The files that it can be compared with. */
  readonly others?: IOtherFiles;
  /** How changes on disk are noticed; only by reading when absent. */
  readonly look?: IFileLook;
  readonly options: ViewerOptions;
  readonly trans: TranslationBundle;
  readonly themeChanged?: ISignal<unknown, unknown>;
  readonly sizes: IPaneSizes;
  readonly onSizes: (sizes: IPaneSizes) => void;
}

/**
 * Opens one result file and shows it, or says why it cannot.
 *
 * It notices when the file changes on disk, and then offers or follows it; in
 * the middle of being written it is tried again, and what is shown stays.
 */
export class ResultViewer extends Widget {
  /** Make a viewer; nothing is read before `open`. */
  constructor(private readonly _setup: IViewerSetup) {
    super();
    this.addClass('jp-NeuronvisioViewer');
    this.node.tabIndex = -1;
    this.following = new Following(_setup.options);
    this.following.changed.connect(() => this._stateChanged.emit(), this);
    this._freshness = new Freshness({ ..._setup, ...this._watch });
    this._freshness.due.connect(() => void this._open(true), this);
    this._source = new WatchedSource(
      _setup.source,
      this._freshness.patience,
      () => this._freshness.look()
    );
    this._ahead = new OpenAhead({
      open: () =>
        _setup.begun
          ? this._source.takeOver(_setup.begun)
          : this._source.open(true),
      show: summary => this._showAhead(summary)
    });
    this._message = new MessagePane(_setup.trans);
    this._freshness.news.connect((_, news) => this._message.showNews(news));
    this._message.retryRequested.connect(() => void this.open(), this);
    this._message.stopRequested.connect(() => this._source.stop(), this);
    this._message.followRequested.connect(this._onFollow, this);
    this._source.fileFailed.connect(this._onFileFailed, this);
    this._source.linkedRead.connect((_, file) => this._freshness.use(file));
    this._source.readHeld.connect(this._onReadHeld, this);
    this._source.activityChanged.connect(this._onActivity, this);
    const layout = new StackLayout();
    layout.addWidget(this._message);
    this.layout = layout;
    this._message.showActivity(null);
  }

  /** The tree and the figures; null until the file is open. */
  get browser(): ResultBrowser | null {
    return this._browser;
  }

  /** What the tab shows, from one page to the next. */
  readonly keeper = new ViewKeeper(() => this.isVisible);

  /** Emitted when something changed that a toolbar shows. */
  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /** The file behind the viewer. */
  get source(): IResultSource {
    return this._source;
  }

  /** Whether each change of the file, and of those compared, is shown by itself. */
  readonly following: Following;

  /** Draw variables in the current figure, as soon as the file is open. */
  draw(paths: readonly NodePath[]): void {
    if (this._browser) {
      this._browser.draw(paths);
    } else if (paths.length > 0) {
      this._toDraw = paths;
    }
  }

  /**
   * Show the file while JupyterLab still asks what it is; `open` reads it anew
   * unless what was read is surely of the file as it then is.
   */
  openAhead(): void {
    this._ahead.begin();
  }

  /** Open the file, or open it anew: what is expanded, selected and zoomed stays. */
  open(): Promise<void> {
    return this._open(false);
  }

  /** Dispose of the viewer, the reader and all that is shown. */
  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    super.dispose();
    this.keeper.dispose();
    this._ahead.dispose();
    this._freshness.dispose();
    this.following.dispose();
    this._source.dispose();
    Signal.clearData(this);
  }

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this.keeper.catchUp();
    this._freshness.catchUp();
    this._browser?.comparison?.catchUp();
  }

  protected override onActivateRequest(msg: Message): void {
    if (this._browser) {
      this._browser.activate();
    } else {
      this.node.focus();
    }
  }

  /** Open the file; a try that the user did not ask for is not told of. */
  private async _open(isQuiet: boolean): Promise<void> {
    if (this._opening || this.isDisposed) {
      return;
    }
    this._opening = true;
    this._isQuiet = isQuiet || this._ahead.isShown;
    if (!this._isQuiet) {
      if (this._message.node.contains(document.activeElement)) {
        // The button that was pressed goes away.
        this._browser?.activate();
      }
      this._message.showActivity(null);
    }
    try {
      const summary = await this._read();
      if (this.isDisposed) {
        return;
      }
      this._opening = false;
      this._takeFile(summary, isQuiet);
    } catch (reason) {
      if (!this.isDisposed) {
        this._opening = false;
        this._ahead.forget();
        this._onOpenFailed(failureOf(reason, 'damaged'));
      }
    }
  }

  private async _read(): Promise<IFileSummary> {
    const ahead = this._ahead.take();
    const noted = this._freshness.begin();
    if (noted) {
      await noted;
    }
    const first = await ahead;
    const summary =
      first && this._freshness.isSame(first)
        ? first
        : await this._source.open();
    const awaited = this._freshness.patience.awaited(
      this._browser?.contents.summary.rootNames ?? [],
      summary.rootNames
    );
    if (awaited) {
      throw new ReadError(awaited);
    }
    return summary;
  }

  private _takeFile(summary: IFileSummary, isByItself: boolean): void {
    if (!this._browser || !this._message.isWriting) {
      this._message.hide();
    }
    if (!this._browser) {
      this._show(this._newBrowser(summary));
    } else if (!this._ahead.isOf(summary)) {
      this._browser.renew(summary, isByItself);
    }
    this._ahead.forget();
    this._source.release();
    this._stateChanged.emit();
    this._freshness.end(false);
  }

  private _showAhead(summary: IFileSummary): void {
    this._message.hide();
    this._show(this._newBrowser(summary));
    this._stateChanged.emit();
  }

  private _newBrowser(summary: IFileSummary): ResultBrowser {
    return new ResultBrowser({
      ...this._setup,
      source: this._source,
      watch: this._watch,
      summary,
      sentence: failure => failureSentence(failure, this._setup.trans)
    });
  }

  /** Show the open file; the message is from now on a banner above it. */
  private _show(browser: ResultBrowser): void {
    this._browser = browser;
    browser.figures.figuresChanged.connect(() => this._stateChanged.emit());
    const layout = this.layout as StackLayout;
    if (browser.comparedStrip) {
      layout.addWidget(browser.comparedStrip);
    }
    layout.addWidget(browser);
    this._message.addClass('jp-mod-banner');
    this.keeper.watch(browser);
    browser.draw(this._toDraw);
    if (this.node.contains(document.activeElement)) {
      browser.activate();
    }
  }

  private _onOpenFailed(failure: IFailure): void {
    if (this._freshness.patience.isPassing(failure)) {
      this._freshness.endHalf();
    } else {
      this._source.giveUp();
      this._showFailure(failure);
    }
  }

  private _showFailure(failure: IFailure): void {
    this._message.showFailure(failure);
    this._message.show();
    this._stateChanged.emit();
    this._freshness.end(true);
  }

  /** A failure that does not pass by itself waits for the user, or for a change. */
  private _onFileFailed(_: WatchedSource, failure: IFailure): void {
    this._ahead.forget();
    if (!this._opening) {
      this._showFailure(failure);
    }
  }

  /** A read that waits is asked for again when the file was opened anew. */
  private _onReadHeld(): void {
    this._ahead.forget();
    if (!this._opening) {
      this._freshness.tryAgain();
    }
  }

  private get _watch(): IWatch {
    return {
      following: this.following,
      isInSight: () => this.isVisible && document.visibilityState !== 'hidden'
    };
  }

  private _onFollow(): void {
    this.following.choose(true);
    void this.open();
  }

  private _onActivity(): void {
    if (this._opening && !this._isQuiet) {
      this._message.showActivity(this._source.activity);
    }
  }

  private _source: WatchedSource;
  private _message: MessagePane;
  private _browser: ResultBrowser | null = null;
  private _freshness: Freshness;
  private readonly _ahead: OpenAhead;
  private _opening = false;
  private _isQuiet = false;
  private _toDraw: readonly NodePath[] = [];
  private _stateChanged = new Signal<this, void>(this);
}
