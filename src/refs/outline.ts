import type { IFailure } from './failure';
import { isFileFailure } from './failure';
import type { NodePath } from './layout';
import {
  childPath,
  nodeName,
  parentPath,
  RESULTS_PATH,
  X_NAME
} from './layout';
import type { IFileSummary, INodeFacts, NodeKind } from './types';

/** What a row of the tree is, or stands for. */
export type RowKind =
  'group' | 'section' | 'variable' | 'folder' | 'loading' | 'empty' | 'failed';

/** One row of the tree. */
export interface IRow {
  /** The node; for loading, empty and failed the one whose children they stand for; `/` for the other contents. */
  readonly path: NodePath;
  readonly kind: RowKind;
  /** The last name; empty for `/`, loading, empty and failed. */
  readonly name: string;
  /** 1 at the top. */
  readonly level: number;
  readonly expandable: boolean;
  readonly expanded: boolean;
  /** Its place among its siblings, from 1. */
  readonly posInSet: number;
  readonly setSize: number;
}

/** What the outline has to know of a file. */
export interface IOutlineSource {
  readonly summary: Pick<IFileSummary, 'kind' | 'rootNames'>;
  /** In the order to show; null when not listed yet. */
  childNames(path: NodePath): readonly string[] | null;
  facts(path: NodePath): Pick<INodeFacts, 'kind'> | null;
  listingFailure(path: NodePath): IFailure | null;
  factsFailure(path: NodePath): IFailure | null;
}

/** The name in the root of the group that holds the results. */
const RESULTS_NAME = RESULTS_PATH.slice(1);

/** What the path of everything in the results starts with. */
const BELOW_RESULTS = `${RESULTS_PATH}/`;

/** Whether a row stands for children that are not there: loading, empty or failed. */
export function isPlaceholder(row: IRow): boolean {
  return (
    row.kind === 'loading' || row.kind === 'empty' || row.kind === 'failed'
  );
}

/** The node whose children stand at the top of the tree. */
export function topPath(source: IOutlineSource): NodePath {
  return source.summary.kind === 'results' ? RESULTS_PATH : '/';
}

/** How many names below `/results` a path is: 1 for a group; 0 outside. */
export function resultsDepth(source: IOutlineSource, path: NodePath): number {
  if (source.summary.kind !== 'results' || !path.startsWith(BELOW_RESULTS)) {
    return 0;
  }
  // Called for each group that a filter looks at: no strings are made.
  let depth = 1;
  let at = path.indexOf('/', BELOW_RESULTS.length);
  for (; at >= 0; at = path.indexOf('/', at + 1)) {
    depth += 1;
  }
  return depth;
}

/** How many names below `/results` the children of a node are; 0 outside. */
export function depthBelow(source: IOutlineSource, parent: NodePath): number {
  if (parent === RESULTS_PATH) {
    return source.summary.kind === 'results' ? 1 : 0;
  }
  const depth = resultsDepth(source, parent);
  return depth === 0 ? 0 : depth + 1;
}

/** What a node is shown as, a guess by its place until its facts are known; null where it is not shown. */
export function nodeRowKind(
  source: IOutlineSource,
  path: NodePath
): RowKind | null {
  const kind = source.facts(path)?.kind ?? null;
  const depth = resultsDepth(source, path);
  return isHiddenX(nodeName(path), depth, kind)
    ? null
    : shownKind(source, path, depth, kind);
}

/** Whether a name of a kind, so many names below `/results`, is a group's own x, which has no row. */
export function isHiddenX(
  name: string,
  depth: number,
  kind: NodeKind | null
): boolean {
  return depth === 2 && name === X_NAME && isOwnX(kind);
}

/** The only name of a group's children that has no row; null where all have one. */
export function hiddenName(
  source: IOutlineSource,
  parent: NodePath,
  depth: number
): string | null {
  if (parent === '/') {
    return source.summary.kind === 'results' ? RESULTS_NAME : null;
  }
  if (depth !== 2) {
    return null;
  }
  const x = source.facts(childPath(parent, X_NAME));
  return isOwnX(x?.kind ?? null) ? X_NAME : null;
}

/** Whether an x in a group of the results is the group's independent variable, which belongs to the group's own row. */
function isOwnX(kind: NodeKind | null): boolean {
  return kind === null || kind === 'dataset';
}

/** What a node that is shown is shown as, it being known how many names below `/results` it is. */
export function rowKindAt(
  source: IOutlineSource,
  path: NodePath,
  depth: number
): RowKind {
  return shownKind(source, path, depth, source.facts(path)?.kind ?? null);
}

/** As `rowKindAt`, the node's kind being known, or known not to be; null for the latter. */
export function shownKind(
  source: IOutlineSource,
  path: NodePath,
  depth: number,
  kind: NodeKind | null
): RowKind {
  if (kind === null) {
    return depth === 0
      ? plainKind(source, path)
      : (GUESSES[depth] ?? 'variable');
  }
  if (kind !== 'group') {
    return 'variable';
  }
  return depth === 1 ? 'group' : depth === 2 ? 'section' : 'folder';
}

/** Whether what is shown as a kind may have children. */
export function isExpandable(kind: RowKind): boolean {
  return kind === 'group' || kind === 'section' || kind === 'folder';
}

/** What stands where below `/results`, as long as nothing else is known. */
const GUESSES: readonly (RowKind | undefined)[] = [
  undefined,
  'group',
  'section'
];

/** Outside the results anything may hold more, except what cannot be read. */
function plainKind(source: IOutlineSource, path: NodePath): RowKind {
  const failure = source.factsFailure(path);
  return failure !== null && !isFileFailure(failure) ? 'variable' : 'folder';
}

/** Whether the file has anything beside its results. */
export function hasOtherContents(source: IOutlineSource): boolean {
  const { kind, rootNames } = source.summary;
  return kind === 'results' && rootNames.some(name => name !== RESULTS_NAME);
}

/** The paths above a node, nearest first, as far as the tree shows them. */
export function ancestorPaths(
  source: IOutlineSource,
  path: NodePath
): NodePath[] {
  const top = topPath(source);
  const ancestors: NodePath[] = [];
  let above = path;
  while (above !== '/' && above !== top) {
    above = parentPath(above);
    if (above !== top) {
      ancestors.push(above);
    }
  }
  return ancestors;
}
