import { Clipboard } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Debouncer } from '@lumino/polling';
import { Widget } from '@lumino/widgets';
import type { IFailure } from '../refs/failure';
import { failureOf } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { nodeName } from '../refs/layout';
import type { INodePreview } from '../refs/types';
import type { Contents } from './contents';
import { sizeText } from './rows';
import type { TreeModel } from './treemodel';

/** What the details are made with. */
export interface IDetailsOptions {
  readonly model: TreeModel;
  readonly contents: Contents;
  readonly trans: TranslationBundle;
  readonly sentence: (failure: IFailure) => string;
}

/** The focus rests on a node when it stays for this long, in milliseconds. */
const REST = 150;

/** The details of the focused node: what it is, its attributes and its first values. */
export class DetailsPane extends Widget {
  /** Show the details of a tree's focused node. */
  constructor(private readonly _options: IDetailsOptions) {
    super();
    this.addClass('jp-NeuronvisioDetails');
    this.node.tabIndex = 0;
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', _options.trans.__('Details'));
    this._rested = new Debouncer(() => this._load(), REST);
    _options.model.changed.connect(this._onModel, this);
    _options.contents.wasReset.connect(this._onReset, this);
    this._showHint();
  }

  /** Dispose of the pane. */
  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._rested.dispose();
    super.dispose();
  }

  private _onModel(): void {
    const path = this._options.model.focusedPath;
    if (path === this._path) {
      return;
    }
    this._path = path;
    // What stands there belongs to another node.
    this.node.replaceChildren();
    if (path === null || path === '/') {
      this._showHint();
    } else {
      void this._rested.invoke().catch(() => undefined);
    }
  }

  private _onReset(): void {
    this._path = null;
    this._onModel();
  }

  private async _load(): Promise<void> {
    const path = this._path;
    if (path === null || this.isDisposed) {
      return;
    }
    try {
      const preview = await this._options.contents.preview(path);
      if (!this.isDisposed && path === this._path) {
        this._show(path, preview);
      }
    } catch (reason) {
      if (!this.isDisposed && path === this._path) {
        const failure = failureOf(reason, 'node-unreadable');
        this.node.replaceChildren(
          heading(nodeName(path)),
          ...this._failure(failure)
        );
      }
    }
  }

  private _show(path: NodePath, preview: INodePreview): void {
    const { trans } = this._options;
    const { facts, attributes, values, total, failure } = preview;
    const list = document.createElement('dl');
    const add = (name: string, value: string) => {
      if (value !== '') {
        const term = document.createElement('dt');
        term.textContent = name;
        const text = document.createElement('dd');
        text.textContent = value;
        list.append(term, text);
      }
    };
    add(trans.__('Path'), path);
    add(trans.__('Type'), facts.kind === 'dataset' ? sizeText(facts) : '');
    add(trans.__('Details'), facts.detail);
    add(trans.__('Units'), facts.units ?? '');
    attributes.forEach(attribute => add(attribute.name, attribute.text));
    this.node.replaceChildren(heading(nodeName(path), this._copy(path)), list);
    if (failure) {
      this.node.append(...this._failure(failure));
    } else if (facts.kind === 'dataset') {
      this.node.append(...this._values(values, total));
    }
  }

  private _values(values: readonly string[], total: number): HTMLElement[] {
    const { trans } = this._options;
    const caption = document.createElement('p');
    caption.textContent =
      total === 0
        ? trans.__('It holds no values.')
        : values.length < total
          ? trans.__(
              'The first %1 of %2 values:',
              values.length.toLocaleString('en-US'),
              total.toLocaleString('en-US')
            )
          : trans.__('Values:');
    const text = document.createElement('pre');
    text.textContent = values.join('  ');
    return total === 0 ? [caption] : [caption, text];
  }

  private _failure(failure: IFailure): HTMLElement[] {
    const text = document.createElement('p');
    text.textContent = this._options.sentence(failure);
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = this._options.trans.__('Details');
    const technical = document.createElement('pre');
    technical.textContent = failure.technical;
    details.append(summary, technical);
    return [text, details];
  }

  private _copy(path: NodePath): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'jp-NeuronvisioDetails-copy';
    button.textContent = this._options.trans.__('Copy path');
    button.addEventListener('click', () => Clipboard.copyToSystem(path));
    return button;
  }

  private _showHint(): void {
    const line = document.createElement('p');
    line.textContent = this._options.trans.__(
      'Select an item in the tree to see its details.'
    );
    this.node.replaceChildren(line);
  }

  private _path: NodePath | null = null;
  private _rested: Debouncer<void>;
}

function heading(name: string, ...more: HTMLElement[]): HTMLElement {
  const line = document.createElement('div');
  line.className = 'jp-NeuronvisioDetails-heading';
  const title = document.createElement('strong');
  title.textContent = name;
  line.append(title, ...more);
  return line;
}
