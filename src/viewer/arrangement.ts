import type { DockLayout, Widget } from '@lumino/widgets';
import { figureId } from '../plot/kept';
import { CheckError, count, field, few, number, object } from '../refs/checks';

/** How figures lie: as tabs in one place, or such places beside or above each other. */
export type Arrangement = ITabs | ISplit;

/** Figures behind each other. */
export interface ITabs {
  readonly kind: 'tabs';
  readonly figures: readonly number[];
  /** The place of the one in front. */
  readonly front: number;
}

/** Places beside or above each other. */
export interface ISplit {
  readonly kind: 'split';
  readonly orientation: 'horizontal' | 'vertical';
  readonly areas: readonly Arrangement[];
  readonly sizes: readonly number[];
}

/** At most so many places within places are read. */
const MAX_DEPTH = 20;

/** At most so many places, or figures in one, are read. */
const MAX_PARTS = 50;

/** How the widgets of a dock lie, by the numbers of their figures. */
export function arrangementOf(
  area: DockLayout.AreaConfig | null,
  idOf: (widget: Widget) => number | null
): Arrangement | null {
  if (area === null) {
    return null;
  }
  if (area.type === 'tab-area') {
    return {
      kind: 'tabs',
      figures: area.widgets.map(idOf).filter(id => id !== null),
      front: Math.max(0, area.currentIndex)
    };
  }
  return {
    kind: 'split',
    orientation: area.orientation,
    areas: area.children
      .map(child => arrangementOf(child, idOf))
      .filter(child => child !== null),
    sizes: area.sizes
  };
}

/** The same for the dock. */
export function areaOf(
  arrangement: Arrangement,
  widgetOf: (id: number) => Widget | null
): DockLayout.AreaConfig {
  return arrangement.kind === 'tabs'
    ? {
        type: 'tab-area',
        widgets: arrangement.figures
          .map(widgetOf)
          .filter(widget => widget !== null),
        currentIndex: arrangement.front
      }
    : {
        type: 'split-area',
        orientation: arrangement.orientation,
        children: arrangement.areas.map(area => areaOf(area, widgetOf)),
        sizes: [...arrangement.sizes]
      };
}

/** The numbers of the figures that lie so. */
export function figuresIn(arrangement: Arrangement): number[] {
  return arrangement.kind === 'tabs'
    ? [...arrangement.figures]
    : arrangement.areas.flatMap(figuresIn);
}

/** An arrangement, of data that may be anything. */
export function readArrangement(
  value: unknown,
  at: string,
  depth = 0
): Arrangement {
  const fields = object(value, at);
  if (depth > MAX_DEPTH) {
    throw new CheckError(`${at} is too deep`);
  }
  if (fields.kind === 'tabs') {
    return {
      kind: 'tabs',
      figures: field(fields, at, 'figures', few(figureId, MAX_PARTS)),
      front: field(fields, at, 'front', count)
    };
  }
  const { kind, orientation } = fields;
  if (
    kind !== 'split' ||
    (orientation !== 'horizontal' && orientation !== 'vertical')
  ) {
    throw new CheckError(`${at} is no arrangement`);
  }
  const area = (child: unknown, place: string) =>
    readArrangement(child, place, depth + 1);
  return {
    kind,
    orientation,
    areas: field(fields, at, 'areas', few(area, MAX_PARTS)),
    sizes: field(fields, at, 'sizes', few(size, MAX_PARTS))
  };
}

function size(value: unknown, at: string): number {
  const found = number(value, at);
  if (found < 0) {
    throw new CheckError(`${at} is less than nothing`);
  }
  return found;
}
