import { Clipboard } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Debouncer } from '@lumino/polling';
import { Widget } from '@lumino/widgets';
import { withoutTurns } from '../refs/direction';
import { counted } from '../refs/counted';
import type { IFailure } from '../refs/failure';
import { failureOf } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { DETAIL_ATTRIBUTE, nodeName, UNITS_ATTRIBUTE } from '../refs/layout';
import { nodeRowKind } from '../refs/outline';
import type { INodePreview, NodeKind } from '../refs/types';
import type { Contents } from './contents';
import { sizeText } from './rows';
import type { TreeModel } from './treemodel';

/** What the details are made with. */
export interface IDetailsOptions {
  readonly model: TreeModel;
  readonly contents: Contents;
  readonly trans: TranslationBundle;
  readonly sentence: (failure: IFailure) => string;
  /** Milliseconds before a node is read; for tests. */
  readonly rest?: number;
}

/** The focus rests on a node when it stays for this long, in milliseconds. */
const REST = 150;

/** Attributes that have a line of their own, in the words of the page. */
const SHOWN_APART: readonly string[] = [DETAIL_ATTRIBUTE, UNITS_ATTRIBUTE];

/** A name, and the text that stands beside it. */
type Entry = readonly [name: string, text: string];

/** The details of the focused node: what it is, its attributes and its first values. */
export class DetailsPane extends Widget {
  /** Show the details of a tree's focused node. */
  constructor(private readonly _options: IDetailsOptions) {
    super();
    this.addClass('jp-NeuronvisioDetails');
    this.node.tabIndex = 0;
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', _options.trans.__('Details'));
    this._rested = new Debouncer(() => this._load(), _options.rest ?? REST);
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
    if (path === null || path === '/') {
      this._showHint();
    } else {
      // What stood there belongs to another node.
      this._fill(path, []);
      this._rested.invoke().catch(() => undefined);
    }
  }

  /** What is shown stays until it is read anew, so that nothing flickers. */
  private _onReset(): void {
    void this._load(true);
  }

  private async _load(isAgain = false): Promise<void> {
    const path = this._path;
    if (path === null || path === '/' || this.isDisposed) {
      return;
    }
    if (!isAgain) {
      this._fill(path, [], this._reading());
    }
    // An answer is for the last question alone, whatever came of the file meanwhile.
    const request = {};
    this._request = request;
    const isLate = () =>
      this.isDisposed || path !== this._path || request !== this._request;
    try {
      const preview = await this._options.contents.preview(path);
      if (!isLate()) {
        this._show(path, preview);
      }
    } catch (reason) {
      if (!isLate()) {
        const failure = failureOf(reason, 'node-unreadable');
        this._fill(path, [], ...this._failure(failure));
      }
    }
  }

  /** Show a node's name and path, and what is known of it below. */
  private _fill(
    path: NodePath,
    known: readonly Entry[],
    ...below: HTMLElement[]
  ): void {
    const { trans } = this._options;
    const list = definitions([[trans.__('Path'), path], ...known]);
    const heading = document.createElement('div');
    heading.className = 'jp-NeuronvisioDetails-heading';
    const name = document.createElement('strong');
    name.textContent = withoutTurns(nodeName(path));
    heading.append(name, this._copy(path));
    const filled = this.node.cloneNode(false) as HTMLElement;
    filled.append(heading, list, ...below);
    // Whoever is reading or has marked some of it is not disturbed for nothing.
    if (!filled.isEqualNode(this.node)) {
      this.node.replaceChildren(...filled.childNodes);
    }
  }

  private _show(path: NodePath, preview: INodePreview): void {
    const { trans } = this._options;
    const { facts, attributes, values, total, failure } = preview;
    const isDataset = facts.kind === 'dataset';
    const known: readonly Entry[] = [
      [trans.__('File'), facts.file ?? ''],
      [trans.__('Kind'), this._kind(path, facts.kind)],
      [trans.__('Type'), isDataset ? sizeText(facts) : ''],
      [trans.__('Details'), facts.detail],
      [trans.__('Units'), facts.units ?? ''],
      ...attributes
        .filter(({ name }) => !SHOWN_APART.includes(name))
        .map(({ name, text }): Entry => [name, text])
    ];
    if (failure) {
      this._fill(path, known, ...this._failure(failure));
    } else if (isDataset) {
      this._fill(path, known, ...this._values(values, total));
    } else {
      this._fill(path, known);
    }
  }

  /** What a node is, in the words of the field where it is among the results. */
  private _kind(path: NodePath, kind: NodeKind): string {
    const { contents, trans } = this._options;
    if (kind !== 'group') {
      return kind === 'dataset' ? trans.__('Variable') : trans.__('Other');
    }
    const row = nodeRowKind(contents, path);
    if (row === 'group') {
      return trans.__('Group of results');
    }
    return row === 'section' ? trans.__('Section') : trans.__('HDF5 group');
  }

  private _reading(): HTMLElement {
    const line = document.createElement('p');
    line.className = 'jp-NeuronvisioDetails-reading';
    line.textContent = this._options.trans.__('Reading…');
    return line;
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
              counted(values.length),
              counted(total)
            )
          : trans.__('Values:');
    const text = document.createElement('pre');
    text.textContent = withoutTurns(values.join('  '));
    return total === 0 ? [caption] : [caption, text];
  }

  private _failure(failure: IFailure): HTMLElement[] {
    const text = document.createElement('p');
    text.textContent = withoutTurns(this._options.sentence(failure));
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = this._options.trans.__('Details');
    const technical = document.createElement('pre');
    technical.textContent = withoutTurns(failure.technical);
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
  private _request: object | null = null;
  private _rested: Debouncer<void>;
}

/** Names with their texts, without those that have none. */
function definitions(entries: readonly Entry[]): HTMLElement {
  const list = document.createElement('dl');
  for (const [name, text] of entries) {
    if (text !== '') {
      const term = document.createElement('dt');
      term.textContent = withoutTurns(name);
      const definition = document.createElement('dd');
      definition.textContent = withoutTurns(text);
      list.append(term, definition);
    }
  }
  return list;
}
