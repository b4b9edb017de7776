import type { NodePath } from '../refs/layout';

/** A file among those that a figure draws of; a number that no other file gets later. */
export type RunId = number;

/** The file that the tree shows. */
export const OPENED: RunId = 0;

/** A file that a figure draws of. */
export interface IRun {
  readonly id: RunId;
  /** What tells it from the others: its name without the ending, and folders where needed. */
  readonly name: string;
  /** The same with the ending. */
  readonly file: string;
}

/** What tells a trace from the others of its figure; that of the opened file is the variable's path. */
export type TraceKey = string;

/** The key of a variable of a file. */
export function traceKey(run: RunId, path: NodePath): TraceKey {
  // A path begins with a slash, so that no key is another's.
  return run === OPENED ? path : `${run}:${path}`;
}

/** The opened file alone: nothing is compared, and its name is not needed. */
export const ONE_RUN: readonly IRun[] = [{ id: OPENED, name: '', file: '' }];
