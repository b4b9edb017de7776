import { withoutTurns } from '../refs/direction';
import { Widget } from '@lumino/widgets';

/** What the user can do about what a line says. */
export interface ILineAction {
  readonly label: string;
  readonly run: () => void;
}

/** The line above an output: what its reader has to know. */
export class OutputLine extends Widget {
  /** Make an empty line, which takes no room. */
  constructor() {
    super();
    this.addClass('jp-NeuronvisioOutput-line');
    this.node.setAttribute('role', 'status');
    this.clear();
  }

  /** Say something, with a button to do something about it. */
  say(text: string, action: ILineAction | null = null): void {
    const words = document.createElement('span');
    words.textContent = withoutTurns(text);
    this.node.replaceChildren(words);
    if (action) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'jp-NeuronvisioOutput-button';
      button.textContent = action.label;
      button.addEventListener('click', () => action.run());
      this.node.append(button);
    }
    this.setHidden(text === '');
  }

  /** Say nothing. */
  clear(): void {
    this.say('');
  }
}
