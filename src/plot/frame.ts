import type { TranslationBundle } from '@jupyterlab/translation';

/** The place of a plot, and what stands in it while there is none. */
export class PlotFrame {
  /** Make the place of a plot. */
  constructor(private readonly _trans: TranslationBundle) {
    this.node.className = 'jp-NeuronvisioFigure-frame';
    this.plot.className = 'jp-NeuronvisioFigure-plot';
    this.plot.setAttribute('role', 'img');
    this._empty.className = 'jp-NeuronvisioFigure-empty';
    this._empty.textContent = _trans.__(
      'Select a variable in the tree to draw it here. Ctrl-click adds another.'
    );
    this._busy.className = 'jp-NeuronvisioFigure-busy';
    this._busy.setAttribute('role', 'status');
    this.node.append(this.plot, this._empty, this._busy);
  }

  /** The element of the whole. */
  readonly node = document.createElement('div');

  /** The element that plotly draws in. */
  readonly plot = document.createElement('div');

  /** Width and height, in pixels. */
  get size(): readonly [number, number] {
    return [this.node.clientWidth, this.node.clientHeight];
  }

  /** Say what is drawn, or that nothing is chosen when it is null. */
  setSummary(summary: string | null): void {
    this._empty.hidden = summary !== null;
    this.plot.setAttribute('aria-label', summary ?? '');
  }

  /** Say whether something is being read. */
  setBusy(busy: boolean): void {
    this._busy.hidden = !busy;
    this._busy.textContent = busy ? this._trans.__('Reading…') : '';
  }

  private readonly _empty = document.createElement('p');
  private readonly _busy = document.createElement('div');
}
