import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import type { IActivity } from '../hdf5/source';
import { withoutTurns } from '../refs/direction';
import type { IFailure } from '../refs/failure';
import type { FileNews } from './freshness';
import { failureSentence } from './message';

/** What is said. */
type Mode = 'empty' | 'activity' | 'failure' | 'offer' | 'writing' | 'gone';

/** Below this width, in pixels, a sentence and two buttons do not stand in a line. */
const NARROW_WIDTH = 520;

/** Says what the viewer waits for, or what is wrong with the whole file. */
export class MessagePane extends Widget {
  /** Make an empty message. */
  constructor(private readonly _trans: TranslationBundle) {
    super();
    this.addClass('jp-NeuronvisioMessage');
  }

  /** Emitted when the user wants it tried again. */
  get retryRequested(): ISignal<this, void> {
    return this._retryRequested;
  }

  /** Emitted when the user wants it stopped. */
  get stopRequested(): ISignal<this, void> {
    return this._stopRequested;
  }

  /** Emitted when the user wants every change shown from now on. */
  get followRequested(): ISignal<this, void> {
    return this._followRequested;
  }

  /** Whether it says that the file is in the middle of being written. */
  get isWriting(): boolean {
    return this._mode === 'writing' && !this.isHidden;
  }

  /** Say what is new of the file, or take away what was said of that; anything else stays then. */
  showNews(news: FileNews): void {
    switch (news.kind) {
      case 'none':
        if (isLine(this._mode)) {
          this.hide();
        }
        return;
      case 'changed':
        this._showChange(news.date);
        break;
      case 'writing':
        this._showLine(
          'writing',
          this._trans.__('The file is being written; trying again…')
        );
        break;
      case 'gone':
        this._showLine(
          'gone',
          this._trans.__(
            'The file is not there any more: it was moved, renamed or deleted. What is shown was read before.'
          )
        );
        break;
    }
    this.show();
  }

  /** Say that the file is being opened, and how far that has come. */
  showActivity(activity: IActivity | null): void {
    if (this._mode !== 'activity') {
      this._buildActivity();
    }
    const text = this.node.querySelector('.jp-NeuronvisioMessage-text');
    const bar = this.node.querySelector('progress');
    if (text && bar) {
      text.textContent = this._activityText(activity);
      if (activity && activity.total !== null && activity.total > 0) {
        bar.max = activity.total;
        bar.value = activity.done;
      } else {
        bar.removeAttribute('value');
      }
    }
  }

  /** Say what is wrong, with folded details and a button to try again. */
  showFailure(failure: IFailure): void {
    this._start('failure', 'alert');
    const text = this._text(failureSentence(failure, this._trans));
    const retry = this._button(this._trans.__('Retry'), () =>
      this._retryRequested.emit()
    );
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = this._trans.__('Details');
    const technical = document.createElement('pre');
    technical.textContent = withoutTurns(
      failure.path ? `${failure.path}\n${failure.technical}` : failure.technical
    );
    details.append(summary, technical);
    this.node.replaceChildren(text, retry, details);
  }

  /** Where it is narrow the buttons stand below each other, for which the layout has to give room. */
  protected override onResize(msg: Widget.ResizeMessage): void {
    super.onResize(msg);
    if (this.isHidden) {
      return;
    }
    const width = msg.width < 0 ? this.node.offsetWidth : msg.width;
    const isNarrow = width > 0 && width < NARROW_WIDTH;
    if (isNarrow !== this.hasClass('jp-mod-narrow')) {
      this.toggleClass('jp-mod-narrow', isNarrow);
      this.parent?.fit();
    }
  }

  /** Say that the file changed, with buttons to show what is new. */
  private _showChange(date: Date): void {
    const time = date.toLocaleTimeString();
    const text = Number.isNaN(date.getTime())
      ? this._trans.__('The file has changed on disk.')
      : this._trans.__('The file has changed on disk (%1).', time);
    if (this._mode === 'offer') {
      // The buttons stay, whoever is about to press one.
      this.node.firstElementChild!.textContent = text;
      return;
    }
    this._start('offer', 'status');
    const show = this._button(this._trans.__('Show the new results'), () =>
      this._retryRequested.emit()
    );
    const follow = this._button(this._trans.__('Follow from now on'), () =>
      this._followRequested.emit()
    );
    this.node.replaceChildren(this._text(text), show, follow);
  }

  /** Say a sentence with nothing to press. */
  private _showLine(mode: Mode, sentence: string): void {
    if (this._mode !== mode) {
      this._start(mode, 'status');
      this.node.replaceChildren(this._text(sentence));
    }
  }

  private _buildActivity(): void {
    this._start('activity', 'status');
    const text = this._text('');
    const bar = document.createElement('progress');
    bar.className = 'jp-NeuronvisioMessage-bar';
    bar.setAttribute('aria-label', this._trans.__('Opening the file'));
    const stop = this._button(this._trans.__('Stop'), () =>
      this._stopRequested.emit()
    );
    this.node.replaceChildren(text, bar, stop);
  }

  private _activityText(activity: IActivity | null): string {
    const done = megabytes(activity?.done ?? 0);
    if (activity?.what === 'downloading') {
      if (activity.done === 0) {
        return this._trans.__(
          'Reading the whole file, since the server sends no parts of it…'
        );
      }
      return activity.total === null
        ? this._trans.__(
            'Reading the whole file, since the server sends no parts of it: %1 MB',
            done
          )
        : this._trans.__(
            'Reading the whole file, since the server sends no parts of it: %1 of %2 MB',
            done,
            megabytes(activity.total)
          );
    }
    return !activity || activity.done === 0
      ? this._trans.__('Opening the file…')
      : this._trans.__('Opening the file: %1 MB read', done);
  }

  private _start(mode: Mode, role: 'alert' | 'status'): void {
    this._mode = mode;
    this.node.setAttribute('role', role);
    // A line or a few: the layout asks how high it may be.
    this.toggleClass('jp-mod-line', isLine(mode));
    this.toggleClass('jp-mod-offer', mode === 'offer');
    this.parent?.fit();
  }

  private _text(content: string): HTMLElement {
    const text = document.createElement('p');
    text.className = 'jp-NeuronvisioMessage-text';
    text.textContent = withoutTurns(content);
    return text;
  }

  private _button(label: string, action: () => void): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'jp-mod-styled jp-NeuronvisioMessage-button';
    button.textContent = label;
    button.addEventListener('click', action);
    return button;
  }

  private _mode: Mode = 'empty';
  private _retryRequested = new Signal<this, void>(this);
  private _stopRequested = new Signal<this, void>(this);
  private _followRequested = new Signal<this, void>(this);
}

/** Whether it is said in a line above what is shown. */
function isLine(mode: Mode): boolean {
  return mode === 'offer' || mode === 'writing' || mode === 'gone';
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
