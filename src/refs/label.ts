import type { NodePath } from './layout';
import { refNames } from './layout';

const SEPARATOR = ' · ';

/** How many names a label has where they tell it apart: section and variable. */
const SHORT = 2;

/**
 * Legend entries of variables, in the same order: `section · variable`, with
 * the group in front where variables of one name are of several groups, with
 * what stands above it where two would read alike, and the path where they
 * still do.
 */
export function traceLabels(paths: readonly NodePath[]): string[] {
  const unique = Array.from(new Set(paths));
  const parts = unique.map(labelParts);
  const isShared = sharedNames(unique);
  const tails = unique.map(path => (isShared(path) ? SHORT + 1 : SHORT));
  const labels = parts.map((names, index) => join(names, tails[index]));
  for (let alike = sharing(labels); alike.length > 0; alike = sharing(labels)) {
    const growing = alike.filter(index => tails[index] < parts[index].length);
    growing.forEach(index => {
      labels[index] = join(parts[index], ++tails[index]);
    });
    if (growing.length === 0) {
      // Inside and outside the results, or with odd names, they read alike yet.
      alike.forEach(index => {
        labels[index] = unique[index];
      });
      break;
    }
  }
  const byPath = new Map(unique.map((path, index) => [path, labels[index]]));
  return paths.map(path => byPath.get(path) ?? path);
}

/** A label with the name of its run behind it; null where all traces are of one file. */
export function withRun(label: string, run: string | null): string {
  return run === null ? label : `${label}${SEPARATOR}${run}`;
}

/** The entry of one column of a 2-D variable. */
export function columnLabel(label: string, column: number | null): string {
  return column === null ? label : `${label} ${columnMark(column)}`;
}

/** What tells a column from the others of its variable. */
export function columnMark(column: number): string {
  return `[${column}]`;
}

/** Tells whether a variable of results has namesakes in other groups: of a sweep, these are its runs. */
function sharedNames(paths: readonly NodePath[]): (path: NodePath) => boolean {
  const groups = new Map<string, Set<string>>();
  for (const path of paths) {
    const { group, variable } = refNames(path);
    if (group !== '') {
      const known = groups.get(variable) ?? new Set<string>();
      groups.set(variable, known.add(group));
    }
  }
  return path => {
    const { group, variable } = refNames(path);
    return group !== '' && (groups.get(variable)?.size ?? 0) > 1;
  };
}

/** The places of the labels that stand more than once. */
function sharing(labels: readonly string[]): number[] {
  const owners = new Map<string, number[]>();
  labels.forEach((label, index) => {
    const others = owners.get(label);
    if (others) {
      others.push(index);
    } else {
      owners.set(label, [index]);
    }
  });
  return Array.from(owners.values()).flatMap(places =>
    places.length > 1 ? places : []
  );
}

/** The names that a label is made of: the group, the section and the variable; outside the results every name of the path. */
function labelParts(path: NodePath): readonly string[] {
  const { group, section, variable } = refNames(path);
  const above = group === '' ? section.split('/') : [group, section];
  return [...above, variable].filter(part => part !== '');
}

function join(names: readonly string[], tail: number): string {
  return names.slice(-tail).join(SEPARATOR);
}
