import type { NodePath } from '../refs/layout';
import { childPath, RESULTS_PATH, X_NAME } from '../refs/layout';
import { sortNatural } from '../refs/natural';
import type {
  IFileSummary,
  INodeFacts,
  ITrace,
  NodeDescription,
  NodeListing,
  Pairing
} from '../refs/types';
import { NODE_TYPES } from './dtype';
import type {
  IBundle,
  IBundleGroup,
  IBundleTrace,
  IBundleVariable
} from './payload';

/** The nodes that a bundle tells of, by the paths that they have in the file. */
export class BundleNodes {
  /** Read a bundle. */
  constructor(readonly bundle: IBundle) {
    this._add(RESULTS_PATH, group(RESULTS_PATH));
    for (const found of bundle.groups) {
      this._addGroup(found);
    }
    const names = bundle.groups.map(({ name }) => name);
    this._addListing(RESULTS_PATH, names, bundle.groupCount);
    this._addListing('/', [RESULTS_PATH.slice(1)], 1);
    for (const drawn of bundle.drawn) {
      const path = `${RESULTS_PATH}/${drawn.path}`;
      this._traces.set(path, drawn);
      if (!this._facts.has(path)) {
        this._add(path, dataset(path, drawn.variable));
      }
    }
  }

  /** What is known of the whole. */
  get summary(): IFileSummary {
    return {
      kind: 'results',
      size: this.bundle.file?.size ?? 0,
      access: 'ranges',
      rootNames: [RESULTS_PATH.slice(1)]
    };
  }

  /** The paths of the variables that are drawn. */
  get drawn(): readonly NodePath[] {
    return Array.from(this._traces.keys());
  }

  /** The children of a group; null when the bundle does not tell them. */
  list(path: NodePath): NodeListing | null {
    return this._listings.get(path) ?? null;
  }

  /** The facts of a node; null when the bundle does not tell them. */
  describe(path: NodePath): NodeDescription | null {
    return this._facts.get(path) ?? null;
  }

  /** The points that the bundle holds of a variable; null when it holds none. */
  trace(path: NodePath): ITrace | null {
    const drawn = this._traces.get(path);
    return drawn?.points ? traceOf(path, drawn, drawn.points) : null;
  }

  private _addGroup(found: IBundleGroup): void {
    const above = childPath(RESULTS_PATH, found.name);
    this._add(above, group(above));
    const names = found.sections.map(({ name }) => name);
    if (found.x) {
      const path = childPath(above, X_NAME);
      this._add(path, dataset(path, found.x));
      names.push(X_NAME);
    }
    const total = found.sectionCount + (found.x ? 1 : 0);
    this._addListing(above, names, total);
    for (const { name, variables, variableCount } of found.sections) {
      const section = childPath(above, name);
      this._add(section, group(section));
      for (const variable of variables ?? []) {
        const path = childPath(section, variable.name);
        this._add(path, dataset(path, variable));
      }
      if (variables) {
        const inside = variables.map(variable => variable.name);
        this._addListing(section, inside, variableCount);
      }
    }
  }

  private _add(path: NodePath, facts: INodeFacts): void {
    this._facts.set(path, { path, facts });
  }

  private _addListing(
    path: NodePath,
    names: readonly string[],
    total: number
  ): void {
    this._listings.set(path, {
      path,
      names: sortNatural(names),
      total: Math.max(total, names.length)
    });
  }

  private readonly _facts = new Map<NodePath, NodeDescription>();
  private readonly _listings = new Map<NodePath, NodeListing>();
  private readonly _traces = new Map<NodePath, IBundleTrace>();
}

function group(path: NodePath): INodeFacts {
  return {
    path,
    kind: 'group',
    shape: null,
    dtype: '',
    valueClass: 'other',
    detail: '',
    units: null
  };
}

function dataset(path: NodePath, variable: IBundleVariable): INodeFacts {
  const { shape, dtype, detail, units } = variable;
  const valueClass = NODE_TYPES.valueClass(dtype);
  return { path, kind: 'dataset', shape, dtype, valueClass, detail, units };
}

function traceOf(
  path: NodePath,
  drawn: IBundleTrace,
  points: NonNullable<IBundleTrace['points']>
): ITrace {
  const facts = dataset(path, drawn.variable);
  const length = facts.shape?.[0] ?? 0;
  const [, group] = path.slice(RESULTS_PATH.length).split('/');
  const xPath = `${RESULTS_PATH}/${group}/${X_NAME}`;
  const xFacts =
    drawn.x && drawn.reason === null ? dataset(xPath, drawn.x) : null;
  return {
    path,
    facts,
    xFacts,
    pairing: pairing(drawn, xPath, length),
    series: [{ column: null, ...points }],
    columnsTotal: 1,
    length,
    extent: drawn.extent,
    withoutX: drawn.withoutX,
    reduced: drawn.reduced
  };
}

function pairing(
  { reason, x }: IBundleTrace,
  path: NodePath,
  yLength: number
): Pairing {
  if (reason === null) {
    return { kind: 'x', path };
  }
  const xLength = x?.shape?.[0];
  return {
    kind: 'index',
    reason,
    path,
    yLength,
    ...(xLength === undefined ? {} : { xLength })
  };
}
