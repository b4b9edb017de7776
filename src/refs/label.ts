import type { NodePath } from './layout';
import { refNames } from './layout';

const SEPARATOR = ' · ';

/** Legend entries of variables, in the same order: `section · variable`, with the group in front where two would read alike, and the path where they still do. */
export function traceLabels(paths: readonly NodePath[]): string[] {
  const parts = paths.map(labelParts);
  const labels = parts.map((names, index) => {
    for (let tail = Math.min(2, names.length); tail < names.length; tail++) {
      const label = join(names, tail);
      const alone = parts.every(
        (others, other) =>
          other === index ||
          paths[other] === paths[index] ||
          join(others, tail) !== label
      );
      if (alone) {
        return label;
      }
    }
    return join(names, names.length);
  });
  const owners = new Map<string, Set<NodePath>>();
  labels.forEach((label, index) => {
    owners.set(label, (owners.get(label) ?? new Set()).add(paths[index]));
  });
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
