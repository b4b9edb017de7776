import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { NodePath } from '../refs/layout';
import { ChosenTraces } from './chosen';
import type { IFigureEntry } from './entries';
import { FigureEntries } from './entries';
import type { IRun, TraceKey } from './runs';

/** How a figure looks when it is made. */
export interface IFigureDefaults {
  /** Whether the legend is shown. */
  readonly legend: boolean;
  /** Whether samples are drawn as points in place of lines. */
  readonly points: boolean;
  /** Width of a line, in pixels. */
  readonly lineWidth: number;
  /** At most this many points are drawn of one trace. */
  readonly maxPoints: number;
  /** At most this many variables are drawn, each counted once a file. */
  readonly maxTraces: number;
}

/** A visible range of an axis, in the axis' own numbers. */
export type AxisRange = readonly [number, number];

/** The visible ranges that the user chose; null where the whole is shown. */
export interface IZoom {
  readonly x: AxisRange | null;
  readonly y: AxisRange | null;
  readonly y2: AxisRange | null;
}

const WHOLE: IZoom = { x: null, y: null, y2: null };

/** The state of one figure: which variables it draws, and how. */
export class FigureModel {
  /** Make an empty figure with a number. */
  constructor(options: IFigureDefaults & { readonly id: number }) {
    this.id = options.id;
    this._defaults = options;
    this._legend = options.legend;
    this._points = options.points;
  }

  /** The figure's number, from 1. */
  readonly id: number;

  /** Emitted after any change. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The variables chosen for the figure, in the order chosen. */
  get paths(): readonly NodePath[] {
    return this._chosen.paths;
  }

  /** The files that each variable is drawn of, the opened one first. */
  get runs(): readonly IRun[] {
    return this._chosen.runs;
  }

  /** The traces that are drawn, variable by variable: the first of the chosen ones, `maxTraces` at most and one fewer for each taken out. */
  get entries(): readonly IFigureEntry[] {
    return this._entries.all;
  }

  /** How many traces are chosen, drawn or not. */
  get chosen(): number {
    return this._chosen.count;
  }

  /** Whether a trace was taken out while its variable stayed. */
  isRemoved(key: TraceKey): boolean {
    return this._chosen.isRemoved(key);
  }

  /** Whether the legend is shown. */
  get legend(): boolean {
    return this._legend;
  }

  /** Whether samples are drawn as points. */
  get points(): boolean {
    return this._points;
  }

  /** Width of a line, in pixels. */
  get lineWidth(): number {
    return this._defaults.lineWidth;
  }

  /** At most this many points are drawn of one trace. */
  get maxPoints(): number {
    return this._defaults.maxPoints;
  }

  /** At most this many traces are drawn. */
  get maxTraces(): number {
    return this._defaults.maxTraces;
  }

  /** The x that the user chose; null for each group's own. */
  get x(): NodePath | 'index' | null {
    return this._x;
  }

  /** The visible ranges. */
  get zoom(): IZoom {
    return this._zoom;
  }

  /** How many variables were chosen in the page before, and could not be kept. */
  get leftOut(): number {
    return this._leftOut;
  }

  /** Tell of variables that could not be kept, until others are chosen. */
  setLeftOut(count: number): void {
    this._leftOut = count;
    this._changed.emit();
  }

  /** Draw these variables; those that were drawn keep their colour and visibility. */
  setPaths(paths: readonly NodePath[]): void {
    const { paths: before } = this;
    if (this._chosen.setPaths(paths)) {
      this._leftOut = 0;
      this._room = isOneFewer(this.paths, before)
        ? this._staying(new Set(this.paths))
        : Infinity;
      this._redraw();
    }
  }

  /** Draw each variable of these files, the opened one first. */
  setRuns(runs: readonly IRun[]): void {
    if (this._chosen.setRuns(runs)) {
      this._room = Infinity;
      this._redraw();
    }
  }

  /** Hide a trace that is shown, or show one that is hidden. */
  toggleVisible(key: TraceKey): void {
    this._entries.toggle(key);
    this._changed.emit();
  }

  /** Have a place among the colours for each of this many lines of a trace. */
  setLines(key: TraceKey, lines: number): void {
    if (this._entries.setLines(key, lines)) {
      this._changed.emit();
    }
  }

  /** Give traces these places among the colours, each for its first line. */
  setSlots(slots: ReadonlyMap<TraceKey, number>): void {
    this._entries.setSlots(slots);
    this._changed.emit();
  }

  /** Take a trace out of the figure, and its variable with the last of its traces. */
  remove(key: TraceKey): void {
    this._room = this.entries.filter(entry => entry.key !== key).length;
    this._chosen.remove(key);
    this._redraw();
  }

  /** Take everything out of the figure. */
  clear(): void {
    this._x = null;
    this.setPaths([]);
  }

  /** Show or hide the legend. */
  setLegend(legend: boolean): void {
    if (legend !== this._legend) {
      this._legend = legend;
      this._changed.emit();
    }
  }

  /** Draw points, or lines. */
  setPoints(points: boolean): void {
    if (points !== this._points) {
      this._points = points;
      this._changed.emit();
    }
  }

  /** Draw against this dataset or against the sample index; null for each group's own x. */
  setX(x: NodePath | 'index' | null): void {
    if (x !== this._x) {
      this._x = x;
      this._zoom = WHOLE;
      this._changed.emit();
    }
  }

  /** Change some of the visible ranges. */
  setZoom(zoom: Partial<IZoom>): void {
    this._zoom = { ...this._zoom, ...zoom };
    this._changed.emit();
  }

  /** Show the whole range. */
  resetZoom(): void {
    this.setZoom(WHOLE);
  }

  /** Take new defaults; what the user switched in this figure changes only if its default did. */
  applyOptions(options: IFigureDefaults): void {
    const before = this._defaults;
    this._defaults = options;
    if (options.legend !== before.legend) {
      this._legend = options.legend;
    }
    if (options.points !== before.points) {
      this._points = options.points;
    }
    if (options.maxTraces !== before.maxTraces) {
      this._room = Infinity;
    }
    this._rebuild();
    this._changed.emit();
  }

  /** How many of the traces that are drawn are of some variables. */
  private _staying(paths: ReadonlySet<NodePath>): number {
    return this.entries.filter(({ path }) => paths.has(path)).length;
  }

  private _redraw(): void {
    this._rebuild();
    if (this.paths.length === 0) {
      this._zoom = WHOLE;
    }
    this._changed.emit();
  }

  private _rebuild(): void {
    const most = Math.min(this._defaults.maxTraces, this._room);
    this._entries.draw(this._chosen.first(most));
  }

  private _defaults: IFigureDefaults;
  private _chosen = new ChosenTraces();
  private readonly _entries = new FigureEntries();
  /** At most this many are drawn after some were taken out: nobody waits for those beyond the limit. */
  private _room = Infinity;
  private _legend: boolean;
  private _points: boolean;
  private _x: NodePath | 'index' | null = null;
  private _zoom: IZoom = WHOLE;
  private _leftOut = 0;
  private _changed = new Signal<this, void>(this);
}

/** Whether some paths are others without one of them. */
function isOneFewer(
  paths: readonly NodePath[],
  before: readonly NodePath[]
): boolean {
  const known = new Set(before);
  return (
    paths.length === before.length - 1 && paths.every(path => known.has(path))
  );
}
