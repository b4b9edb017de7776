import type { TranslationBundle } from '@jupyterlab/translation';
import type { INote } from './notes';

/** The notes above a plot. */
export class NotesStrip {
  /** Make an empty strip. */
  constructor() {
    this.node.className = 'jp-NeuronvisioNotes';
    this.node.setAttribute('role', 'status');
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
    this.node.replaceChildren(...notes.map(note => item(note, trans)));
    return true;
  }

  private _key = '[]';
}

function item(note: INote, trans: TranslationBundle): HTMLElement {
  const line = document.createElement('li');
  line.textContent = note.text;
  if (note.technical !== null) {
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = trans.__('Details');
    const technical = document.createElement('pre');
    technical.textContent = note.technical;
    details.append(summary, technical);
    line.append(details);
  }
  return line;
}
