import { nodeName, refNames } from '../refs/layout';
import type { ITrace } from '../refs/types';
import type { ITexts, IUnit } from '../refs/units';
import { unitText, xTitle } from '../refs/units';
import { escapeLabel } from './escape';
import type { AxisRange } from './model';
import type { IPlotTheme } from './theme';

/** A variable, its unit, and the y axis it is drawn on. */
export interface IPlacedTrace {
  readonly trace: ITrace;
  readonly unit: IUnit | null;
  readonly yaxis: 'y' | 'y2';
}

/** What a layout shows beside its traces. */
export interface ILayoutOptions {
  /** The visible range of x; null where there is nothing to show. */
  readonly range: AxisRange | null;
  readonly showLegend: boolean;
  readonly texts: ITexts;
}

/** One axis, as plotly takes it. */
export interface IPlotAxis {
  readonly [key: string]: unknown;
  readonly title: { readonly text: string };
  readonly range?: readonly number[];
}

/** The layout, as plotly takes it. */
export interface IPlotLayout {
  readonly [key: string]: unknown;
  readonly xaxis: IPlotAxis;
  readonly yaxis: IPlotAxis;
  readonly yaxis2?: IPlotAxis;
  readonly margin: IMargin;
  readonly font: {
    readonly family: string;
    readonly size: number;
    readonly color: string;
  };
}

/** Room around the axes, in pixels. */
export interface IMargin {
  readonly l: number;
  readonly r: number;
  readonly t: number;
  readonly b: number;
}

/** At most this many variable names stand on one axis. */
const MAX_AXIS_NAMES = 3;

/** Letters of a name on an axis: more do not fit beside it. */
const MAX_AXIS_NAME = 80;

/** Where plotly's legend stands in a picture that has a right axis. */
const LEGEND_ABOVE = { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom' };

function distinct(texts: readonly string[]): string[] {
  return Array.from(new Set(texts));
}

/** A name of an axis, harmless for plotly; a long one is cut, its unit stays. */
function withUnit(name: string, unit: string): string {
  const shown = escapeLabel(name, MAX_AXIS_NAME);
  return unit === '' ? shown : `${shown} (${escapeLabel(unit)})`;
}

function xAxisTitle(traces: readonly IPlacedTrace[], texts: ITexts): string {
  const named = traces.map(({ trace }) => {
    const { name, unit } = xTitle(trace, texts);
    const isOwn = name === texts.xOf(refNames(trace.path).group);
    return { name, unit: unit ? unitText(unit, texts) : '', isOwn };
  });
  const own = distinct(named.filter(x => x.isOwn).map(({ name }) => name));
  const titles = named.map(({ name, unit, isOwn }) =>
    withUnit(isOwn && own.length > 1 ? texts.xOfGroups : name, unit)
  );
  return distinct(titles).slice(0, MAX_AXIS_NAMES).join(' · ');
}

function yTitle(traces: readonly IPlacedTrace[], texts: ITexts): string {
  const byUnit = new Map<string, string[]>();
  traces.forEach(({ trace, unit }) => {
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
    // Values are numbers: plotly need not find out.
    type: 'linear',
    automargin: true,
    color: theme.text,
    // Whole numbers as far as they are short, no prefixes such as µ beside a unit.
    exponentformat: 'power',
    minexponent: 5,
    separatethousands: true,
    // A label at an axis' end is shown even where it reaches beyond the axis.
    ticklabeloverflow: 'allow',
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

/** Room around the axes, in pixels: what most labels need, since plotly draws twice where they need more. */
function marginOf(hasRight: boolean, fontSize: number): IMargin {
  const side = Math.ceil(5 * fontSize);
  // The right one holds half of the last label of x.
  const r = hasRight ? side : Math.ceil(2.5 * fontSize);
  return { l: side, r, t: 28, b: Math.ceil(4.1 * fontSize) };
}

/** Everything of a plot but its lines. */
export function buildLayout(
  traces: readonly IPlacedTrace[],
  options: ILayoutOptions,
  theme: IPlotTheme
): IPlotLayout {
  const { texts } = options;
  const on = (axis: 'y' | 'y2') => traces.filter(trace => trace.yaxis === axis);
  const x = xAxisTitle(traces, texts);
  const y = yTitle(on('y'), texts);
  const y2 = on('y2').length > 0 ? yTitle(on('y2'), texts) : null;
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
    margin: marginOf(y2 !== null, theme.fontSize),
    modebar: {
      bgcolor: 'transparent',
      color: theme.axis,
      activecolor: theme.text
    },
    paper_bgcolor: theme.background,
    plot_bgcolor: theme.background,
    showlegend: options.showLegend && traces.length > 0
  };
}
