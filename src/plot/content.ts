import type { TranslationBundle } from '@jupyterlab/translation';
import { traceLabels } from '../refs/label';
import type { NodePath } from '../refs/layout';
import type { ITrace } from '../refs/types';
import type { ITexts } from '../refs/units';
import type { IFigureTrace, IPlotAxis, IPlotData, IPlotLayout } from './figure';
import { buildFigure } from './figure';
import type { AxisRange, FigureModel } from './model';
import { joinRanges, valueRange } from './range';
import type { IPlotTheme } from './theme';

/** What plotly draws. */
export interface IFigureContent {
  readonly data: readonly IPlotData[];
  readonly layout: IPlotLayout;
}

/** The words on the axes, in the user's language. */
export function figureTexts(trans: TranslationBundle): ITexts {
  return {
    sampleIndex: trans.__('sample index'),
    xOf: group => trans.__('x of %1', group),
    assumed: trans.__('assumed')
  };
}

/**
 * What a figure shows now: its visible traces that were read, the visible
 * range of x, and y ranges that hold what is in it unless the user chose others.
 */
export function figureContent(
  model: FigureModel,
  traceOf: (path: NodePath) => ITrace | null,
  theme: IPlotTheme,
  texts: ITexts,
  showLegend: boolean
): IFigureContent {
  const labels = traceLabels(model.entries.map(entry => entry.path));
  const traces: IFigureTrace[] = [];
  model.entries.forEach((entry, index) => {
    const trace = traceOf(entry.path);
    if (trace && entry.visible) {
      traces.push({ trace, label: labels[index], slot: entry.slot });
    }
  });
  const range =
    model.zoom.x ?? joinRanges(traces.map(({ trace }) => trace.extent));
  const { data, layout } = buildFigure(
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
    layout: {
      ...layout,
      yaxis: ranged(layout.yaxis, left),
      ...(layout.yaxis2 ? { yaxis2: ranged(layout.yaxis2, right) } : {})
    }
  };
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
