import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { counted } from '../refs/counted';
import type { TreeModel } from './treemodel';

/** The filter above the tree, and a line on what it found. */
export class FilterBox extends Widget {
  /** Make the box of a tree. */
  constructor(
    private readonly _model: TreeModel,
    private readonly _trans: TranslationBundle,
    private readonly _toTree: () => void
  ) {
    super();
    this.addClass('jp-NeuronvisioFilter');
    this._input.type = 'search';
    this._input.className = 'jp-NeuronvisioFilter-input';
    this._input.placeholder = _trans.__('Filter: section variable…');
    this._input.setAttribute('aria-label', _trans.__('Filter the variables'));
    this._input.title = _trans.__(
      'Words that must all match in the group, section, variable or detail'
    );
    this._input.spellcheck = false;
    this._input.addEventListener('input', () =>
      _model.setFilter(this._input.value)
    );
    this._input.addEventListener('keydown', event => this._onKey(event));
    this._status.className = 'jp-NeuronvisioFilter-status';
    this._status.setAttribute('role', 'status');
    this.node.append(this._input, this._status);
    _model.changed.connect(this._update, this);
    this._update();
  }

  private _onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this._input.value !== '') {
      this._input.value = '';
      this._model.setFilter('');
    } else if (event.key === 'ArrowDown') {
      this._toTree();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private _update(): void {
    const { filter } = this._model;
    // What is being typed is ahead of the model; nobody types while a tab comes back.
    if (
      this._input.value !== filter &&
      this._input !== document.activeElement
    ) {
      this._input.value = filter;
    }
    const text = [this._statusText(), this._unsearchedText()]
      .filter(part => part !== '')
      .join(' ');
    // It stays in the page while empty: screen readers read what comes into it.
    if (this._status.textContent !== text) {
      this._status.textContent = text;
    }
  }

  /** What could not be looked into may hold what is looked for. */
  private _unsearchedText(): string {
    const { unsearched } = this._model;
    return unsearched === 0
      ? ''
      : this._trans._n(
          '%2 item could not be read and was not searched.',
          '%2 items could not be read and were not searched.',
          unsearched,
          counted(unsearched)
        );
  }

  private _statusText(): string {
    const { filter, matchCount, progress } = this._model;
    if (filter.trim() === '') {
      return '';
    }
    const found =
      matchCount === null || (matchCount === 0 && progress)
        ? ''
        : matchCount === 0
          ? this._trans.__('No variable matches.')
          : this._trans._n(
              '%2 variable',
              '%2 variables',
              matchCount,
              counted(matchCount)
            );
    const { selectedEarly } = this._model;
    const early = selectedEarly === null ? null : counted(selectedEarly);
    if (!progress) {
      return early === null
        ? found
        : this._trans.__(
            '%1; %2 were selected before all were found, Ctrl+A selects all',
            found,
            early
          );
    }
    const done = counted(progress.done);
    const total = counted(progress.total);
    const soFar = progress.isCutOff
      ? this._cutOffText(found, done, total)
      : this._searchingText(found, done, total);
    return early === null
      ? soFar
      : this._trans.__(
          '%1 selected of what was found so far; %2',
          early,
          soFar
        );
  }

  private _searchingText(found: string, done: string, total: string): string {
    const searched = this._trans.__('%1 of %2 sections searched…', done, total);
    return found ? this._trans.__('%1 so far, %2', found, searched) : searched;
  }

  /** What is said for good where the file can be read no more. */
  private _cutOffText(found: string, done: string, total: string): string {
    if (!found && done === '0') {
      return this._trans.__('Nothing could be searched.');
    }
    const searched = this._trans.__(
      'Only %1 of %2 sections could be searched.',
      done,
      total
    );
    return found ? `${found}. ${searched}` : searched;
  }

  private _input = document.createElement('input');
  private _status = document.createElement('div');
}
