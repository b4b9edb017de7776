import { Signal } from '@lumino/signaling';
import type { NodePath } from '../../refs/layout';
import { childPath } from '../../refs/layout';
import { ReadError } from '../../refs/failure';
import type {
  FileKind,
  IFileSummary,
  INodeFacts,
  INodePreview,
  NodeDescription,
  NodeListing
} from '../../refs/types';
import { sortNatural } from '../../refs/natural';
import type { IResultSource } from '../../hdf5/source';

/** A tree of groups; a text is a dataset's detail. */
export interface IFakeGroup {
  readonly [name: string]: IFakeGroup | string;
}

/** A file in memory, that counts what it is asked for. */
export class FakeSource implements Pick<
  IResultSource,
  'list' | 'describe' | 'preview'
> {
  constructor(
    private _root: IFakeGroup,
    private readonly _kind: FileKind = 'results'
  ) {}

  /** What was asked for, each path as often as it was. */
  readonly listed: NodePath[] = [];
  readonly described: NodePath[] = [];

  /** What else is known of nodes, such as the file that they lie in. */
  readonly more = new Map<NodePath, Partial<INodeFacts>>();

  /** The names in groups as they lie in the file, where that is told. */
  readonly inFile = new Map<NodePath, readonly string[]>();

  /** Tells of a listing that is another now. */
  readonly relisted = new Signal<IResultSource, NodeListing>(
    this as unknown as IResultSource
  );

  /** Paths that one call answers at most. */
  most = Infinity;

  /** Names that are listed of one group at most. */
  mostNames = Infinity;

  /** Groups whose names cannot be read. */
  readonly damaged = new Set<NodePath>();

  /** Groups that lie in files of which the server does not answer. */
  readonly away = new Set<NodePath>();

  /** Whether every call fails as a whole. */
  isGone = false;

  /** Put another file in its place, from which nothing was asked yet. */
  replace(root: IFakeGroup): void {
    this._root = root;
    this.listed.length = this.described.length = 0;
  }

  get summary(): IFileSummary {
    const rootNames = sortNatural(Object.keys(this._root));
    return { kind: this._kind, size: 1, access: 'ranges', rootNames };
  }

  async list(paths: readonly NodePath[]): Promise<readonly NodeListing[]> {
    this._assertThere();
    this.listed.push(...paths);
    return paths.slice(0, this.most).map(path => {
      const node = this._at(path);
      if (node === null || typeof node === 'string' || this.damaged.has(path)) {
        const technical = 'no group';
        return { path, failure: { code: 'node-unreadable', path, technical } };
      }
      if (this.away.has(path)) {
        const [code, cause] = ['linked-file', 'server-gone'] as const;
        return { path, failure: { code, cause, path, technical: '' } };
      }
      const names = sortNatural(Object.keys(node));
      const listed = names.slice(-this.mostNames);
      const inFile = this.inFile.get(path);
      return {
        path,
        names: listed,
        total: names.length,
        ...(inFile && {
          order: Uint32Array.from(inFile, name => listed.indexOf(name))
        })
      };
    });
  }

  async describe(
    paths: readonly NodePath[]
  ): Promise<readonly NodeDescription[]> {
    this._assertThere();
    this.described.push(...paths);
    return paths.slice(0, this.most).map(path => {
      const node = this._at(path);
      return node === null
        ? { path, failure: { code: 'node-missing', path, technical: '' } }
        : { path, facts: { ...factsOf(path, node), ...this.more.get(path) } };
    });
  }

  async preview(path: NodePath): Promise<INodePreview> {
    const facts = factsOf(path, this._at(path) ?? '');
    return { facts, attributes: [], values: [], total: 0, failure: null };
  }

  private _assertThere(): void {
    if (this.isGone) {
      throw new ReadError({ code: 'server-gone', technical: 'no answer' });
    }
  }

  /** A group called `loop` is the root again. */
  private _at(path: NodePath): IFakeGroup | string | null {
    let node: IFakeGroup | string | null = this._root;
    for (const name of path.split('/').filter(Boolean)) {
      if (typeof node === 'string' || node === null) {
        return null;
      }
      const next: IFakeGroup | string | undefined = node[name];
      node = name === 'loop' ? this._root : (next ?? null);
    }
    return node;
  }
}

function factsOf(path: NodePath, node: IFakeGroup | string): INodeFacts {
  const isGroup = typeof node !== 'string';
  return {
    path,
    kind: isGroup ? 'group' : 'dataset',
    shape: isGroup ? null : [5],
    dtype: isGroup ? '' : 'float64',
    valueClass: isGroup ? 'other' : 'float',
    detail: isGroup ? '' : node,
    units: null
  };
}

/** A group of sections that hold a `cai` and a `v` each. */
export function manySections(count: number): IFakeGroup {
  const group: Record<string, IFakeGroup | string> = { x: '' };
  for (let i = 0; i < count; i++) {
    group[`dend_${i}`] = { cai: i === 7 ? 'Proximal tuft' : '', v: '' };
  }
  return { results: { VecRef: group } };
}

/** The paths of all sections' variables of one name. */
export function pathsOf(count: number, variable: string): NodePath[] {
  return Array.from({ length: count }, (_, i) =>
    childPath(`/results/VecRef/dend_${i}`, variable)
  );
}
