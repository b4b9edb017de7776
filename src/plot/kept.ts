import type { NodePath } from '../refs/layout';
import type { Fields } from '../refs/checks';
import {
  CheckError,
  count,
  field,
  flag,
  few,
  list,
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

/** At most this many traces are kept as drawn, as hidden and as taken out: as many as the settings let a figure draw. */
const MAX_KEPT_TRACES = 500;

/** Places among the colours from here on are none of ours. */
const MAX_SLOT = 1_000_000;

/** A trace of a figure: the places of its variable and of its file. */
export type TracePlace = readonly [number, number];

/** What a figure shows, without its data. */
export interface IKeptFigure {
  /** The figure's number, from 1. */
  readonly id: number;
  readonly paths: readonly NodePath[];
  /** How many variables more were chosen. */
  readonly leftOut: number;
  /** The traces that are drawn, with their places among the colours. */
  readonly drawn: readonly (readonly [...TracePlace, number])[];
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
  const entries = new Map(model.entries.map(entry => [entry.key, entry]));
  const { id, legend, points, zoom } = model;
  const [x = null] = take(model.x === null ? [] : [model.x]);
  const found = tracesOf(paths, runs);
  const where = (has: (key: TraceKey) => boolean) =>
    found
      .filter(({ key }) => has(key))
      .map(({ place }) => place)
      .slice(0, MAX_KEPT_TRACES);
  return {
    id,
    paths,
    leftOut: model.leftOut + model.paths.length - paths.length,
    drawn: found
      .flatMap(({ place, key }) => {
        const slot = entries.get(key)?.slots[0];
        return slot === undefined ? [] : [[...place, slot] as const];
      })
      .slice(0, MAX_KEPT_TRACES),
    hidden: where(key => entries.get(key)?.visible === false),
    removed: where(key => model.isRemoved(key)),
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
  const keyAt = (path: number, run: number) => {
    const id = runs[run];
    return id === undefined || kept.paths[path] === undefined
      ? []
      : [traceKey(id, kept.paths[path])];
  };
  const keys = (traces: readonly TracePlace[]) =>
    traces.flatMap(([path, run]) => keyAt(path, run));
  model.setX(kept.x);
  model.setPaths(kept.paths);
  keys(kept.removed).forEach(key => model.remove(key));
  model.setSlots(
    new Map(
      kept.drawn.flatMap(([path, run, slot]) =>
        keyAt(path, run).map(key => [key, slot])
      )
    )
  );
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
    drawn: field(fields, at, 'drawn', few(drawnPlace, MAX_KEPT_TRACES)),
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

/** Every trace of some variables of these files. */
function tracesOf(
  paths: readonly NodePath[],
  runs: readonly RunId[]
): { place: TracePlace; key: TraceKey }[] {
  return paths.flatMap((path, at) =>
    runs.map((run, index) => ({
      place: [at, index] as const,
      key: traceKey(run, path)
    }))
  );
}

function place(value: unknown, at: string): TracePlace {
  const [path, run] = range(value, at);
  return [count(path, at), count(run, at)];
}

function drawnPlace(
  value: unknown,
  at: string
): readonly [...TracePlace, number] {
  const [path, run, slot, ...more] = list(count)(value, at);
  if (slot === undefined || slot >= MAX_SLOT || more.length > 0) {
    throw new CheckError(`${at} is no trace with its colour`);
  }
  return [path, run, slot];
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
