import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { withoutTurns } from '../refs/direction';
import type { Comparison, IComparedRun } from './comparison';
import type { FileNews } from './freshness';

/** A compared file in the strip. */
interface IItem {
  readonly node: HTMLElement;
  readonly status: HTMLElement;
  readonly show: HTMLButtonElement;
  readonly remove: HTMLButtonElement;
}

/** The names of the files that the opened one is compared with, each with what is new of it and a button to take it out. */
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
    _comparison.newsChanged.connect(this._showNews, this);
    this._show();
  }

  private _show(): void {
    const { compared } = this._comparison;
    const focused = this._items.findIndex(({ node }) =>
      node.contains(document.activeElement)
    );
    this._items = compared.map(run => this._item(run));
    this._list.replaceChildren(...this._items.map(({ node }) => node));
    this._showNews();
    this.setHidden(compared.length === 0);
    if (focused >= 0) {
      const next = this._items[Math.min(focused, compared.length - 1)];
      if (next) {
        next.remove.focus();
      } else {
        this._left();
      }
    }
  }

  private _item({ id, name, path }: IComparedRun): IItem {
    const node = document.createElement('li');
    const text = document.createElement('span');
    text.className = 'jp-NeuronvisioCompared-name';
    text.textContent = withoutTurns(name);
    text.title = path;
    const status = document.createElement('span');
    status.className = 'jp-NeuronvisioCompared-news';
    status.setAttribute('role', 'status');
    const show = button(
      this._trans.__('Show'),
      this._trans.__('Show the new results of %1', name),
      () => {
        // This button goes away.
        remove.focus();
        this._comparison.renew(id);
      }
    );
    show.className = 'jp-NeuronvisioCompared-show';
    const remove = button(
      '×',
      this._trans.__('Compare with %1 no more', name),
      () => this._comparison.remove(id)
    );
    node.append(text, status, remove);
    return { node, status, show, remove };
  }

  private _showNews(): void {
    this._comparison.compared.forEach(({ news }, index) => {
      const { status, show, remove } = this._items[index];
      const text = this._newsText(news);
      // Screen readers read what is written, be it the same.
      if (status.textContent !== text) {
        status.textContent = text;
      }
      if (news.kind !== 'changed') {
        if (show === document.activeElement) {
          remove.focus();
        }
        show.remove();
      } else if (!show.parentElement) {
        remove.before(show);
      }
    });
  }

  private _newsText(news: FileNews): string {
    switch (news.kind) {
      case 'none':
        return '';
      case 'changed':
        return this._trans.__('changed on disk');
      case 'writing':
        return this._trans.__('being written…');
      case 'gone':
        return this._trans.__('not there any more');
    }
  }

  private _items: readonly IItem[] = [];
  private readonly _list = document.createElement('ul');
}

function button(
  text: string,
  title: string,
  action: () => void
): HTMLButtonElement {
  const node = document.createElement('button');
  node.type = 'button';
  node.textContent = text;
  node.title = title;
  node.setAttribute('aria-label', title);
  node.addEventListener('click', action);
  return node;
}
