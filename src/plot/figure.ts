import { columnLabel } from '../refs/label';
import { nodeName } from '../refs/layout';
import type { ISeries, ITrace } from '../refs/types';
import type { ITexts, IUnit } from '../refs/units';
import { unitText, variableUnit, xTitle } from '../refs/units';
import type { AxisRange } from './model';
import type { IPlotTheme } from './theme';
import { lineSlots, traceStyle } from './theme';

/** One variable of a figure, read and named. */
export interface IFigureTrace {
  readonly trace: ITrace;
  readonly label: string;
  readonly slot: number;
}

/** How a figure is drawn. */
export interface IFigureOptions {
  readonly points: boolean;
  readonly lineWidth: number;
  /** The visible range of x; null where there is nothing to show. */
  readonly range: AxisRange | null;
  readonly showLegend: boolean;
  readonly texts: ITexts;
}

/** One line, as plotly takes it. */
export interface IPlotData {
  readonly type: 'scatter';
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly text?: readonly string[];
  readonly name: string;
  readonly mode: 'lines' | 'markers' | 'lines+markers';
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
}

/** One axis, as plotly takes it. */
export interface IPlotAxis {
  readonly [key: string]: unknown;
  readonly title: { readonly text: string };
}

/** The layout, as plotly takes it. */
export interface IPlotLayout {
  readonly [key: string]: unknown;
  readonly xaxis: IPlotAxis;
  readonly yaxis: IPlotAxis;
  readonly yaxis2?: IPlotAxis;
}

/** Longer names are cut on the plot; the tree has them whole. */
const MAX_LABEL = 200;

/** At most this many variable names stand on one axis. */
const MAX_AXIS_NAMES = 3;

/** Where plotly's legend stands in a picture that has a right axis. */
const LEGEND_ABOVE = { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom' };

/** Size of a sample's point, in pixels. */
const POINT_SIZE = 5;

/** d3's format of text: a number as JavaScript writes it, the shortest that reads back the same. */
const EXACT = 'c';

/**
 * Text of a file, made harmless for plotly, which takes `<b>`, `<a>` and
 * `%{…}` in labels for markup.
 */
export function escapeLabel(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  // A character of two code units is kept whole or left out.
  const cut =
    flat.length > MAX_LABEL
      ? `${flat.slice(0, MAX_LABEL - 1).replace(/[\ud800-\udbff]$/, '')}…`
      : flat;
  return cut
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/%\{/g, '%\u200b{')
    .replace(/\$/g, '$\u200b');
}

/** What plotly draws: one line a series, and a left and a right axis where two units meet. */
export function buildFigure(
  traces: readonly IFigureTrace[],
  options: IFigureOptions,
  theme: IPlotTheme
): { data: IPlotData[]; layout: IPlotLayout } {
  const units = traces.map(({ trace }) =>
    variableUnit(trace.path, trace.facts)
  );
  const left = units[0]?.symbol ?? '';
  const sides = units.map(unit => ((unit?.symbol ?? '') === left ? 'y' : 'y2'));
  const slots = lineSlots(
    traces.map(({ slot, trace }) => ({ slot, lines: trace.series.length }))
  );
  const data = traces.flatMap((trace, index) =>
    trace.trace.series.map((series, place) =>
      line(
        { ...trace, slot: slots[index][place] },
        series,
        units[index],
        sides[index],
        options,
        theme
      )
    )
  );
  const axisTitle = (side: 'y' | 'y2') =>
    yTitle(
      traces.filter((_, index) => sides[index] === side),
      units.filter((_, index) => sides[index] === side),
      options.texts
    );
  return {
    data,
    layout: layoutOf(
      data,
      xAxisTitle(traces, options.texts),
      axisTitle('y'),
      sides.includes('y2') ? axisTitle('y2') : null,
      options,
      theme
    )
  };
}

function line(
  { trace, label, slot }: IFigureTrace,
  series: ISeries,
  unit: IUnit | null,
  yaxis: 'y' | 'y2',
  options: IFigureOptions,
  theme: IPlotTheme
): IPlotData {
  const style = traceStyle(slot, theme.light);
  const name = escapeLabel(columnLabel(label, series.column));
  const value = series.exact ? '%{text}' : `%{y:${EXACT}}`;
  const x = xTitle(trace, options.texts);
  const xUnit = x.unit ? ` ${escapeLabel(x.unit.symbol)}` : '';
  const yUnit = unit ? ` ${escapeLabel(unit.symbol)}` : '';
  return {
    type: 'scatter',
    x: series.x,
    y: series.y,
    ...(series.exact ? { text: series.exact } : {}),
    name,
    mode: options.points
      ? 'markers'
      : hasLonePoint(series.y)
        ? 'lines+markers'
        : 'lines',
    connectgaps: false,
    line: { color: style.color, dash: style.dash, width: options.lineWidth },
    marker: { color: style.color, size: POINT_SIZE },
    opacity: 1,
    yaxis,
    hovertemplate: `${name}<br>${escapeLabel(x.name)} = %{x:${EXACT}}${xUnit}<br>${value}${yUnit}<extra></extra>`
  };
}

/** Whether a point stands alone between gaps, where a line would not show it. */
function hasLonePoint(y: Float64Array): boolean {
  for (let i = 0; i < y.length; i++) {
    if (
      !Number.isNaN(y[i]) &&
      (i === 0 || Number.isNaN(y[i - 1])) &&
      (i === y.length - 1 || Number.isNaN(y[i + 1]))
    ) {
      return true;
    }
  }
  return false;
}

function distinct(texts: readonly string[]): string[] {
  return Array.from(new Set(texts));
}

/** A name of an axis, harmless for plotly; a long one is cut, its unit stays. */
function withUnit(name: string, unit: string): string {
  const shown = escapeLabel(name);
  return unit === '' ? shown : `${shown} (${escapeLabel(unit)})`;
}

function xAxisTitle(traces: readonly IFigureTrace[], texts: ITexts): string {
  const titles = traces.map(({ trace }) => {
    const { name, unit } = xTitle(trace, texts);
    return withUnit(name, unit ? unitText(unit, texts) : '');
  });
  return distinct(titles).slice(0, MAX_AXIS_NAMES).join(' · ');
}

function yTitle(
  traces: readonly IFigureTrace[],
  units: readonly (IUnit | null)[],
  texts: ITexts
): string {
  const byUnit = new Map<string, string[]>();
  traces.forEach(({ trace }, index) => {
    const unit = units[index];
    const key = unit ? unitText(unit, texts) : '';
    byUnit.set(key, [...(byUnit.get(key) ?? []), nodeName(trace.path)]);
  });
  const titles = Array.from(byUnit, ([unit, all]) => {
    const names = distinct(all);
    const shown = names.slice(0, MAX_AXIS_NAMES).join(', ');
    return withUnit(
      names.length > MAX_AXIS_NAMES ? `${shown}, …` : shown,
      unit
    );
  });
  return titles.slice(0, MAX_AXIS_NAMES).join(' · ');
}

function axisStyle(theme: IPlotTheme): object {
  return {
    automargin: true,
    color: theme.text,
    gridcolor: theme.grid,
    linecolor: theme.axis,
    showline: true,
    ticks: 'outside',
    tickcolor: theme.axis,
    zeroline: false
  };
}

function axes(
  x: string,
  y: string,
  y2: string | null,
  range: AxisRange | null,
  theme: IPlotTheme
): Pick<IPlotLayout, 'xaxis' | 'yaxis' | 'yaxis2'> {
  const axis = axisStyle(theme);
  return {
    xaxis: {
      ...axis,
      title: { text: x },
      ...(range ? { range: [...range], autorange: false } : { autorange: true })
    },
    yaxis: { ...axis, title: { text: y } },
    ...(y2 === null
      ? {}
      : {
          yaxis2: {
            ...axis,
            title: { text: y2 },
            overlaying: 'y',
            side: 'right',
            showgrid: false,
            // Round numbers of its own, wherever the left axis has its ticks.
            tickmode: 'auto'
          }
        })
  };
}

function layoutOf(
  data: readonly IPlotData[],
  x: string,
  y: string,
  y2: string | null,
  options: IFigureOptions,
  theme: IPlotTheme
): IPlotLayout {
  return {
    ...axes(x, y, y2, options.range, theme),
    font: {
      family: theme.font,
      size: theme.fontSize,
      color: theme.text
    },
    hoverlabel: {
      bgcolor: theme.background,
      bordercolor: theme.axis,
      font: { color: theme.text },
      align: 'left'
    },
    hovermode: 'closest',
    // Beside the plot it would cover the right axis.
    ...(y2 === null ? {} : { legend: LEGEND_ABOVE }),
    hoverdistance: 30,
    margin: { l: 56, r: y2 === null ? 16 : 56, t: 28, b: 44 },
    modebar: {
      bgcolor: 'transparent',
      color: theme.axis,
      activecolor: theme.text
    },
    paper_bgcolor: theme.background,
    plot_bgcolor: theme.background,
    showlegend: options.showLegend && data.length > 0
  };
}
