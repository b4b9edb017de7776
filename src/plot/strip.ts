import type { TranslationBundle } from '@jupyterlab/translation';
import { withoutTurns } from '../refs/direction';
import type { INote } from './notes';

/** The notes above a plot. */
export class NotesStrip {
  /** Make an empty strip; `retry` is called when what was stopped is to be read again. */
  constructor(private readonly _retry: () => void = () => undefined) {
    this.node.className = 'jp-NeuronvisioNotes';
    this.node.setAttribute('role', 'status');
    this.node.tabIndex = -1;
    this.node.hidden = true;
  }

  /** The list's element. */
  readonly node = document.createElement('ul');

  /** Show these notes; answers whether anything changed. */
  setNotes(notes: readonly INote[], trans: TranslationBundle): boolean {
    const key = JSON.stringify(notes);
    if (key === this._key) {
      return false;
    }
    this._key = key;
    this.node.hidden = notes.length === 0;
    this.node.replaceChildren(...notes.map(note => this._item(note, trans)));
    return true;
  }

  private _item(note: INote, trans: TranslationBundle): HTMLElement {
    const line = document.createElement('li');
    line.textContent = withoutTurns(note.text);
    if (note.technical !== null) {
      const details = document.createElement('details');
      const summary = document.createElement('summary');
      summary.textContent = trans.__('Details');
      const technical = document.createElement('pre');
      technical.textContent = withoutTurns(note.technical);
      details.append(summary, technical);
      line.append(details);
    }
    if (note.retry) {
      line.append(' ', this._button(trans));
    }
    return line;
  }

  private _button(trans: TranslationBundle): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'jp-NeuronvisioNotes-button';
    button.textContent = trans.__('Retry');
    button.addEventListener('click', () => {
      // The button goes away.
      this.node.focus();
      this._retry();
    });
    return button;
  }

  private _key = '[]';
}
