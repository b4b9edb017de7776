import type { IFailure } from './failure';
import { isFileFailure } from './failure';
import type { NodePath } from './layout';
import { childPath, parentPath, RESULTS_PATH, X_NAME } from './layout';
import type { IFileSummary, INodeFacts } from './types';

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

/** The names to show of each group's children; groups that are absent show none. */
export type ShownNames = ReadonlyMap<NodePath, ReadonlySet<string>>;

/** What makes the rows of the tree. */
export interface IOutlineOptions {
  readonly source: IOutlineSource;
  readonly isExpanded: (path: NodePath) => boolean;
  /** What a filter leaves; null without a filter. */
  readonly shown: ShownNames | null;
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
function resultsDepth(source: IOutlineSource, path: NodePath): number {
  if (source.summary.kind !== 'results' || !path.startsWith(BELOW_RESULTS)) {
    return 0;
  }
  // Called for each node that a filter looks at: no strings are made.
  let depth = 1;
  let at = path.indexOf('/', BELOW_RESULTS.length);
  for (; at >= 0; at = path.indexOf('/', at + 1)) {
    depth += 1;
  }
  return depth;
}

/** What a node is shown as, a guess by its place until its facts are known; null where it is not shown. */
export function nodeRowKind(
  source: IOutlineSource,
  path: NodePath
): RowKind | null {
  return rowKindAt(source, path, resultsDepth(source, path));
}

/** As `nodeRowKind`, how far below `/results` being known. */
function rowKindAt(
  source: IOutlineSource,
  path: NodePath,
  depth: number
): RowKind | null {
  const kind = source.facts(path)?.kind ?? null;
  if (depth === 2 && path.endsWith(`/${X_NAME}`)) {
    // The group's independent variable belongs to the group's own row.
    if (kind === null || kind === 'dataset') {
      return null;
    }
  }
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

/** The rows of the tree from top to bottom. */
export function outlineRows(options: IOutlineOptions): IRow[] {
  return new Outline(options).rows();
}

/** Whether the file has anything beside its results. */
function hasOtherContents(source: IOutlineSource): boolean {
  const { kind, rootNames } = source.summary;
  return kind === 'results' && rootNames.some(name => name !== RESULTS_NAME);
}

class Outline {
  constructor(private readonly _options: IOutlineOptions) {}

  rows(): IRow[] {
    const { source, shown } = this._options;
    const withOther = shown === null && hasOtherContents(source);
    const top = topPath(source);
    this._addChildren(top, 1, top === '/' ? 0 : 1, withOther ? 1 : 0);
    if (withOther) {
      this._addOther();
    }
    return this._rows;
  }

  /** Add the rows of a node's children and of what is expanded below them. */
  private _addChildren(
    path: NodePath,
    level: number,
    depth: number,
    more: number
  ): void {
    const names = this._names(path);
    if (names === null) {
      this._addPlaceholder(path, level, more);
      return;
    }
    const children = this._kinds(path, names, depth);
    if (children.length === 0 && this._options.shown === null) {
      this._add(path, 'empty', '', level, 1, 1 + more);
    }
    const setSize = children.length + more;
    const below = depth === 0 ? 0 : depth + 1;
    children.forEach((child, i) => {
      const { kind, name } = child;
      const row = this._add(child.path, kind, name, level, i + 1, setSize);
      if (row.expanded) {
        this._addChildren(child.path, level + 1, below, 0);
      }
    });
  }

  /** A group whose children are not there is being listed, or cannot be. */
  private _addPlaceholder(path: NodePath, level: number, more: number): void {
    const { source, shown } = this._options;
    if (shown === null) {
      const kind = source.listingFailure(path) ? 'failed' : 'loading';
      this._add(path, kind, '', level, 1, 1 + more);
    }
  }

  /** The last row at the top, for what stands beside the results. */
  private _addOther(): void {
    const last = this._rows.filter(row => row.level === 1).length + 1;
    const row = this._add('/', 'folder', '', 1, last, last);
    if (row.expanded) {
      this._addChildren('/', 2, 0, 0);
    }
  }

  /** The names to show of a node's children; null when not listed yet. */
  private _names(path: NodePath): readonly string[] | null {
    const { source, shown } = this._options;
    const names = source.childNames(path);
    if (names === null) {
      return null;
    }
    if (shown !== null) {
      const kept = shown.get(path);
      return kept ? names.filter(name => kept.has(name)) : [];
    }
    return path === '/' && source.summary.kind === 'results'
      ? names.filter(name => name !== RESULTS_NAME)
      : names;
  }

  private _kinds(
    parent: NodePath,
    names: readonly string[],
    depth: number
  ): { path: NodePath; name: string; kind: RowKind }[] {
    const children: { path: NodePath; name: string; kind: RowKind }[] = [];
    for (const name of names) {
      const path = childPath(parent, name);
      const kind = rowKindAt(this._options.source, path, depth);
      if (kind !== null) {
        children.push({ path, name, kind });
      }
    }
    return children;
  }

  private _add(
    path: NodePath,
    kind: RowKind,
    name: string,
    level: number,
    posInSet: number,
    setSize: number
  ): IRow {
    const expandable =
      kind === 'group' || kind === 'section' || kind === 'folder';
    const expanded = expandable && this._options.isExpanded(path);
    const row: IRow = {
      path,
      kind,
      name,
      level,
      expandable,
      expanded,
      posInSet,
      setSize
    };
    this._rows.push(row);
    return row;
  }

  private readonly _rows: IRow[] = [];
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
