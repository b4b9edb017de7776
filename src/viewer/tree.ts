import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import { PanelLayout, Widget } from '@lumino/widgets';
import { FilterBox } from './filterbox';
import type { ITreeOptions } from './rowsview';
import { RowsView } from './rowsview';

/** The filter, the columns' names and the tree. */
export class ResultTree extends Widget {
  /** Show a tree's model. */
  constructor(options: ITreeOptions) {
    super();
    this.addClass('jp-NeuronvisioTree');
    const { model, trans } = options;
    const rows = new RowsView(options);
    this._rows = rows;
    const layout = new PanelLayout();
    layout.addWidget(new FilterBox(model, trans, () => rows.node.focus()));
    layout.addWidget(header(trans));
    layout.addWidget(rows);
    this.layout = layout;
  }

  protected override onActivateRequest(_msg: Message): void {
    this._rows.node.focus();
  }

  private _rows: RowsView;
}

function header(trans: TranslationBundle): Widget {
  const widget = new Widget();
  widget.addClass('jp-NeuronvisioTree-header');
  for (const title of [trans.__('Vector'), trans.__('Details')]) {
    const cell = document.createElement('span');
    cell.textContent = title;
    widget.node.append(cell);
  }
  return widget;
}
