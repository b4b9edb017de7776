import type { AxisRange, IZoom } from './model';

/** What plotly reports of a changed layout: a flat record. */
export type LayoutChange = Readonly<Record<string, unknown>>;

/** What plotly adds to the element it draws in. */
export interface IPlotEvents {
  /** Call back when the user changed the layout, or double-clicked the plot. */
  on(
    event: 'plotly_relayout' | 'plotly_doubleclick',
    callback: (change: LayoutChange | null) => void
  ): void;
}

const AXES = { x: 'xaxis', y: 'yaxis', y2: 'yaxis2' } as const;

/** The visible ranges that a change of the layout sets; null when it sets none. */
export function zoomOf(change: LayoutChange): Partial<IZoom> | null {
  const zoom: { -readonly [key in keyof IZoom]?: AxisRange | null } = {};
  for (const key of ['x', 'y', 'y2'] as const) {
    const axis = AXES[key];
    const range = rangeOf(change, axis);
    if (range) {
      zoom[key] = range;
    } else if (change[`${axis}.autorange`] === true) {
      zoom[key] = null;
    }
  }
  return Object.keys(zoom).length > 0 ? zoom : null;
}

function rangeOf(change: LayoutChange, axis: string): AxisRange | null {
  const whole: unknown = change[`${axis}.range`];
  const pair: readonly unknown[] = Array.isArray(whole)
    ? whole
    : [change[`${axis}.range[0]`], change[`${axis}.range[1]`]];
  const [from, to] = pair;
  return typeof from === 'number' && typeof to === 'number' && from !== to
    ? [Math.min(from, to), Math.max(from, to)]
    : null;
}
