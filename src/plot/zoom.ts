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

/** What the user does in a plot. */
export interface IPlotActions {
  /** Chose other ranges or another tool; null where they stay. */
  changed(zoom: Partial<IZoom> | null, tool: string | null): void;
  doubleClicked(): void;
}

/** Call back for what the user does in an element that plotly drew in. */
export function listenToPlot(
  node: HTMLElement & Partial<IPlotEvents>,
  actions: IPlotActions
): void {
  node.on?.('plotly_relayout', change => {
    if (change) {
      const { dragmode } = change;
      actions.changed(
        zoomOf(change),
        typeof dragmode === 'string' ? dragmode : null
      );
    }
  });
  node.on?.('plotly_doubleclick', () => actions.doubleClicked());
}

/** The units on each y axis. */
export interface IAxisUnits {
  readonly y: readonly string[];
  readonly y2: readonly string[];
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

/** Remembers the units on each y axis, since a zoom of y is made on them. */
export class ZoomedUnits {
  /**
   * The ranges to give up because their axis has none of the units any more
   * that it had before; null when there is none. An axis that nothing is drawn
   * on keeps its units.
   */
  stale(zoom: IZoom, now: IAxisUnits): Partial<IZoom> | null {
    const before = this._units;
    const other = (['y', 'y2'] as const).filter(
      axis =>
        before[axis].length > 0 &&
        now[axis].length > 0 &&
        !now[axis].some(unit => before[axis].includes(unit))
    );
    this._units = {
      y: now.y.length > 0 ? now.y : before.y,
      y2: now.y2.length > 0 ? now.y2 : before.y2
    };
    const stale = other.filter(axis => zoom[axis] !== null);
    return stale.length > 0
      ? Object.fromEntries(stale.map(axis => [axis, null]))
      : null;
  }

  private _units: IAxisUnits = { y: [], y2: [] };
}
