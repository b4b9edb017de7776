import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyJSONObject } from '@lumino/coreutils';
import type { Message } from '@lumino/messaging';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import type { IResultSource } from '../hdf5/source';
import type { NodePath } from '../refs/layout';
import type { ResultBrowser } from './browser';
import { StackLayout } from './stack';
import type { ResultViewer } from './viewer';

/** What a shell is made with. */
export interface IShellSetup {
  /** Makes a viewer; once its code is loaded, at once. */
  readonly load: () => Promise<ResultViewer> | ResultViewer;
  /** Kept when the file may be opened. */
  readonly ready: Promise<unknown>;
  readonly trans: TranslationBundle;
}

/**
 * A viewer's place in a tab, which has to be there before its code is.
 *
 * JupyterLab loads with every start what tabs are made of; the viewer itself
 * loads with the first file.
 */
export class ViewerShell extends Widget {
  /** Make a shell; the viewer loads and shows its file at once, and opens it when that is ready. */
  constructor(private readonly _setup: IShellSetup) {
    super();
    this.addClass('jp-NeuronvisioShell');
    this.node.tabIndex = -1;
    this.layout = new StackLayout();
    void this._fill();
  }

  /** The tree and the figures; null until the file is open. */
  get browser(): ResultBrowser | null {
    return this._viewer?.browser ?? null;
  }

  /** The file; null until the viewer is loaded. */
  get source(): IResultSource | null {
    return this._viewer?.source ?? null;
  }

  /** Whether each change of the file is shown by itself. */
  get isFollowed(): boolean {
    return this._viewer?.following.isOn ?? false;
  }

  /** Show each change from now on, or offer it; nothing is done before the viewer is loaded. */
  follow(isFollowed: boolean): void {
    this._viewer?.following.choose(isFollowed);
  }

  /** Emitted when something changed that a toolbar shows. */
  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /** What is shown, for the page that comes next; null where nothing was. */
  get view(): ReadonlyJSONObject | null {
    return this._viewer ? this._viewer.keeper.view : this._toRestore;
  }

  /** Emitted when there is something else to keep for the page that comes next. */
  get viewChanged(): ISignal<this, void> {
    return this._viewChanged;
  }

  /** Show what was kept of the file, as soon as that is open. */
  restore(view: ReadonlyJSONObject): void {
    if (this._viewer) {
      this._viewer.keeper.restore(view);
    } else {
      this._toRestore = view;
    }
    this._viewChanged.emit();
  }

  /** Draw variables in the current figure, as soon as the file is open. */
  draw(paths: readonly NodePath[]): void {
    if (this._viewer) {
      this._viewer.draw(paths);
    } else if (paths.length > 0) {
      this._toDraw = paths;
    }
  }

  /** Open the file, or open it anew. */
  async open(): Promise<void> {
    await (this._viewer?.open() ?? this._fill());
  }

  /** Dispose of the shell and the viewer. */
  override dispose(): void {
    if (!this.isDisposed) {
      super.dispose();
      Signal.clearData(this);
    }
  }

  protected override onActivateRequest(msg: Message): void {
    if (this._viewer) {
      this._viewer.activate();
    } else {
      this.node.focus();
    }
  }

  private async _fill(): Promise<void> {
    if (this._isLoading) {
      return;
    }
    this._isLoading = true;
    try {
      let viewer = this._setup.load();
      // Whatever is waited for here waits for all that JupyterLab does for a new tab.
      if (viewer instanceof Promise) {
        this._say(status(this._setup.trans.__('Loading the viewer…')));
        viewer = await viewer;
      }
      if (this.isDisposed) {
        viewer.dispose();
        return;
      }
      this._put(viewer);
      viewer.openAhead();
      await this._setup.ready;
      if (!this.isDisposed) {
        await viewer.open();
      }
    } catch (reason) {
      if (!this.isDisposed) {
        this._showFailure(reason);
      }
    } finally {
      this._isLoading = false;
    }
  }

  private _put(viewer: ResultViewer): void {
    const had = this.node.contains(document.activeElement);
    this.node.replaceChildren();
    this._viewer = viewer;
    viewer.stateChanged.connect(() => {
      // JupyterLab's spinner covers a tab until its metadata is there; what is shown before is seen too.
      this.toggleClass('jp-mod-shown', viewer.browser !== null);
      this._stateChanged.emit();
    }, this);
    viewer.keeper.restore(this._toRestore);
    viewer.keeper.changed.connect(() => this._viewChanged.emit(), this);
    viewer.draw(this._toDraw);
    (this.layout as StackLayout).addWidget(viewer);
    if (had) {
      viewer.activate();
    }
    this._stateChanged.emit();
  }

  private _showFailure(reason: unknown): void {
    const { trans } = this._setup;
    if (this._viewer) {
      // What it shows may not be the file; the next begins where it was.
      this._toRestore = this._viewer.keeper.view;
      this._viewer.dispose();
      this._viewer = null;
      this.removeClass('jp-mod-shown');
      this._stateChanged.emit();
    }
    const sentence = document.createElement('p');
    sentence.setAttribute('role', 'alert');
    sentence.textContent = trans.__(
      'The viewer could not be loaded from the server. Check that the server runs, and try again.'
    );
    const retry = document.createElement('button');
    retry.type = 'button';
    retry.className = 'jp-mod-styled jp-mod-reject';
    retry.textContent = trans.__('Retry');
    retry.addEventListener('click', () => void this._fill());
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = trans.__('Details');
    details.append(summary, String(reason));
    this._say(sentence, retry, details);
  }

  /** Say something in place of the viewer. */
  private _say(...shown: readonly HTMLElement[]): void {
    const message = document.createElement('div');
    message.className = 'jp-NeuronvisioShell-message';
    message.append(...shown);
    const had = this.node.contains(document.activeElement);
    this.node.replaceChildren(message);
    if (had) {
      // The button that was pressed went away.
      this.node.focus();
    }
  }

  private _viewer: ResultViewer | null = null;
  private _isLoading = false;
  private _toDraw: readonly NodePath[] = [];
  private _toRestore: ReadonlyJSONObject | null = null;
  private readonly _viewChanged = new Signal<this, void>(this);
  private readonly _stateChanged = new Signal<this, void>(this);
}

/** A sentence about what goes on, which is seen where that takes long. */
function status(text: string): HTMLElement {
  const sentence = document.createElement('p');
  sentence.className = 'jp-NeuronvisioShell-status';
  sentence.setAttribute('role', 'status');
  sentence.textContent = text;
  return sentence;
}
