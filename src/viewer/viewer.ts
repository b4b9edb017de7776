import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import type { IResultSource } from '../hdf5/source';
import type { IFailure } from '../refs/failure';
import { nextTurn } from '../plot/turn';
import { failureOf, isStop, ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import type { IFileSummary } from '../refs/types';
import { ResultBrowser } from './browser';
import type { IOtherFiles } from './comparison';
import type { IFileLook } from './changes';
import type { FileNews } from './freshness';
import { Freshness } from './freshness';
import { failureSentence } from './message';
import { MessagePane } from './messagepane';
import { ViewKeeper } from './keeper';
import type { ViewerOptions } from './options';
import type { IPaneSizes } from './sizes';
import { StackLayout } from './stack';
import { WatchedSource } from './watched';

/** What a viewer is made with. */
export interface IViewerSetup {
  /** The file; disposed with the viewer. */
  readonly source: IResultSource;
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
    this._freshness = new Freshness({
      ..._setup,
      isInSight: () => this.isVisible && document.visibilityState !== 'hidden'
    });
    this._freshness.due.connect(() => void this._open(true), this);
    this._freshness.news.connect(this._onNews, this);
    this._source = new WatchedSource(
      _setup.source,
      this._freshness.patience,
      () => this._freshness.look()
    );
    this._message = new MessagePane(_setup.trans);
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
    this._ahead = this._readAhead();
    this._ahead.catch(() => undefined);
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
    this._freshness.dispose();
    this._source.dispose();
    Signal.clearData(this);
  }

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this.keeper.catchUp();
    this._freshness.catchUp();
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
    this._isQuiet = isQuiet || this._shownAhead !== null;
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
      this._takeFile(summary);
    } catch (reason) {
      if (!this.isDisposed) {
        this._opening = false;
        this._shownAhead = null;
        this._onOpenFailed(failureOf(reason, 'damaged'));
      }
    }
  }

  /** Read what may be shown at once; null where that goes wrong, which it does again when it is opened. */
  private async _readAhead(): Promise<IFileSummary | null> {
    let summary: IFileSummary;
    try {
      summary = await this._source.open(true);
    } catch (reason) {
      if (isStop(failureOf(reason, 'damaged'))) {
        throw reason;
      }
      return null;
    }
    if (this.isDisposed) {
      return null;
    }
    const browser = this._newBrowser(summary);
    // What it asks for first is on its way while the page lays it out.
    await nextTurn();
    if (this.isDisposed) {
      browser.dispose();
      return null;
    }
    this._shownAhead = summary;
    this._message.hide();
    this._show(browser);
    this._stateChanged.emit();
    return summary;
  }

  private async _read(): Promise<IFileSummary> {
    const ahead = this._ahead;
    this._ahead = null;
    const noted = this._freshness.begin();
    if (noted) {
      await noted;
    }
    const first = await ahead;
    const summary =
      first && this._freshness.isSame(first)
        ? first
        : await this._source.open();
    const lost = this._lost(summary);
    if (lost && this._freshness.patience.isPassing(lost)) {
      throw new ReadError(lost);
    }
    return summary;
  }

  /** What stood at the top of the file and does not any more: its writer may be about to make it. */
  private _lost(summary: IFileSummary): IFailure | null {
    const before = this._browser?.contents.summary.rootNames ?? [];
    const name = before.find(known => !summary.rootNames.includes(known));
    return name === undefined
      ? null
      : { code: 'node-missing', path: `/${name}`, technical: 'opened anew' };
  }

  private _takeFile(summary: IFileSummary): void {
    if (!this._browser || !this._message.isWriting) {
      this._message.hide();
    }
    if (!this._browser) {
      this._show(this._newBrowser(summary));
    } else if (summary !== this._shownAhead) {
      this._browser.renew(summary);
    }
    this._shownAhead = null;
    this._source.release();
    this._stateChanged.emit();
    this._freshness.end(false);
  }

  private _newBrowser(summary: IFileSummary): ResultBrowser {
    return new ResultBrowser({
      ...this._setup,
      source: this._source,
      summary,
      sentence: failure => failureSentence(failure, this._setup.trans)
    });
  }

  /** Show the open file; the message is from now on a banner above it. */
  private _show(browser: ResultBrowser): void {
    this._browser = browser;
    browser.figures.figuresChanged.connect(this._onFigures, this);
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
    this._shownAhead = null;
    if (!this._opening) {
      this._showFailure(failure);
    }
  }

  /** A read that waits is asked for again when the file was opened anew. */
  private _onReadHeld(): void {
    this._shownAhead = null;
    if (!this._opening) {
      this._freshness.tryAgain();
    }
  }

  private _onNews(_: Freshness, news: FileNews): void {
    if (news.kind === 'none') {
      this._message.hideNews();
      return;
    }
    if (news.kind === 'changed') {
      this._message.showChange(news.date);
    } else {
      this._message.showWriting();
    }
    this._message.show();
  }

  private _onFollow(): void {
    this._freshness.follow();
    void this.open();
  }

  private _onActivity(): void {
    if (this._opening && !this._isQuiet) {
      this._message.showActivity(this._source.activity);
    }
  }

  private _onFigures(): void {
    this._stateChanged.emit();
  }

  private _source: WatchedSource;
  private _message: MessagePane;
  private _browser: ResultBrowser | null = null;
  private _freshness: Freshness;
  private _ahead: Promise<IFileSummary | null> | null = null;
  /** What is shown already of the file that is opened, all that was read of it being there; null from then on. */
  private _shownAhead: IFileSummary | null = null;
  private _opening = false;
  private _isQuiet = false;
  private _toDraw: readonly NodePath[] = [];
  private _stateChanged = new Signal<this, void>(this);
}
