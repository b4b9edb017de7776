import type { IDisposable } from '@lumino/disposable';
import type { IFigure } from './figure';
import { joinLines } from './joined';
import type { IPlotAxis, IPlotLayout } from './layout';
import type { IPlotConfig, IPlotly } from './loader';
import { noteDrawing } from './rehearsal';
import { labelsFit } from './ticks';
import { nextTurn } from './turn';
import type { IPlotActions } from './zoom';
import { listenToPlot } from './zoom';

/** So many lines are drawn quickly enough to be in time for the present frame. */
const FEW = 8;

/** What plotly draws with, and in. */
export interface IPlotterOptions {
  /** The element to draw in. */
  readonly node: HTMLElement;
  readonly load: () => Promise<IPlotly>;
  /** Whether it draws apart from the frame that asked for it, be it ever so little. */
  readonly betweenFrames: boolean;
  readonly config: (plotly: IPlotly) => IPlotConfig;
  readonly actions: IPlotActions;
}

/** Draws figures in one element by plotly, which is loaded for the first of them. */
export class Plotter implements IDisposable {
  /** Draw in an element; nothing is loaded yet. */
  constructor(private readonly _options: IPlotterOptions) {}

  /** Plotly, once it is loaded. */
  get plotly(): IPlotly | null {
    return this._plotly;
  }

  /** Whether anything was drawn. */
  get hasDrawn(): boolean {
    return this._isListening;
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Free what plotly holds of the element. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._plotly?.purge(this._options.node);
  }

  /** Load plotly; without it nothing can be drawn. */
  async load(): Promise<void> {
    if (this._plotly) {
      return;
    }
    const plotly = await this._options.load();
    if (!this._isDisposed) {
      this._plotly = plotly;
      // The same at each drawing: at other functions plotly begins anew, and draws twice.
      this._config = this._options.config(plotly);
    }
  }

  /** Draw in place of what is there, with the tool that the user chose. */
  async draw(
    { data, layout }: Pick<IFigure, 'data' | 'layout'>,
    size: { readonly width: number; readonly height: number }
  ): Promise<void> {
    if (!this._plotly || !this._config || this._isDisposed) {
      return;
    }
    const { node, betweenFrames } = this._options;
    if (betweenFrames || data.length > FEW) {
      // Drawing takes long enough without the frame that asked for it.
      await nextTurn();
      if (this._isDisposed) {
        return;
      }
    }
    noteDrawing(data.length);
    const all = {
      ...layout,
      xaxis: quickAxis(layout, size.width),
      ...size,
      autosize: false,
      dragmode: this._tool
    };
    await this._plotly.react(node, joinLines(data), all, this._config);
    if (!this._isListening && !this._isDisposed) {
      this._isListening = true;
      this._listen();
    }
  }

  private _listen(): void {
    const { node, actions } = this._options;
    listenToPlot(node, {
      changed: (zoom, tool) => {
        if (!this._isDisposed) {
          this._tool = tool ?? this._tool;
          actions.changed(zoom, tool);
        }
      },
      doubleClicked: () => {
        if (!this._isDisposed) {
          actions.doubleClicked();
        }
      }
    });
  }

  private _plotly: IPlotly | null = null;
  private _config: IPlotConfig | null = null;
  private _tool = 'zoom';
  private _isListening = false;
  private _isDisposed = false;
}

/** The x axis, which lies flat where its labels fit. */
function quickAxis(
  { xaxis, margin, font }: IPlotLayout,
  width: number
): IPlotAxis {
  const length = width - margin.l - margin.r;
  return labelsFit(
    xaxis.range ?? [],
    { width: length, margin: margin.r },
    font.size
  )
    ? { ...xaxis, tickangle: 0, automargin: false }
    : xaxis;
}
