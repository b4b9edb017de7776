/**
 * The names in a Neuronvisio file. They stand here and nowhere else.
 */

/** The group that holds every result group. */
export const RESULTS_PATH = '/results';

/** The name of a group's independent variable. */
export const X_NAME = 'x';

/** The group that holds the cell's shape. */
export const GEOMETRY_PATH = '/geometry';

/** The NeuroML text of the cell's shape. */
export const GEOMETRY_TEXT_PATH = '/geometry/geom';

/** The group of the master of a sweep that holds, by the name of each group of the results, what is known of its run. */
export const RUN_NOTES_PATH = '/neuronvisio/runs';

/** The attribute that holds a ref's `detail`. */
export const DETAIL_ATTRIBUTE = 'TITLE';

/** The attribute that holds the unit of an array, where the writer knew it. */
export const UNITS_ATTRIBUTE = 'units';

/** Attribute of the root with the number of bytes at the file's start that hold the names of all groups of the results, and of the sections of those that have many. */
export const NAMES_ATTRIBUTE = 'names_bytes';

/** Attribute of the root with the number of bytes at the file's start that hold all its names, types and titles. */
export const METADATA_ATTRIBUTE = 'metadata_bytes';

/** The group that holds what `add_vecRef` records; its x is NEURON's time. */
export const VECREF_GROUP = 'VecRef';

/** The group that holds synaptic recordings; its x is NEURON's time. */
export const SYNVECREF_GROUP = 'SynVecRef';

/** An absolute path inside the file, such as `/results/VecRef/soma/v`. */
export type NodePath = string;

/** The path of a child. */
export function childPath(parent: NodePath, name: string): NodePath {
  return parent === '/' ? `/${name}` : `${parent}/${name}`;
}

/** The path of the parent; the root is its own parent. */
export function parentPath(path: NodePath): NodePath {
  const cut = path.lastIndexOf('/');
  return cut <= 0 ? '/' : path.slice(0, cut);
}

/** The last name of a path; empty for the root. */
export function nodeName(path: NodePath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The names of a variable's place in the results. */
export interface IRefNames {
  /** The group's id; empty outside `/results`. */
  readonly group: string;
  /** The section and anything between it and the variable; empty for a variable directly under its group. */
  readonly section: string;
  /** The variable. */
  readonly variable: string;
}

/** Where a path stands in the results: its group, section and variable. */
export function refNames(path: NodePath): IRefNames {
  const prefix = `${RESULTS_PATH}/`;
  if (!path.startsWith(prefix)) {
    const parent = parentPath(path);
    return {
      group: '',
      section: parent === '/' ? '' : parent.slice(1),
      variable: nodeName(path)
    };
  }
  // Called for each section that a filter looks at: no lists are made.
  const names = path.slice(prefix.length);
  const first = names.indexOf('/');
  const last = names.lastIndexOf('/');
  return {
    group: names.slice(0, Math.max(first, 0)),
    section: names.slice(first + 1, Math.max(last, first + 1)),
    variable: names.slice(last + 1)
  };
}

/** The same place in another group of the results. */
export function inGroup(path: NodePath, group: string): NodePath {
  const within = path.slice(RESULTS_PATH.length + 1);
  const cut = within.indexOf('/');
  const rest = cut < 0 ? '' : within.slice(cut);
  return `${RESULTS_PATH}/${group}${rest}`;
}

/** The path of the x that belongs to a path under `/results/<group>/...`; null elsewhere. */
export function groupXPath(path: NodePath): NodePath | null {
  const { group } = refNames(path);
  return group === ''
    ? null
    : childPath(childPath(RESULTS_PATH, group), X_NAME);
}
