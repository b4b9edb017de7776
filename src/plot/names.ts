import { traceLabels, withRun } from '../refs/label';
import type { FigureModel } from './model';
import { OPENED } from './runs';

/** What a trace of a figure is called. */
export interface ITraceName {
  /** Section and variable, and what stands above them where needed. */
  readonly variable: string;
  /** The name of its run; null where all traces are of one file. */
  readonly run: string | null;
  /** Both in one text. */
  readonly label: string;
  /** The compared file that it is of; null for the opened file. */
  readonly file: string | null;
}

/** The names of the traces of a figure, in their order. */
export function traceNames(model: FigureModel): ITraceName[] {
  const { entries, runs } = model;
  const variables = traceLabels(entries.map(entry => entry.path));
  const byId = new Map(runs.map(run => [run.id, run]));
  return entries.map((entry, index) => {
    const variable = variables[index];
    const of = byId.get(entry.run);
    const run = runs.length > 1 && of ? of.name : null;
    const file = entry.run === OPENED ? null : (of?.file ?? null);
    return { variable, run, label: withRun(variable, run), file };
  });
}
