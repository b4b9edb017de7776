import { Clipboard } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { UUID } from '@lumino/coreutils';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import type { IFailure } from '../refs/failure';
import { isPlaceholder } from '../refs/outline';
import { rowId, RowView } from './rows';
import { ROW_HEIGHT, RowScroll } from './rowscroll';
import { TreeKeys } from './treekeys';
import type { TreeModel } from './treemodel';

/** What the tree is made with. */
export interface ITreeOptions {
  readonly model: TreeModel;
  readonly trans: TranslationBundle;
  readonly sentence: (failure: IFailure) => string;
}

/** Rows drawn above and below those in view. */
const OVERSCAN = 6;

/** The scrolling rows, of which only those in view are in the page. */
export class RowsView extends Widget {
  /** Show the rows of a tree's model. */
  constructor(private readonly _options: ITreeOptions) {
    super();
    const { model, trans } = _options;
    this.addClass('jp-NeuronvisioTree-rows');
    this.node.tabIndex = 0;
    this.node.setAttribute('role', 'tree');
    this.node.setAttribute('aria-multiselectable', 'true');
    this.node.setAttribute('aria-label', trans.__('Recorded variables'));
    this._spacer.className = 'jp-NeuronvisioTree-spacer';
    this._spacer.setAttribute('role', 'none');
    this.node.append(this._spacer);
    this._keys = new TreeKeys(
      model,
      () => Math.max(1, Math.floor(this.node.clientHeight / ROW_HEIGHT) - 1),
      path => Clipboard.copyToSystem(path)
    );
    model.changed.connect(this._onModel, this);
  }

  /** Handle the events of the rows. */
  handleEvent(event: Event): void {
    switch (event.type) {
      case 'scroll':
        this.update();
        break;
      case 'keydown':
        if (this._keys.handle(event as KeyboardEvent)) {
          event.preventDefault();
          event.stopPropagation();
        }
        break;
      case 'mousedown':
        this._onPress(event);
        break;
      case 'click':
        this._onClick(event as MouseEvent);
        break;
      case 'contextmenu':
        this._focusAt(event);
        break;
      case 'focus':
        this._onFocus();
        break;
      default:
        break;
    }
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this.node.addEventListener('scroll', this, { passive: true });
    for (const type of EVENTS) {
      this.node.addEventListener(type, this, type === 'contextmenu');
    }
    // A tab that is moved is taken out of the page, which forgets the scrolling.
    if (this._keptTop > 0) {
      this.node.scrollTop = this._keptTop;
    }
    this.update();
  }

  protected override onBeforeDetach(msg: Message): void {
    this._keptTop = this.node.scrollTop;
    this.node.removeEventListener('scroll', this);
    for (const type of EVENTS) {
      this.node.removeEventListener(type, this, type === 'contextmenu');
    }
    super.onBeforeDetach(msg);
  }

  protected override onResize(msg: Widget.ResizeMessage): void {
    super.onResize(msg);
    this.update();
  }

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this.update();
  }

  protected override onUpdateRequest(_msg: Message): void {
    const { model } = this._options;
    // Read before anything is written, or the page is laid out in between.
    const { scrollTop: top, clientHeight: height } = this.node;
    const scroll = this._scroll(height);
    const [begin, end] = scroll.range(top, OVERSCAN);
    this._spacer.style.height = `${scroll.height}px`;
    this._draw(begin, end, index => scroll.place(index, top));
    const focused = model.focusedIndex;
    if (focused >= begin && focused < end) {
      const id = rowId(this._idPrefix, focused);
      this.node.setAttribute('aria-activedescendant', id);
    } else {
      this.node.removeAttribute('aria-activedescendant');
    }
    if (height > 0) {
      model.setVisibleRange(begin, Math.max(begin, end - 1));
    }
  }

  private _scroll(height = this.node.clientHeight): RowScroll {
    const { rows } = this._options.model;
    return new RowScroll(rows.length, height);
  }

  private _draw(
    begin: number,
    end: number,
    place: (index: number) => number
  ): void {
    const { model, trans, sentence } = this._options;
    const { rows } = model;
    this._turn(begin - this._begin);
    this._begin = begin;
    while (this._views.length < end - begin) {
      const view = new RowView();
      this._views.push(view);
      this.node.append(view.node);
    }
    for (const spare of this._views.splice(end - begin)) {
      spare.node.remove();
    }
    const context = {
      contents: model.contents,
      trans,
      sentence,
      selected: (path: string) => model.isSelected(path),
      focused: model.focusedIndex,
      place,
      idPrefix: this._idPrefix
    };
    this._views.forEach((view, offset) => {
      const row = rows.at(begin + offset);
      if (row) {
        view.update(row, begin + offset, context);
      }
    });
  }

  /** A row that stays near the view keeps its element, under the pointer as for a screen reader. */
  private _turn(by: number): void {
    const views = this._views;
    if (by === 0 || Math.abs(by) >= views.length) {
      return;
    }
    const moved = by > 0 ? views.splice(0, by) : views.splice(by);
    const nodes = moved.map(view => view.node);
    if (by > 0) {
      views.push(...moved);
      this.node.append(...nodes);
    } else {
      views.unshift(...moved);
      this._spacer.after(...nodes);
    }
  }

  /** A changed focus is brought into view; any other change leaves the scrolling alone. */
  private _onModel(): void {
    if (document.activeElement === this.node) {
      this._onFocus();
    }
    const { focusedIndex, focusedPath } = this._options.model;
    // A row that is still to be read is brought into view when it comes.
    if (focusedPath !== this._focusedPath && focusedIndex >= 0) {
      this._focusedPath = focusedPath;
      this._reveal(focusedIndex);
    }
    this.update();
  }

  private _reveal(index: number): void {
    if (index < 0) {
      return;
    }
    const scroll = this._scroll();
    // The spacer may be of the rows before; scrolling needs its new height.
    this._spacer.style.height = `${scroll.height}px`;
    const before = this.node.scrollTop;
    const top = scroll.reveal(index, before);
    if (top !== before) {
      this.node.scrollTop = top;
    }
  }

  /** With the focus in the tree, a row has it: the first in view, so that nothing moves under the pointer. */
  private _onFocus(): void {
    const { model } = this._options;
    const { rows } = model;
    if (
      model.focusedIndex >= 0 ||
      model.isFocusAwaited ||
      rows.at(0)?.kind === 'loading'
    ) {
      return;
    }
    const above = this._scroll().above(this.node.scrollTop);
    const top = Math.ceil(above / ROW_HEIGHT);
    const inView = rows.nodeFrom(top, 1);
    const first = inView < 0 ? rows.nodeFrom(0, 1) : inView;
    if (first >= 0) {
      model.focusIndex(first);
    }
  }

  /** The pressed button gives the tree the focus before it clicks a row. */
  private _onPress(event: Event): void {
    if (this._options.model.focusedIndex < 0) {
      this._focusAt(event);
    }
  }

  private _focusAt(event: Event): void {
    const index = this._indexAt(event);
    if (index >= 0) {
      this._options.model.focusIndex(index);
    }
  }

  /** The index of the row of an event's target; -1 where it is of none. */
  private _indexAt(event: Event): number {
    const target = event.target instanceof Element ? event.target : null;
    const node = target?.closest<HTMLElement>('.jp-NeuronvisioTree-row');
    const index = node?.dataset.index ? Number(node.dataset.index) : -1;
    const row = this._options.model.rows.at(index);
    return row && !isPlaceholder(row) ? index : -1;
  }

  private _onClick(event: MouseEvent): void {
    const { model } = this._options;
    const row = model.rows.at(this._indexAt(event));
    if (!row) {
      return;
    }
    if (event.shiftKey) {
      model.extendTo(row.path);
    } else if (event.ctrlKey || event.metaKey) {
      model.toggle(row.path);
    } else if (!row.expandable || event.detail < 2 || onTwisty(event)) {
      // A double click opens a group, as in the file browser, and not again shuts it.
      model.activate(row.path);
    }
  }

  private _spacer = document.createElement('div');
  private _views: RowView[] = [];
  /** The row that the first of them shows. */
  private _begin = 0;
  private _keys: TreeKeys;
  private _focusedPath: string | null = null;
  private _keptTop = 0;
  private _idPrefix = `jp-neuronvisio-${UUID.uuid4()}`;
}

const EVENTS = [
  'keydown',
  'mousedown',
  'click',
  'contextmenu',
  'focus'
] as const;

function onTwisty(event: Event): boolean {
  const { target } = event;
  return (
    target instanceof Element &&
    target.closest('.jp-NeuronvisioTree-twisty') !== null
  );
}
