import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { withoutTurns } from '../refs/direction';
import type { Comparison, IComparedRun } from './comparison';

/** The names of the files that the opened one is compared with, each with a button to take it out. */
export class ComparedStrip extends Widget {
  /** Show what is compared; `left` is called when the button that had the focus was the last one. */
  constructor(
    private readonly _comparison: Comparison,
    private readonly _trans: TranslationBundle,
    private readonly _left: () => void
  ) {
    super();
    this.addClass('jp-NeuronvisioCompared');
    const title = document.createElement('span');
    title.textContent = _trans.__('Compared with');
    this._list.setAttribute('aria-label', _trans.__('Compared results'));
    this.node.append(title, this._list);
    _comparison.changed.connect(this._show, this);
    this._show();
  }

  private _show(): void {
    const { compared } = this._comparison;
    const focused = this._buttons.findIndex(
      button => button === document.activeElement
    );
    this._list.replaceChildren(...compared.map(run => this._item(run)));
    this.setHidden(compared.length === 0);
    if (focused >= 0) {
      const next = this._buttons[Math.min(focused, compared.length - 1)];
      if (next) {
        next.focus();
      } else {
        this._left();
      }
    }
  }

  private _item({ id, name, path }: IComparedRun): HTMLElement {
    const item = document.createElement('li');
    const text = document.createElement('span');
    text.textContent = withoutTurns(name);
    text.title = path;
    const remove = document.createElement('button');
    remove.type = 'button';
    remove.textContent = '×';
    remove.title = this._trans.__('Compare with %1 no more', name);
    remove.setAttribute('aria-label', remove.title);
    remove.addEventListener('click', () => this._comparison.remove(id));
    item.append(text, remove);
    return item;
  }

  private get _buttons(): HTMLButtonElement[] {
    return Array.from(this._list.querySelectorAll('button'));
  }

  private readonly _list = document.createElement('ul');
}
