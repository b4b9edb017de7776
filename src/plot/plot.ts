import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import type { ISignal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { failureOf } from '../refs/failure';
import {
  figureContent,
  figureSummary,
  figureTexts,
  legendItems
} from './content';
import { DragWatch } from './drag';
import type { IFigure } from './figure';
import { PlotFrame } from './frame';
import type { ImageFormat } from './image';
import { downloadFigure } from './image';
import { Legend } from './legend';
import type { IPlotly } from './loader';
import { loadPlotly } from './loader';
import type { FigureModel } from './model';
import { plotConfig } from './modebar';
import type { Sentence } from './notes';
import type { RunId, TraceKey } from './runs';
import { Plotter } from './plotter';
import { DrawSchedule } from './schedule';
import { ShownNotes } from './shownnotes';
import { PAPER_THEME, readTheme } from './theme';
import type { ITraceSource } from './traces';
import { FigureTraces } from './traces';
import { ZoomedUnits } from './zoom';

/** What a figure's widget is made with. */
export interface IPlotViewOptions {
  readonly model: FigureModel;
  readonly source: ITraceSource;
  readonly trans: TranslationBundle;
  /** The sentence that says what a failure is. */
  readonly sentence: Sentence;
  /** Emitted when the theme changed. */
  readonly themeChanged?: ISignal<unknown, unknown>;
  /** Whether it stands in a page that scrolls: the wheel is the page's, and so is the time of a frame. */
  readonly inPage: boolean;
  /** How plotly is loaded; another way is for tests. */
  readonly load?: () => Promise<IPlotly>;
}

/** Milliseconds in which the samples of a new zoom mostly come; what plotly drew of it is shown meanwhile. */
const AFTER_ZOOM = 150;

/** The narrowest figure that has its legend at the side, in pixels. */
const SIDE_LEGEND_WIDTH = 480;

/** One figure: its notes, its plot and its legend. */
export class PlotView extends Widget {
  /** Show a figure; plotly is loaded when something is to be drawn. */
  constructor(private readonly _options: IPlotViewOptions) {
    super();
    this.addClass('jp-NeuronvisioFigure');
    const { model, source, trans, sentence, themeChanged } = _options;
    this.model = model;
    const soon = () => this._schedule.soon();
    this._legend = new Legend(trans);
    this._legend.toggled.connect((_, key) => model.toggleVisible(key), this);
    this._legend.removed.connect((_, key) => model.remove(key), this);
    this._frame = new PlotFrame(trans);
    this._plotter = this._newPlotter();
    this._traces = new FigureTraces(model, source);
    this._notes = new ShownNotes({
      model,
      stateOf: key => this._traces.state(key),
      sentence,
      trans,
      retry: () => {
        this._traces.retryStopped();
        soon();
      }
    });
    const body = document.createElement('div');
    body.className = 'jp-NeuronvisioFigure-body';
    body.append(this._frame.node, this._legend.node);
    this.node.append(this._notes.node, body);
    this._traces.changed.connect(
      () => this._schedule.came(this._isLoading()),
      this
    );
    this._drag = new DragWatch(this._frame.plot);
    this._drag.ended.connect(soon, this);
    model.changed.connect(soon, this);
    themeChanged?.connect(soon, this);
  }

  /** The figure's state. */
  readonly model: FigureModel;

  /** Show the whole range. */
  resetZoom(): void {
    this.model.resetZoom();
  }

  /** Read and draw everything anew, or what is of one file; what is drawn stays until the answers are there. */
  refresh(run?: RunId): void {
    this._traces.invalidate(run);
    this._schedule.soon();
  }

  /** Save the figure as a picture, with its legend. */
  async downloadImage(format: ImageFormat): Promise<void> {
    const { plotly } = this._plotter;
    if (!plotly) {
      return;
    }
    try {
      await downloadFigure(
        plotly,
        this._content({ forImage: true }),
        format,
        `${this.title.label || 'figure'}`,
        this._frame.size
      );
      this._notes.imageFailure = null;
    } catch (reason) {
      this._notes.imageFailure = failureOf(reason, 'damaged');
    }
    this._schedule.soon();
  }

  /** Dispose of the plot and of what it holds. */
  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._schedule.dispose();
    this._plotter.dispose();
    this._drag.dispose();
    this._traces.dispose();
    this._legend.dispose();
    super.dispose();
  }

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this._schedule.soon();
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this._schedule.soon();
  }

  protected override onResize(msg: Widget.ResizeMessage): void {
    super.onResize(msg);
    this._schedule.soon();
  }

  private _isLoading(): boolean {
    return this.model.entries.some(
      ({ key, visible }) => visible && this._traces.state(key).loading
    );
  }

  private async _draw(): Promise<void> {
    // A drawing would end a drag; its end asks for one.
    if (this.isDisposed || !this.isVisible || this._drag.active) {
      return;
    }
    this._showSurroundings();
    const [width, height] = this._frame.size;
    if (width === 0 || height === 0) {
      return;
    }
    const { devicePixelRatio: pixels } = window;
    const asked = this._traces.update(width * pixels, height * pixels);
    this._schedule.asked(asked);
    this._frame.setBusy(this._isLoading());
    const isZoomed = this._isZoomed;
    this._isZoomed = false;
    // A drawing that began before the zoom would take it back.
    if (isZoomed && asked > 0 && !this._schedule.isRunning) {
      this._schedule.within(AFTER_ZOOM);
      return;
    }
    const drawable = this.model.entries.length > 0;
    if (!drawable && !this._plotter.plotly) {
      return;
    }
    const isDrawn = await this._schedule.run(() => this._react(width, height));
    if (isDrawn && !this.isDisposed) {
      this._showNotes();
    }
  }

  private async _react(width: number, height: number): Promise<void> {
    try {
      await this._drawContent(width, height);
      this._notes.plotterFailure = null;
    } catch (reason) {
      this._notes.plotterFailure = failureOf(reason, 'reader-missing');
    }
  }

  private async _drawContent(width: number, height: number): Promise<void> {
    await this._plotter.load();
    if (this.isDisposed) {
      return;
    }
    const content = this._freshContent();
    const isEmpty = content.data.length === 0;
    this._frame.plot.style.visibility = isEmpty ? 'hidden' : '';
    if (isEmpty && !this._plotter.hasDrawn) {
      // The first drawing takes longest: it is made once there is a line.
      return;
    }
    await this._plotter.draw(content, { width, height });
  }

  private _newPlotter(): Plotter {
    const { load, trans, inPage } = this._options;
    const resetZoom = () => this.resetZoom();
    return new Plotter({
      node: this._frame.plot,
      load: load ?? loadPlotly,
      betweenFrames: inPage,
      config: plotly =>
        plotConfig(plotly, trans, {
          wheelZoom: !inPage,
          resetZoom,
          download: format => void this.downloadImage(format)
        }),
      actions: {
        changed: zoom => {
          if (zoom) {
            this._isZoomed = true;
            this.model.setZoom(zoom);
          }
        },
        doubleClicked: resetZoom
      }
    });
  }

  private _content(options: { forImage?: boolean } = {}): IFigure {
    return figureContent(
      this.model,
      this._traceOf,
      options.forImage ? PAPER_THEME : readTheme(this.node),
      figureTexts(this._options.trans),
      options.forImage ?? false
    );
  }

  /** The content, without a zoom of y that was made on another unit. */
  private _freshContent(): IFigure {
    const content = this._content();
    const stale = this._units.stale(this.model.zoom, content.units);
    if (!stale) {
      return content;
    }
    this.model.setZoom(stale);
    return this._content();
  }

  private _showSurroundings(): void {
    const { entries, legend } = this.model;
    const { light } = readTheme(this.node);
    this._legend.setItems(legendItems(this.model, this._traceOf, light));
    this._legend.setHidden(!legend || entries.length === 0);
    this.toggleClass(
      'jp-mod-narrow',
      this.node.clientWidth < SIDE_LEGEND_WIDTH
    );
    this._frame.setSummary(
      entries.length > 0
        ? figureSummary(this.model, this._traceOf, this._options.trans)
        : null
    );
    this._showNotes();
  }

  private _showNotes(): void {
    if (this._notes.update()) {
      // They take room from the plot.
      this._schedule.soon();
    }
  }

  private readonly _traceOf = (key: TraceKey) => this._traces.state(key).trace;
  private _traces: FigureTraces;
  private _drag: DragWatch;
  private _frame: PlotFrame;
  private _plotter: Plotter;
  private _legend: Legend;
  private _notes: ShownNotes;
  /** Whether plotly shows a new zoom already. */
  private _isZoomed = false;
  private _units = new ZoomedUnits();
  private readonly _schedule = new DrawSchedule(() => void this._draw());
}
