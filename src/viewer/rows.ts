import type { TranslationBundle } from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';
import { caretDownEmptyIcon, caretRightIcon } from '@jupyterlab/ui-components';
import { withoutTurns } from '../refs/direction';
import { counted } from '../refs/counted';
import type { IFailure } from '../refs/failure';
import { childPath, X_NAME } from '../refs/layout';
import type { IRow } from '../refs/outline';
import { isPlaceholder } from '../refs/outline';
import type { INodeFacts } from '../refs/types';
import type { Contents } from './contents';

/** What a row is drawn with. */
export interface IRowContext {
  readonly contents: Contents;
  readonly trans: TranslationBundle;
  readonly sentence: (failure: IFailure) => string;
  readonly selected: (path: string) => boolean;
  readonly focused: number;
  /** How far down a row stands, in pixels. */
  readonly place: (index: number) => number;
  /** The start of the rows' element ids. */
  readonly idPrefix: string;
}

/** Length and type as they stand in the tree: `1,601 × float64`. */
export function sizeText(facts: INodeFacts): string {
  if (facts.shape === null) {
    return facts.dtype;
  }
  const sizes = facts.shape.map(counted);
  return [...sizes, facts.dtype].join(' × ');
}

/** The id of the element of a row. */
export function rowId(prefix: string, index: number): string {
  return `${prefix}-row-${index}`;
}

/** One row's elements, used again for whatever row is in view. */
export class RowView {
  /** Make an empty row. */
  constructor() {
    this.node.className = 'jp-NeuronvisioTree-row';
    this._twisty.className = 'jp-NeuronvisioTree-twisty';
    this._name.className = 'jp-NeuronvisioTree-name';
    this._details.className = 'jp-NeuronvisioTree-details';
    this._detail.className = 'jp-NeuronvisioTree-detail';
    this._size.className = 'jp-NeuronvisioTree-size';
    const first = document.createElement('span');
    first.className = 'jp-NeuronvisioTree-vector';
    first.append(this._twisty, this._name);
    this._details.append(this._detail, this._size);
    this.node.append(first, this._details);
    this._first = first;
  }

  /** The row's element. */
  readonly node = document.createElement('div');

  /** Show a row at its place. */
  update(row: IRow, index: number, context: IRowContext): void {
    const { node } = this;
    const stand = isPlaceholder(row);
    node.id = rowId(context.idPrefix, index);
    node.dataset.index = String(index);
    node.style.transform = `translateY(${context.place(index)}px)`;
    node.setAttribute('role', stand ? 'none' : 'treeitem');
    setOrRemove(node, 'data-path', stand ? null : row.path);
    setOrRemove(node, 'aria-level', stand ? null : String(row.level));
    setOrRemove(node, 'aria-posinset', stand ? null : String(row.posInSet));
    setOrRemove(node, 'aria-setsize', stand ? null : String(row.setSize));
    setOrRemove(
      node,
      'aria-expanded',
      row.expandable ? String(row.expanded) : null
    );
    const selectable = row.kind === 'variable';
    setOrRemove(
      node,
      'aria-selected',
      selectable ? String(context.selected(row.path)) : null
    );
    node.classList.toggle('jp-mod-focused', index === context.focused);
    node.classList.toggle(
      'jp-mod-selected',
      selectable && context.selected(row.path)
    );
    this._first.style.paddingLeft = `${(row.level - 1) * 14}px`;
    this._setTwisty(row);
    this._setTexts(row, context);
  }

  private _setTwisty(row: IRow): void {
    const state = row.expandable ? (row.expanded ? 'open' : 'closed') : '';
    if (state === this._state) {
      return;
    }
    this._state = state;
    this._twisty.replaceChildren();
    if (state !== '') {
      const icon: LabIcon =
        state === 'open' ? caretDownEmptyIcon : caretRightIcon;
      icon.element({ container: this._twisty, tag: 'span' });
    }
  }

  private _setTexts(row: IRow, context: IRowContext): void {
    const { name, detail, size, failed } = rowTexts(row, context);
    setText(this._name, name);
    setText(this._detail, detail);
    setText(this._size, size);
    this._name.title = withoutTurns(name);
    this._details.title = withoutTurns(
      [detail, size].filter(text => text).join(' · ')
    );
    this.node.classList.toggle('jp-mod-failed', failed);
    this.node.classList.toggle('jp-mod-standIn', isPlaceholder(row));
  }

  private _state = '';
  private _first: HTMLElement;
  private _twisty = document.createElement('span');
  private _name = document.createElement('span');
  private _details = document.createElement('span');
  private _detail = document.createElement('span');
  private _size = document.createElement('span');
}

interface IRowTexts {
  readonly name: string;
  readonly detail: string;
  readonly size: string;
  readonly failed: boolean;
}

function rowTexts(row: IRow, context: IRowContext): IRowTexts {
  const { contents, trans, sentence } = context;
  const failure = contents.failure(row.path);
  if (row.kind === 'loading') {
    return plain(trans.__('Reading…'));
  }
  if (row.kind === 'empty') {
    return plain(trans.__('Nothing recorded here.'));
  }
  if (row.kind === 'failed') {
    return {
      ...plain(failure ? sentence(failure) : trans.__('Not readable.')),
      failed: true
    };
  }
  const name = row.path === '/' ? trans.__('Other contents') : row.name;
  if (failure) {
    return { name, detail: sentence(failure), size: '', failed: true };
  }
  const facts = contents.facts(row.path);
  return {
    name,
    detail: facts?.detail ?? '',
    size: row.expandable
      ? countText(row, context)
      : facts
        ? sizeText(facts)
        : '',
    failed: false
  };
}

function plain(name: string): IRowTexts {
  return { name, detail: '', size: '', failed: false };
}

/** How many children a row shows, and a group's x. */
function countText(row: IRow, context: IRowContext): string {
  const { contents, trans, sentence } = context;
  const count = childCount(row, contents);
  const parts = count === null ? [] : [countedText(row, count, trans)];
  const cut = cutFrom(row, contents);
  if (count !== null && cut > 0) {
    const number = counted(count - cut);
    parts.push(trans.__('only %1 of them listed', number));
  }
  if (row.kind === 'group') {
    const path = childPath(row.path, X_NAME);
    const x = contents.facts(path);
    const failure = contents.factsFailure(path);
    if (x?.kind === 'dataset') {
      parts.push(trans.__('x: %1', sizeText(x)));
    } else if (failure && contents.childNames(row.path)?.includes(X_NAME)) {
      parts.push(trans.__('x: %1', sentence(failure)));
    }
  }
  return parts.join(', ');
}

function countedText(
  row: IRow,
  count: number,
  trans: TranslationBundle
): string {
  const number = counted(count);
  if (row.kind === 'group') {
    return trans._n('%2 section', '%2 sections', count, number);
  }
  return row.kind === 'section'
    ? trans._n('%2 variable', '%2 variables', count, number)
    : trans._n('%2 item', '%2 items', count, number);
}

/** How many children of a row are not listed, because they are too many. */
function cutFrom(row: IRow, contents: Contents): number {
  const total = contents.childTotal(row.path) ?? 0;
  return total - (contents.childNames(row.path)?.length ?? total);
}

/** How many rows stand below a row when it is expanded; null while that is not known. */
function childCount(row: IRow, contents: Contents): number | null {
  const total = contents.childTotal(row.path);
  if (total === null) {
    return null;
  }
  if (row.path === '/') {
    // The results stand above it.
    return total - 1;
  }
  if (
    row.kind !== 'group' ||
    !contents.childNames(row.path)?.includes(X_NAME)
  ) {
    return total;
  }
  const path = childPath(row.path, X_NAME);
  const x = contents.facts(path);
  if (!x) {
    return contents.factsFailure(path) ? total - 1 : null;
  }
  return x.kind === 'dataset' ? total - 1 : total;
}

function setText(node: HTMLElement, text: string): void {
  const shown = withoutTurns(text);
  if (node.textContent !== shown) {
    node.textContent = shown;
  }
}

function setOrRemove(
  node: HTMLElement,
  name: string,
  value: string | null
): void {
  if (value === null) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== value) {
    node.setAttribute(name, value);
  }
}
