import type { Message } from '@lumino/messaging';
import { MessageLoop } from '@lumino/messaging';
import { PanelLayout, Widget } from '@lumino/widgets';
import type { IFailure } from '../refs/failure';
import { failureOf } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import type { IFileSummary } from '../refs/types';
import { ResultBrowser } from '../viewer/browser';
import { failureSentence } from '../viewer/message';
import type { IPaneSizes } from '../viewer/sizes';
import { StackLayout } from '../viewer/stack';
import type { IOutputContext, IOutputSetup } from './context';
import { HeightHandle } from './handle';
import { OutputHeader } from './header';
import { OutputLine } from './line';
import { OutputFile } from './opener';
import { BundleNodes } from './nodes';
import type { IBundle } from './payload';
import type { IWatch } from './seen';
import { whenSeen, whenSized } from './seen';
import { BundleSource } from './source';
import { leftOutText } from './words';
// After the tree's and the plots' styles, which it changes for outputs.
import '../../style/output.css';

/** The tree needs more of a narrow output than of a tab. */
const COMPACT_SIZES: IPaneSizes = { main: [2, 3], side: [1, 1] };

/**
 * The tree and the figures of one output, from what the notebook holds, and
 * in a trusted notebook from the file once more is wanted.
 *
 * Nothing is built before it is scrolled into sight.
 */
export class OutputView extends Widget {
  /** Make a view. */
  constructor(
    setup: IOutputSetup,
    private readonly _context: IOutputContext
  ) {
    super();
    this.addClass('jp-NeuronvisioOutput');
    const { trans } = _context;
    this._opener = new OutputFile(setup, _context, this._line);
    this._opener.againRequested.connect(
      (_, open) => void this._source.tryAgain(open),
      this
    );
    this._source = new BundleSource({
      bundle: setup.bundle,
      noFile: !setup.bundle.file
        ? 'unsaved'
        : setup.trusted
          ? null
          : 'untrusted',
      openFile: () => this._opener.open(false)
    });
    this._source.fileOpened.connect(this._onFileOpened, this);
    this._source.fileFailed.connect(this._onFileFailed, this);
    this._source.refused.connect((_, why) => this._opener.say(why), this);
    this._header = new OutputHeader(trans);
    this._header.tabRequested.connect(() => {
      const drawn = this._browser?.model.selection ?? this._drawn;
      void this._opener.openTab(drawn);
    }, this);
    this._handle = new HeightHandle(trans);
    this._handle.moved.connect(this._fit, this);
    this._body.addClass('jp-NeuronvisioOutput-body');
    this._body.layout = new StackLayout();
    // The keys of the tree and the plots are not the notebook's.
    this._body.node.dataset.lmSuppressShortcuts = 'true';
    const layout = new PanelLayout();
    [this._header, this._line, this._body, this._handle].forEach(part =>
      layout.addWidget(part)
    );
    this.layout = layout;
    this._fit();
    this._show(setup.bundle);
    this._watched = _context.focus?.watch(this.node, () => this._browser);
  }

  /** The tree and the figures; null until they were in sight. */
  get browser(): ResultBrowser | null {
    return this._browser;
  }

  /** Show a newer state of the same output; what is expanded, selected and zoomed stays. */
  setBundle(bundle: IBundle): void {
    const before = this._drawn;
    const { groups } = this._source.bundle;
    this._source.setBundle(bundle);
    const isSameTree = this._source.bundle.groups === groups;
    this._opener.setFile(bundle.file);
    this._show(bundle);
    if (this._browser && !this._source.isFromFile) {
      void this._source.open().then(summary => {
        if (this._browser && !this.isDisposed) {
          if (isSameTree) {
            this._browser.figures.refresh();
          } else {
            this._browser.reload(summary);
          }
          this._followDrawn(this._browser, before);
        }
      });
    }
  }

  /** Dispose of the view, and close its file. */
  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._unwatch();
    this._opener.dispose();
    this._watched?.dispose();
    super.dispose();
    this._source.dispose();
  }

  protected override onAfterAttach(msg: Message): void {
    if (!this._browser) {
      this._watches.push(whenSeen(this.node, () => void this._build()));
    }
    this._watches.push(
      whenSized(this._body.node, () =>
        MessageLoop.sendMessage(this._body, Widget.ResizeMessage.UnknownSize)
      )
    );
  }

  protected override onBeforeDetach(msg: Message): void {
    this._unwatch();
  }

  private _unwatch(): void {
    this._watches.splice(0).forEach(watch => watch.end());
  }

  private _fit(): void {
    this._body.node.style.height = `${this._handle.height}px`;
  }

  private _show(bundle: IBundle): void {
    this._drawn = new BundleNodes(bundle).drawn;
    const canOpen = bundle.file !== null && this._context.openTab !== null;
    this._header.setBundle(bundle, canOpen);
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', bundle.title);
    this._line.say(leftOutText(bundle, this._context.trans));
  }

  private async _build(): Promise<void> {
    if (this._building || this.isDisposed) {
      return;
    }
    this._building = true;
    try {
      const summary = await this._source.open();
      if (!this.isDisposed) {
        this._put(summary);
      }
    } catch (reason) {
      this._building = false;
      if (!this.isDisposed) {
        const { trans } = this._context;
        const failure = failureOf(reason, 'reader-missing');
        this._line.say(failureSentence(failure, trans), {
          label: trans.__('Retry'),
          run: () => void this._build()
        });
      }
    }
  }

  private _put(summary: IFileSummary): void {
    const { options, trans, themeChanged } = this._context;
    const browser = new ResultBrowser({
      source: this._source,
      summary,
      options,
      trans,
      themeChanged,
      sizes: COMPACT_SIZES,
      onSizes: () => undefined,
      sentence: failure => failureSentence(failure, trans),
      compact: true
    });
    this._browser = browser;
    (this._body.layout as StackLayout).addWidget(browser);
    this._header.setBrowser(browser);
    this._followDrawn(browser, []);
  }

  /** Draw what the output draws, unless the user chose something else. */
  private _followDrawn(
    browser: ResultBrowser,
    before: readonly NodePath[]
  ): void {
    if (browser.model.selection.join('\n') === before.join('\n')) {
      browser.draw(this._drawn);
    }
  }

  private _onFileOpened(_: BundleSource, summary: IFileSummary): void {
    this._browser?.reload(summary);
  }

  private _onFileFailed(_: BundleSource, failure: IFailure): void {
    const { trans } = this._context;
    const run = () => void this._reopen();
    this._line.say(failureSentence(failure, trans), {
      label: trans.__('Retry'),
      run
    });
  }

  /** Open the file anew; what is expanded, selected and zoomed stays. */
  private async _reopen(): Promise<void> {
    this._line.clear();
    try {
      const summary = await this._source.open();
      if (!this.isDisposed) {
        this._browser?.reload(summary);
      }
    } catch (reason) {
      if (!this.isDisposed) {
        this._onFileFailed(this._source, failureOf(reason, 'server-gone'));
      }
    }
  }

  private readonly _source: BundleSource;
  private readonly _opener: OutputFile;
  private readonly _header: OutputHeader;
  private readonly _line = new OutputLine();
  private readonly _body = new Widget();
  private readonly _handle: HeightHandle;
  private readonly _watched: { dispose(): void } | undefined;
  private readonly _watches: IWatch[] = [];
  private _browser: ResultBrowser | null = null;
  private _building = false;
  private _drawn: readonly NodePath[] = [];
}
