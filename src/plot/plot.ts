import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import type { ISignal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import type { IFailure } from '../refs/failure';
import { failureOf } from '../refs/failure';
import { traceLabels } from '../refs/label';
import type { IFigureContent } from './content';
import { figureContent, figureTexts } from './content';
import type { ImageFormat } from './image';
import { downloadFigure } from './image';
import { Legend } from './legend';
import type { IPlotly } from './loader';
import { loadPlotly } from './loader';
import type { FigureModel } from './model';
import { plotConfig } from './modebar';
import type { INote } from './notes';
import { failureNote, limitNote, traceNotes } from './notes';
import { NotesStrip } from './strip';
import { PAPER_THEME, readTheme, traceStyle } from './theme';
import type { ITraceSource } from './traces';
import { FigureTraces } from './traces';
import type { IPlotEvents } from './zoom';
import { zoomOf } from './zoom';

/** What a figure's widget is made with. */
export interface IPlotViewOptions {
  readonly model: FigureModel;
  readonly source: ITraceSource;
  readonly trans: TranslationBundle;
  /** The sentence that says what a failure is. */
  readonly sentence: (failure: IFailure) => string;
  /** Emitted when the theme changed. */
  readonly themeChanged?: ISignal<unknown, unknown>;
  /** How plotly is loaded; another way is for tests. */
  readonly load?: () => Promise<IPlotly>;
}

/** The narrowest figure that has its legend at the side, in pixels. */
const SIDE_LEGEND_WIDTH = 480;

/** One figure: its notes, its plot and its legend. */
export class PlotView extends Widget {
  /** Show a figure; plotly is loaded when something is to be drawn. */
  constructor(private readonly _options: IPlotViewOptions) {
    super();
    this.addClass('jp-NeuronvisioFigure');
    const { model, source, trans, themeChanged } = _options;
    this.model = model;
    this._legend = new Legend(trans);
    this._legend.toggled.connect((_, path) => model.toggleVisible(path), this);
    this._legend.removed.connect((_, path) => model.remove(path), this);
    this._plot.className = 'jp-NeuronvisioFigure-plot';
    this._plot.setAttribute('role', 'img');
    this._frame.className = 'jp-NeuronvisioFigure-frame';
    this._empty.className = 'jp-NeuronvisioFigure-empty';
    this._empty.textContent = trans.__(
      'Select a variable in the tree to draw it here. Ctrl-click adds another.'
    );
    this._busy.className = 'jp-NeuronvisioFigure-busy';
    this._busy.setAttribute('role', 'status');
    this._frame.append(this._plot, this._empty, this._busy);
    const body = document.createElement('div');
    body.className = 'jp-NeuronvisioFigure-body';
    body.append(this._frame, this._legend.node);
    this.node.append(this._notes.node, body);
    this._traces = new FigureTraces(model, source);
    this._traces.changed.connect(this._schedule, this);
    model.changed.connect(this._schedule, this);
    themeChanged?.connect(this._schedule, this);
  }

  /** The figure's state. */
  readonly model: FigureModel;

  /** Show the whole range. */
  resetZoom(): void {
    this.model.resetZoom();
  }

  /** Read and draw everything anew; what is drawn stays until the answers are there. */
  refresh(): void {
    this._traces.invalidate();
    this._schedule();
  }

  /** Save the figure as a picture, with its legend. */
  async downloadImage(format: ImageFormat): Promise<void> {
    if (!this._plotly) {
      return;
    }
    try {
      await downloadFigure(
        this._plotly,
        this._content({ forImage: true }),
        format,
        `${this.title.label || 'figure'}`,
        [this._frame.clientWidth, this._frame.clientHeight]
      );
      this._imageNote = null;
    } catch (reason) {
      this._imageNote = {
        text: this._options.trans.__(
          'The picture could not be made. Try the other format.'
        ),
        technical: failureOf(reason, 'damaged').technical
      };
    }
    this._schedule();
  }

  /** Dispose of the plot and of what it holds. */
  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    cancelAnimationFrame(this._frameId);
    this._plotly?.purge(this._plot);
    this._traces.dispose();
    this._legend.dispose();
    super.dispose();
  }

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this._schedule();
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this._schedule();
  }

  protected override onResize(msg: Widget.ResizeMessage): void {
    super.onResize(msg);
    this._schedule();
  }

  /** Draw once, in the next frame, however many changes there were. */
  private _schedule(): void {
    if (this._frameId === 0 && !this.isDisposed) {
      this._frameId = requestAnimationFrame(() => {
        this._frameId = 0;
        void this._draw();
      });
    }
  }

  private async _draw(): Promise<void> {
    if (this.isDisposed || !this.isVisible) {
      return;
    }
    this._showSurroundings();
    const width = this._frame.clientWidth;
    const height = this._frame.clientHeight;
    if (width === 0 || height === 0) {
      return;
    }
    this._traces.update(width * window.devicePixelRatio);
    this._showBusy();
    const drawable = this.model.entries.length > 0;
    if (!drawable && !this._plotly) {
      return;
    }
    if (this._drawing) {
      this._again = true;
      return;
    }
    this._drawing = true;
    try {
      await this._react(width, height);
      this._loadFailure = null;
    } catch (reason) {
      this._loadFailure = failureOf(reason, 'reader-missing');
    }
    this._drawing = false;
    if (this.isDisposed) {
      return;
    }
    this._showNotes();
    if (this._again) {
      this._again = false;
      this._schedule();
    }
  }

  private async _react(width: number, height: number): Promise<void> {
    if (!this._plotly) {
      const plotly = await (this._options.load ?? loadPlotly)();
      if (this.isDisposed) {
        return;
      }
      this._plotly = plotly;
    }
    const { data, layout } = this._content();
    this._plot.style.visibility = data.length > 0 ? '' : 'hidden';
    const first = !this._listening;
    await this._plotly.react(
      this._plot,
      data,
      { ...layout, width, height, autosize: false, dragmode: this._dragmode },
      plotConfig(this._plotly, this._options.trans, {
        resetZoom: () => this.resetZoom(),
        download: format => void this.downloadImage(format)
      })
    );
    if (first && !this.isDisposed) {
      this._listening = true;
      this._listen();
    }
  }

  private _listen(): void {
    // Plotly gives the element these methods when it first draws in it.
    const plot: HTMLElement & Partial<IPlotEvents> = this._plot;
    plot.on?.('plotly_relayout', change => {
      if (this.isDisposed || !change) {
        return;
      }
      if (typeof change.dragmode === 'string') {
        this._dragmode = change.dragmode;
      }
      const zoom = zoomOf(change);
      if (zoom) {
        this.model.setZoom(zoom);
      }
    });
    plot.on?.('plotly_doubleclick', () => this.resetZoom());
  }

  private _content(options: { forImage?: boolean } = {}): IFigureContent {
    return figureContent(
      this.model,
      path => this._traces.state(path).trace,
      options.forImage ? PAPER_THEME : readTheme(this.node),
      figureTexts(this._options.trans),
      options.forImage ?? false
    );
  }

  private _showSurroundings(): void {
    const { entries, legend, id } = this.model;
    const { light } = readTheme(this.node);
    const labels = traceLabels(entries.map(entry => entry.path));
    this._legend.setItems(
      entries.map((entry, index) => ({
        path: entry.path,
        label: labels[index],
        style: traceStyle(entry.slot, light),
        visible: entry.visible
      }))
    );
    this._legend.setHidden(!legend || entries.length === 0);
    this.toggleClass(
      'jp-mod-narrow',
      this.node.clientWidth < SIDE_LEGEND_WIDTH
    );
    this._empty.hidden = entries.length > 0;
    this._plot.setAttribute(
      'aria-label',
      this._options.trans.__('Figure %1: %2', id, labels.join(', '))
    );
    this._showNotes();
  }

  private _showBusy(): void {
    const busy = this.model.entries.some(
      entry => entry.visible && this._traces.state(entry.path).loading
    );
    this._busy.hidden = !busy;
    this._busy.textContent = busy ? this._options.trans.__('Reading…') : '';
  }

  private _showNotes(): void {
    const { trans, sentence } = this._options;
    const { entries, paths } = this.model;
    const labels = traceLabels(entries.map(entry => entry.path));
    const notes: (INote | null)[] = [
      limitNote(entries.length, paths.length, trans),
      this._imageNote
    ];
    if (this._loadFailure) {
      notes.push({
        text: trans.__(
          'The plotting library could not be loaded. Reload the page; if that does not help, reinstall jupyterlab-neuronvisio.'
        ),
        technical: this._loadFailure.technical
      });
    }
    entries.forEach((entry, index) => {
      const { trace, failure } = this._traces.state(entry.path);
      if (failure) {
        const said = sentence(failure);
        notes.push(failureNote(failure, labels[index], said, trans));
      } else if (trace) {
        notes.push(...traceNotes(trace, labels[index], trans));
      }
    });
    const shown = notes.filter((note): note is INote => note !== null);
    if (this._notes.setNotes(shown, trans)) {
      this._schedule();
    }
  }

  private _traces: FigureTraces;
  private _legend: Legend;
  private _notes = new NotesStrip();
  private _frame = document.createElement('div');
  private _plot = document.createElement('div');
  private _empty = document.createElement('p');
  private _busy = document.createElement('div');
  private _plotly: IPlotly | null = null;
  private _loadFailure: IFailure | null = null;
  private _imageNote: INote | null = null;
  private _dragmode = 'zoom';
  private _listening = false;
  private _drawing = false;
  private _again = false;
  private _frameId = 0;
}
