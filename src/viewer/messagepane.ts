import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import type { IActivity } from '../hdf5/source';
import type { IFailure } from '../refs/failure';
import { failureSentence } from './message';

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
    this._mode = 'failure';
    this.node.setAttribute('role', 'alert');
    const text = document.createElement('p');
    text.className = 'jp-NeuronvisioMessage-text';
    text.textContent = failureSentence(failure, this._trans);
    const retry = this._button(this._trans.__('Retry'), () =>
      this._retryRequested.emit()
    );
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = this._trans.__('Details');
    const technical = document.createElement('pre');
    technical.textContent = failure.path
      ? `${failure.path}\n${failure.technical}`
      : failure.technical;
    details.append(summary, technical);
    this.node.replaceChildren(text, retry, details);
  }

  private _buildActivity(): void {
    this._mode = 'activity';
    this.node.setAttribute('role', 'status');
    const text = document.createElement('p');
    text.className = 'jp-NeuronvisioMessage-text';
    const bar = document.createElement('progress');
    bar.className = 'jp-NeuronvisioMessage-bar';
    bar.setAttribute('aria-label', this._trans.__('Opening the file'));
    const stop = this._button(this._trans.__('Stop'), () =>
      this._stopRequested.emit()
    );
    this.node.replaceChildren(text, bar, stop);
  }

  private _activityText(activity: IActivity | null): string {
    if (!activity || activity.done === 0) {
      return this._trans.__('Opening the file…');
    }
    const done = megabytes(activity.done);
    return activity.total === null
      ? this._trans.__('Opening the file: %1 MB read', done)
      : this._trans.__(
          'Reading the whole file, since this drive cannot send parts of it: %1 of %2 MB',
          done,
          megabytes(activity.total)
        );
  }

  private _button(label: string, action: () => void): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'jp-mod-styled jp-NeuronvisioMessage-button';
    button.textContent = label;
    button.addEventListener('click', action);
    return button;
  }

  private _mode: 'empty' | 'activity' | 'failure' = 'empty';
  private _retryRequested = new Signal<this, void>(this);
  private _stopRequested = new Signal<this, void>(this);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
