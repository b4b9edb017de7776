import type { TranslationBundle } from '@jupyterlab/translation';
import { columnMark } from '../refs/label';
import type { ITrace } from '../refs/types';
import type { ITexts } from '../refs/units';
import type { IFigure, IFigureTrace, IPlotData } from './figure';
import { buildFigure } from './figure';
import type { IPlotAxis } from './layout';
import type { ILegendItem } from './legend';
import type { AxisRange, FigureModel } from './model';
import { traceNames } from './names';
import { joinRanges, valueRange } from './range';
import type { TraceKey } from './runs';
import type { IPlotTheme } from './theme';
import { traceStyle } from './theme';

/** At most this many names are told to screen readers. */
const MAX_NAMES = 5;

/** Digits of the ends of x that are told to screen readers. */
const RANGE_DIGITS = 4;

/** What is read of a trace; null where nothing is, or not yet. */
export type TraceOf = (key: TraceKey) => ITrace | null;

/** The words on the axes, in the user's language. */
export function figureTexts(trans: TranslationBundle): ITexts {
  return {
    sampleIndex: trans.__('sample index'),
    xOf: group => trans.__('x of %1', group),
    xOfGroups: trans.__('x of each group'),
    assumed: trans.__('assumed')
  };
}

/**
 * What a figure shows now: its visible traces that were read, the visible
 * range of x, and y ranges that hold what is in it unless the user chose others.
 */
export function figureContent(
  model: FigureModel,
  traceOf: TraceOf,
  theme: IPlotTheme,
  texts: ITexts,
  showLegend: boolean
): IFigure {
  const names = traceNames(model);
  const traces: IFigureTrace[] = [];
  model.entries.forEach((entry, index) => {
    const trace = traceOf(entry.key);
    if (trace && entry.visible) {
      traces.push({ trace, label: names[index].label, slots: entry.slots });
    }
  });
  const range = xRange(model, traceOf);
  const { data, layout, units } = buildFigure(
    traces,
    {
      points: model.points,
      lineWidth: model.lineWidth,
      range,
      showLegend,
      texts
    },
    theme
  );
  const within = model.zoom.x;
  const left = model.zoom.y ?? rangeOn('y', data, within);
  const right = model.zoom.y2 ?? rangeOn('y2', data, within);
  return {
    data,
    units,
    layout: {
      ...layout,
      yaxis: ranged(layout.yaxis, left),
      ...(layout.yaxis2 ? { yaxis2: ranged(layout.yaxis2, right) } : {})
    }
  };
}

/** What the legend lists: every trace, and the columns of a 2-D variable. */
export function legendItems(
  model: FigureModel,
  traceOf: TraceOf,
  light: boolean
): ILegendItem[] {
  const names = traceNames(model);
  return model.entries.map(({ key, slots, visible }, index) => {
    const styles = slots.map(slot => traceStyle(slot, light));
    const columns = traceOf(key)?.series.flatMap(({ column }, place) =>
      column === null
        ? []
        : [{ label: columnMark(column), style: styles[place % styles.length] }]
    );
    const { label, variable, run } = names[index];
    return {
      key,
      label,
      variable,
      run,
      style: styles[0],
      visible,
      columns: columns ?? []
    };
  });
}

/** A figure in words: its number, what it draws, and from where to where. */
export function figureSummary(
  model: FigureModel,
  traceOf: TraceOf,
  trans: TranslationBundle
): string {
  const shown = traceNames(model)
    .filter((_, index) => model.entries[index].visible)
    .map(({ label }) => label);
  const first = shown.slice(0, MAX_NAMES).join(', ');
  const names =
    shown.length > MAX_NAMES
      ? trans.__('%1 and %2 more', first, shown.length - MAX_NAMES)
      : first;
  const range = xRange(model, traceOf);
  if (!range) {
    return trans.__('Figure %1: %2', model.id, names);
  }
  const [from, to] = range.map(x => Number(x.toPrecision(RANGE_DIGITS)));
  return trans.__('Figure %1: %2; x from %3 to %4', model.id, names, from, to);
}

/** The visible range of x; null when nothing is drawn. */
function xRange(model: FigureModel, traceOf: TraceOf): AxisRange | null {
  const drawn = model.entries.filter(entry => entry.visible);
  return (
    model.zoom.x ??
    joinRanges(drawn.map(entry => traceOf(entry.key)?.extent ?? null))
  );
}

function rangeOn(
  axis: 'y' | 'y2',
  data: readonly IPlotData[],
  within: AxisRange | null
): AxisRange | null {
  return valueRange(
    data.filter(line => line.yaxis === axis),
    within
  );
}

function ranged(axis: IPlotAxis, range: AxisRange | null): IPlotAxis {
  return range ? { ...axis, range: [...range], autorange: false } : axis;
}
