import type { NodePath } from '../refs/layout';
import type { Fields } from '../refs/checks';
import {
  CheckError,
  count,
  field,
  flag,
  few,
  name,
  object,
  orNull,
  range
} from '../refs/checks';
import type { FigureModel, IZoom } from './model';
import type { RunId, TraceKey } from './runs';
import { traceKey } from './runs';

/** At most this many variables of a figure are kept: as many as it draws without a change of the settings. */
export const MAX_KEPT_PATHS = 100;

/** At most this many traces are kept as hidden, and as many as taken out. */
const MAX_KEPT_TRACES = 500;

/** A trace of a figure: the places of its variable and of its file. */
export type TracePlace = readonly [number, number];

/** What a figure shows, without its data. */
export interface IKeptFigure {
  /** The figure's number, from 1. */
  readonly id: number;
  readonly paths: readonly NodePath[];
  /** How many variables more were chosen. */
  readonly leftOut: number;
  readonly hidden: readonly TracePlace[];
  /** The traces that were taken out while their variable stayed. */
  readonly removed: readonly TracePlace[];
  readonly legend: boolean;
  readonly points: boolean;
  readonly x: NodePath | 'index' | null;
  readonly zoom: IZoom;
}

/** Gives the first of some texts that there is still room for. */
export type TakeTexts = (texts: readonly string[]) => string[];

/** What a figure shows of these files, as far as there is room for the names. */
export function keepFigure(
  model: FigureModel,
  take: TakeTexts,
  runs: readonly RunId[]
): IKeptFigure {
  const paths = take(model.paths.slice(0, MAX_KEPT_PATHS));
  const hidden = new Set(
    model.entries.filter(({ visible }) => !visible).map(({ key }) => key)
  );
  const { id, legend, points, zoom } = model;
  const [x = null] = take(model.x === null ? [] : [model.x]);
  return {
    id,
    paths,
    leftOut: model.leftOut + model.paths.length - paths.length,
    hidden: places(paths, runs, key => hidden.has(key)),
    removed: places(paths, runs, key => model.isRemoved(key)),
    legend,
    points,
    x,
    zoom
  };
}

/** Have a figure show what was kept; of a file that is not among the runs, nothing is hidden or taken out. */
export function restoreFigure(
  model: FigureModel,
  kept: IKeptFigure,
  runs: readonly (RunId | undefined)[]
): void {
  const keys = (traces: readonly TracePlace[]) =>
    traces.flatMap(([path, run]) => {
      const id = runs[run];
      return id === undefined || kept.paths[path] === undefined
        ? []
        : [traceKey(id, kept.paths[path])];
    });
  model.setX(kept.x);
  model.setPaths(kept.paths);
  keys(kept.removed).forEach(key => model.remove(key));
  keys(kept.hidden).forEach(key => model.toggleVisible(key));
  model.setLegend(kept.legend);
  model.setPoints(kept.points);
  model.setZoom(kept.zoom);
  model.setLeftOut(kept.leftOut);
}

/** A kept figure, of data that may be anything. */
export function readKeptFigure(value: unknown, at: string): IKeptFigure {
  const fields = object(value, at);
  return {
    id: field(fields, at, 'id', figureId),
    paths: field(fields, at, 'paths', few(name, MAX_KEPT_PATHS)),
    leftOut: field(fields, at, 'leftOut', count),
    hidden: field(fields, at, 'hidden', few(place, MAX_KEPT_TRACES)),
    removed: field(fields, at, 'removed', few(place, MAX_KEPT_TRACES)),
    legend: field(fields, at, 'legend', flag),
    points: field(fields, at, 'points', flag),
    x: field(fields, at, 'x', orNull(name)),
    zoom: field(fields, at, 'zoom', zoom)
  };
}

/** A figure's number. */
export function figureId(value: unknown, at: string): number {
  const id = count(value, at);
  if (id < 1 || !Number.isSafeInteger(id)) {
    throw new CheckError(`${at} is no figure's number`);
  }
  return id;
}

function places(
  paths: readonly NodePath[],
  runs: readonly RunId[],
  has: (key: TraceKey) => boolean
): TracePlace[] {
  const found: TracePlace[] = [];
  paths.forEach((path, at) => {
    runs.forEach((run, index) => {
      if (found.length < MAX_KEPT_TRACES && has(traceKey(run, path))) {
        found.push([at, index]);
      }
    });
  });
  return found;
}

function place(value: unknown, at: string): TracePlace {
  const [path, run] = range(value, at);
  return [count(path, at), count(run, at)];
}

function zoom(value: unknown, at: string): IZoom {
  const fields: Fields = object(value, at);
  const axis = (key: keyof IZoom) => field(fields, at, key, orNull(ends));
  return { x: axis('x'), y: axis('y'), y2: axis('y2') };
}

function ends(value: unknown, at: string): readonly [number, number] {
  const [from, to] = range(value, at);
  if (from >= to) {
    throw new CheckError(`${at} is no range`);
  }
  return [from, to];
}
