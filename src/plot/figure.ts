import { columnLabel } from '../refs/label';
import type { ISeries, ITrace } from '../refs/types';
import { variableUnit, xTitle } from '../refs/units';
import { escapeLabel } from './escape';
import type { ILayoutOptions, IPlacedTrace, IPlotLayout } from './layout';
import { buildLayout } from './layout';
import type { IPlotTheme } from './theme';
import { traceStyle } from './theme';
import type { IAxisUnits } from './zoom';

/** One variable of a figure, read and named. */
export interface IFigureTrace {
  readonly trace: ITrace;
  readonly label: string;
  /** The places of its lines among the colours. */
  readonly slots: readonly number[];
}

/** How a figure is drawn. */
export interface IFigureOptions extends ILayoutOptions {
  readonly points: boolean;
  readonly lineWidth: number;
}

/** What plotly draws, and the units on its y axes. */
export interface IFigure {
  readonly data: readonly IPlotData[];
  readonly layout: IPlotLayout;
  readonly units: IAxisUnits;
}

/** One line, as plotly takes it. */
export interface IPlotData {
  readonly type: 'scatter';
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly text?: readonly string[];
  /** The exact texts of x, which plotly has no name for. */
  readonly customdata?: readonly string[];
  readonly name: string;
  readonly mode: 'lines' | 'markers';
  readonly connectgaps: false;
  readonly line: {
    readonly color: string;
    readonly dash: string;
    readonly width: number;
  };
  readonly marker: { readonly color: string; readonly size: number };
  readonly opacity: number;
  readonly yaxis: 'y' | 'y2';
  readonly hovertemplate: string;
  readonly hoverinfo?: 'skip';
  readonly showlegend?: false;
}

/** Size of a sample's point, in pixels. */
const POINT_SIZE = 5;

/** d3's format of text: a number as JavaScript writes it, the shortest that reads back the same. */
const EXACT = 'c';

/** What plotly draws: one line a series, and a left and a right axis where two units meet. */
export function buildFigure(
  traces: readonly IFigureTrace[],
  options: IFigureOptions,
  theme: IPlotTheme
): IFigure {
  const placed = traces.map(trace => ({ ...trace, ...placeOf(trace, traces) }));
  const data = placed.flatMap(trace =>
    trace.trace.series.flatMap((series, place) =>
      linesOf(
        trace,
        series,
        trace.slots[place % trace.slots.length],
        options,
        theme
      )
    )
  );
  return {
    data,
    layout: buildLayout(placed, options, theme),
    units: { y: unitsOn('y', placed), y2: unitsOn('y2', placed) }
  };
}

/** The unit of a variable and its axis: the left one has the unit of the first variable. */
function placeOf(
  { trace }: IFigureTrace,
  traces: readonly IFigureTrace[]
): Pick<IPlacedTrace, 'unit' | 'yaxis'> {
  const unit = variableUnit(trace.path, trace.facts);
  const first = traces[0].trace;
  const left = variableUnit(first.path, first.facts);
  const yaxis = unit?.symbol === left?.symbol ? 'y' : 'y2';
  return { unit, yaxis };
}

function unitsOn(
  yaxis: 'y' | 'y2',
  placed: readonly IPlacedTrace[]
): readonly string[] {
  const there = placed.filter(trace => trace.yaxis === yaxis);
  return Array.from(new Set(there.map(({ unit }) => unit?.symbol ?? '')));
}

/** A series as a line, and its points that no line would show. */
function linesOf(
  placed: IFigureTrace & IPlacedTrace,
  series: ISeries,
  slot: number,
  options: IFigureOptions,
  theme: IPlotTheme
): IPlotData[] {
  const { x, y } = series;
  const style = traceStyle(slot, theme.light);
  const name = escapeLabel(columnLabel(placed.label, series.column));
  const line: IPlotData = {
    type: 'scatter',
    x,
    y,
    ...(series.exact ? { text: series.exact } : {}),
    ...(series.exactX ? { customdata: series.exactX } : {}),
    name,
    mode: options.points ? 'markers' : 'lines',
    connectgaps: false,
    line: { color: style.color, dash: style.dash, width: options.lineWidth },
    marker: { color: style.color, size: POINT_SIZE },
    opacity: 1,
    yaxis: placed.yaxis,
    hovertemplate: hoverText(name, placed, series, options)
  };
  const lone = options.points ? [] : lonePoints(y);
  if (lone.length === 0) {
    return [line];
  }
  const points: IPlotData = {
    ...line,
    x: Float64Array.from(lone, index => x[index]),
    y: Float64Array.from(lone, index => y[index]),
    mode: 'markers',
    // The line has the read-out and the entry in the legend of these points too.
    hoverinfo: 'skip',
    showlegend: false
  };
  return [line, points];
}

function hoverText(
  name: string,
  { trace, unit }: IPlacedTrace,
  series: ISeries,
  { texts }: IFigureOptions
): string {
  const x = xTitle(trace, texts);
  const at = series.exactX ? '%{customdata}' : `%{x:${EXACT}}`;
  const value = series.exact ? '%{text}' : `%{y:${EXACT}}`;
  const xUnit = x.unit ? ` ${escapeLabel(x.unit.symbol)}` : '';
  const yUnit = unit ? ` ${escapeLabel(unit.symbol)}` : '';
  return `${name}<br>${escapeLabel(x.name)} = ${at}${xUnit}<br>${value}${yUnit}<extra></extra>`;
}

/** The points that stand alone between gaps, where a line would not show them. */
function lonePoints(y: Float64Array): number[] {
  const lone: number[] = [];
  for (let i = 0; i < y.length; i++) {
    if (
      !Number.isNaN(y[i]) &&
      (i === 0 || Number.isNaN(y[i - 1])) &&
      (i === y.length - 1 || Number.isNaN(y[i + 1]))
    ) {
      lone.push(i);
    }
  }
  return lone;
}
