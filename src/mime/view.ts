import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import { MessageLoop } from '@lumino/messaging';
import type { ISignal } from '@lumino/signaling';
import { BoxLayout, PanelLayout, Widget } from '@lumino/widgets';
import type { NodePath } from '../refs/layout';
import type { IFileSummary } from '../refs/types';
import type { ResultBrowser } from '../viewer/browser';
import type { BrowserFocus } from '../viewer/focus';
import { failureSentence } from '../viewer/message';
import type { ViewerOptions } from '../viewer/options';
import { DEFAULT_SIZES } from '../viewer/sizes';
import type { IFileServices } from '../viewer/source';
import { openOutputFile, outputPath, outputState } from './file';
import { HeightHandle } from './handle';
import { OutputHeader } from './header';
import { OutputLine } from './line';
import { BundleNodes } from './nodes';
import type { IBundle } from './payload';
import type { IWatch } from './seen';
import { whenSeen, whenSized } from './seen';
import type { IOpenedFile } from './source';
import { BundleSource } from './source';
import type { LineCode } from './words';
import { leftOutText, lineText } from './words';

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

/**
 * The tree and the figures of one output, from what the notebook holds, and
 * in a trusted notebook from the file once more is wanted.
 *
 * Nothing is built before it is scrolled into sight.
 */
export class OutputView extends Widget {
  /** Make a view. */
  constructor(
    private readonly _setup: IOutputSetup,
    private readonly _context: IOutputContext
  ) {
    super();
    this.addClass('jp-NeuronvisioOutput');
    const { trans } = _context;
    this._source = new BundleSource({
      bundle: _setup.bundle,
      noFile: !_setup.bundle.file
        ? 'unsaved'
        : _setup.trusted
          ? null
          : 'untrusted',
      openFile: () => this._openFile(false)
    });
    this._source.fileOpened.connect(this._onFileOpened, this);
    this._source.refused.connect((_, why) => this._say(why), this);
    this._header = new OutputHeader(trans);
    this._header.tabRequested.connect(() => void this._openTab(), this);
    this._handle = new HeightHandle(trans);
    this._handle.moved.connect(this._fit, this);
    this._body.addClass('jp-NeuronvisioOutput-body');
    this._body.layout = new BoxLayout({ spacing: 0 });
    // The keys of the tree and the plots are not the notebook's.
    this._body.node.dataset.lmSuppressShortcuts = 'true';
    const layout = new PanelLayout();
    [this._header, this._line, this._body, this._handle].forEach(part =>
      layout.addWidget(part)
    );
    this.layout = layout;
    this._fit();
    this._show(_setup.bundle);
    this._watched = _context.focus?.watch(this.node, () => this._browser);
  }

  /** The tree and the figures; null until they were in sight. */
  get browser(): ResultBrowser | null {
    return this._browser;
  }

  /** Show a newer state of the same output; what is expanded, selected and zoomed stays. */
  setBundle(bundle: IBundle): void {
    const before = this._drawn;
    this._source.setBundle(bundle);
    this._show(bundle);
    if (this._browser && !this._source.isFromFile) {
      void this._source.open().then(summary => {
        if (this._browser && !this.isDisposed) {
          this._browser.reload(summary);
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
    const [summary, { ResultBrowser }] = await Promise.all([
      this._source.open(),
      import('../viewer/browser')
    ]);
    if (this.isDisposed) {
      return;
    }
    const { options, trans, themeChanged } = this._context;
    const browser = new ResultBrowser({
      source: this._source,
      summary,
      options,
      trans,
      themeChanged,
      sizes: DEFAULT_SIZES,
      onSizes: () => undefined,
      sentence: failure => failureSentence(failure, trans),
      compact: true
    });
    this._browser = browser;
    (this._body.layout as BoxLayout).addWidget(browser);
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

  private async _openFile(evenChanged: boolean): Promise<IOpenedFile | null> {
    const { file } = this._source.bundle;
    if (!file) {
      return null;
    }
    const { services, trans } = this._context;
    const path = await this._path();
    if (path === null || this.isDisposed) {
      this._say('outside');
      return null;
    }
    const outcome = await openOutputFile(file, path, services, evenChanged);
    if (this.isDisposed) {
      if (outcome.kind === 'opened') {
        outcome.file.source.dispose();
      }
      return null;
    }
    switch (outcome.kind) {
      case 'opened':
        this._line.clear();
        if (outcome.hasOtherDate) {
          this._say('other-date');
        }
        return outcome.file;
      case 'failed':
        this._line.say(
          failureSentence(outcome.failure, trans),
          this._again(trans.__('Retry'), false)
        );
        return null;
      case 'changed':
        this._say(
          'changed',
          this._again(trans.__('Show the file as it is now'), true)
        );
        return null;
      case 'gone':
        this._say('gone', this._again(trans.__('Retry'), false));
        return null;
    }
  }

  private _again(label: string, evenChanged: boolean) {
    const run = () => {
      this._line.clear();
      void this._source.tryAgain(() => this._openFile(evenChanged));
    };
    return { label, run };
  }

  /** Show the file in a tab: the user's own step, trusted or not. */
  private async _openTab(): Promise<void> {
    const { file } = this._source.bundle;
    const { openTab, services, trans } = this._context;
    if (!file || !openTab) {
      return;
    }
    try {
      const path = await this._path();
      if (path === null) {
        this._say('outside');
      } else if (
        (await outputState(file, path, services.contents)) === 'gone'
      ) {
        this._say('gone');
      } else if (!this.isDisposed) {
        openTab(path, this._browser?.model.selection ?? this._drawn);
      }
    } catch (reason) {
      this._line.say(
        trans.__(
          'The Jupyter server does not answer. Check that it is running, then try again.'
        )
      );
    }
  }

  private async _path(): Promise<string | null> {
    const { file } = this._source.bundle;
    const { contents } = this._context.services;
    return file && outputPath(file, this._setup.resolver, contents);
  }

  private _say(
    code: LineCode,
    action: ReturnType<OutputView['_again']> | null = null
  ): void {
    const name = this._source.bundle.file?.path ?? '';
    this._line.say(lineText(code, name, this._context.trans), action);
  }

  private readonly _source: BundleSource;
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
