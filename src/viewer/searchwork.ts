import type { NodePath } from '../refs/layout';
import { childPath } from '../refs/layout';
import type { Children } from './children';

/** A group, section or folder whose children are looked at. */
export interface IEntered {
  readonly path: NodePath;
  /** How many names below the results its children are; 0 outside. */
  readonly depth: number;
  /** Whether it is a section or a folder, which the search counts. */
  readonly isSection: boolean;
  /** The words that the names above its variables match, a bit each. */
  readonly mask: number;
  /** The names that were looked at: null where there were none to be had, undefined before. */
  names: readonly string[] | null | undefined;
}

/** Nodes to look at: all children of a group, or some by their names. */
export interface IWork {
  readonly group: IEntered;
  readonly names: readonly string[];
  /** Whether these are all names that there are. */
  readonly isAll: boolean;
  /** The children whose names these are, in the order of the file; absent where they are not all, or none were to be had. */
  readonly children?: Children | null;
  next: number;
}

/** The path of a node to look at. */
export function pathOf(
  { group, names, children }: IWork,
  place: number
): NodePath {
  return children?.pathInFile(place) ?? childPath(group.path, names[place]);
}
