import type { NodePath } from './layout';
import { refNames } from './layout';

const SEPARATOR = ' · ';

/** How many names a label has where they tell it apart: section and variable. */
const SHORT = 2;

/** Legend entries of variables, in the same order: `section · variable`, with the group in front where two would read alike, and the path where they still do. */
export function traceLabels(paths: readonly NodePath[]): string[] {
  const parts = paths.map(labelParts);
  const owners = new Map<string, Set<NodePath>>();
  const own = (label: string, path: NodePath) =>
    owners.set(label, (owners.get(label) ?? new Set()).add(path));
  const short = parts.map(names => join(names, SHORT));
  short.forEach((label, index) => own(label, paths[index]));
  const labels = parts.map((names, index) =>
    (owners.get(short[index])?.size ?? 0) > 1
      ? join(names, names.length)
      : short[index]
  );
  owners.clear();
  labels.forEach((label, index) => own(label, paths[index]));
  // Inside and outside the results, or with odd names, they may read alike yet.
  return labels.map((label, index) =>
    (owners.get(label)?.size ?? 0) > 1 ? paths[index] : label
  );
}

/** The entry of one column of a 2-D variable. */
export function columnLabel(label: string, column: number | null): string {
  return column === null ? label : `${label} [${column}]`;
}

function labelParts(path: NodePath): readonly string[] {
  const { group, section, variable } = refNames(path);
  return [group, section, variable].filter(part => part !== '');
}

function join(names: readonly string[], tail: number): string {
  return names.slice(-tail).join(SEPARATOR);
}
