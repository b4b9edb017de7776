import type { NodePath } from '../refs/layout';
import type { IRun, RunId, TraceKey } from './runs';
import { ONE_RUN, traceKey } from './runs';

/** A trace of a figure: a variable of one file. */
export interface IChosenTrace {
  readonly key: TraceKey;
  readonly path: NodePath;
  /** The file that it is of. */
  readonly run: RunId;
}

/** The traces chosen for a figure: each chosen variable of each file, but those taken out. */
export class ChosenTraces {
  /** The variables, in the order chosen. */
  get paths(): readonly NodePath[] {
    return this._paths;
  }

  /** The files, the opened one first. */
  get runs(): readonly IRun[] {
    return this._runs;
  }

  /** How many traces there are. */
  get count(): number {
    return this._paths.length * this._runs.length - this._removed.size;
  }

  /** Whether a trace was taken out of those chosen. */
  isRemoved(key: TraceKey): boolean {
    return this._removed.has(key);
  }

  /** The first so many traces, variable by variable. */
  first(most: number): readonly IChosenTrace[] {
    const first: IChosenTrace[] = [];
    for (const trace of this._every(this._paths)) {
      if (first.length === most) {
        break;
      }
      if (!this._removed.has(trace.key)) {
        first.push(trace);
      }
    }
    return first;
  }

  /** Choose variables; of those that stay, what was taken out stays out. Answers whether anything changed. */
  setPaths(paths: readonly NodePath[]): boolean {
    const wanted = Array.from(new Set(paths));
    const before = this._paths;
    if (
      wanted.length === before.length &&
      wanted.every((path, index) => path === before[index])
    ) {
      return false;
    }
    this._paths = wanted;
    const kept = new Set(before);
    this._prune(wanted.filter(path => kept.has(path)));
    return true;
  }

  /** Choose files; a variable of which all is taken out goes. Answers whether anything changed. */
  setRuns(runs: readonly IRun[]): boolean {
    if (JSON.stringify(runs) === JSON.stringify(this._runs)) {
      return false;
    }
    this._runs = runs;
    this._dropEmpty();
    return true;
  }

  /** Take a trace out, and its variable with the last of its traces. */
  remove(key: TraceKey): void {
    this._removed = new Set(this._removed).add(key);
    this._dropEmpty();
  }

  private _dropEmpty(): void {
    this._paths = this._paths.filter(path =>
      this._runs.some(run => !this._removed.has(traceKey(run.id, path)))
    );
    this._prune(this._paths);
  }

  /** Forget what was taken out of other variables than these, and of files that are gone. */
  private _prune(paths: readonly NodePath[]): void {
    if (this._removed.size === 0) {
      return;
    }
    const removed = new Set<TraceKey>();
    for (const { key } of this._every(paths)) {
      if (this._removed.has(key)) {
        removed.add(key);
      }
    }
    this._removed = removed;
  }

  /** Every trace that some variables can have. */
  private *_every(paths: readonly NodePath[]): Iterable<IChosenTrace> {
    for (const path of paths) {
      for (const { id } of this._runs) {
        yield { key: traceKey(id, path), path, run: id };
      }
    }
  }

  private _paths: readonly NodePath[] = [];
  private _runs: readonly IRun[] = ONE_RUN;
  private _removed: ReadonlySet<TraceKey> = new Set();
}
