import { NODE_TYPES } from './dtype';
import type { INumbers } from './numbers';
import { readNumbers } from './numbers';
import type { Fields } from '../refs/checks';
import {
  CheckError,
  count,
  field,
  list,
  name,
  number,
  object,
  optional,
  range,
  text
} from '../refs/checks';
import type { IndexReason } from '../refs/types';

/** The version that is read; a later one is refused. */
const VERSION = 1;

/** What is known of one variable without its values. */
export interface IBundleVariable {
  readonly name: string;
  readonly shape: readonly number[] | null;
  readonly dtype: string;
  readonly units: string | null;
  readonly detail: string;
  /** Why its values cannot be read; empty when they can. */
  readonly problem: string;
}

/** One section; its variables are null where they stand in the file only. */
export interface IBundleSection {
  readonly name: string;
  readonly variables: readonly IBundleVariable[] | null;
  /** How many variables it has in all. */
  readonly variableCount: number;
}

/** One group. */
export interface IBundleGroup {
  readonly name: string;
  readonly x: IBundleVariable | null;
  readonly sections: readonly IBundleSection[];
  /** How many sections it has in all. */
  readonly sectionCount: number;
}

/** One trace drawn, with the points that the notebook keeps of it. */
export interface IBundleTrace {
  /** `<group>/<section>/<variable>` */
  readonly path: string;
  readonly variable: IBundleVariable;
  readonly x: IBundleVariable | null;
  /** Why it is drawn against the sample index; null when it is drawn against x. */
  readonly reason: IndexReason | null;
  /** null where the notebook keeps none. */
  readonly points: INumbers | null;
  readonly extent: readonly [number, number] | null;
  readonly withoutX: number;
  readonly reduced: boolean;
  /** Why nothing is drawn; empty when something is. */
  readonly problem: string;
}

/** The file that the results are in, as it was when the output was made. */
export interface IBundleFile {
  /** From the notebook's folder. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** ISO 8601. */
  readonly modified: string;
}

/** What a notebook keeps of results. */
export interface IBundle {
  readonly title: string;
  /** Whether more of it is to come. */
  readonly running: boolean;
  readonly file: IBundleFile | null;
  readonly groups: readonly IBundleGroup[];
  readonly groupCount: number;
  readonly drawn: readonly IBundleTrace[];
  readonly notDrawn: number;
}

/** A bundle, or why it is none that can be shown. */
export type Payload =
  | { readonly kind: 'bundle'; readonly bundle: IBundle }
  | { readonly kind: 'later' }
  | { readonly kind: 'bad'; readonly technical: string };

/** Read a bundle from whatever a notebook holds. */
export function readPayload(data: unknown): Payload {
  try {
    const fields = object(data, 'the output');
    const version = field(fields, '', 'version', number);
    if (version > VERSION) {
      return { kind: 'later' };
    }
    if (version !== VERSION) {
      throw new CheckError(`version is ${version}`);
    }
    return { kind: 'bundle', bundle: bundle(fields) };
  } catch (reason) {
    if (reason instanceof CheckError) {
      return { kind: 'bad', technical: reason.message };
    }
    throw reason;
  }
}

function bundle(fields: Fields): IBundle {
  return {
    title: field(fields, '', 'title', text),
    running: optional(fields, '', 'state', text) === 'running',
    file: optional(fields, '', 'file', file),
    groups: unique(field(fields, '', 'groups', list(group))),
    groupCount: field(fields, '', 'groupCount', count),
    drawn: field(fields, '', 'drawn', list(trace)),
    notDrawn: field(fields, '', 'notDrawn', count)
  };
}

function file(value: unknown, at: string): IBundleFile {
  const fields = object(value, at);
  return {
    path: field(fields, at, 'path', text),
    size: field(fields, at, 'size', count),
    modified: field(fields, at, 'modified', text)
  };
}

function group(value: unknown, at: string): IBundleGroup {
  const fields = object(value, at);
  const more = field(fields, at, 'more', list(name)).map(found => ({
    name: found,
    variables: null,
    variableCount: 0
  }));
  return {
    name: field(fields, at, 'name', name),
    x: optional(fields, at, 'x', variable),
    sections: unique([
      ...field(fields, at, 'sections', list(section)),
      ...more
    ]),
    sectionCount: field(fields, at, 'sectionCount', count)
  };
}

function section(value: unknown, at: string): IBundleSection {
  const fields = object(value, at);
  const variables = optional(fields, at, 'variables', list(variable));
  return {
    name: field(fields, at, 'name', name),
    variables: variables && unique(variables),
    variableCount:
      optional(fields, at, 'variableCount', count) ?? variables?.length ?? 0
  };
}

function variable(value: unknown, at: string): IBundleVariable {
  const fields = object(value, at);
  const shape = fields.shape;
  return {
    name: field(fields, at, 'name', name),
    shape: shape === null ? null : list(count)(shape, `${at}.shape`),
    dtype: NODE_TYPES.shown(field(fields, at, 'dtype', text)),
    units: optional(fields, at, 'units', text),
    detail: optional(fields, at, 'detail', text) ?? '',
    problem: optional(fields, at, 'problem', text) ?? ''
  };
}

function trace(value: unknown, at: string): IBundleTrace {
  const fields = object(value, at);
  const problem = optional(fields, at, 'problem', text) ?? '';
  const points =
    fields.ys === undefined
      ? null
      : readNumbers(
          field(fields, at, 'xs', text),
          field(fields, at, 'ys', text),
          optional(fields, at, 'exact', list(text))
        );
  if (fields.ys !== undefined && !points) {
    throw new CheckError(`${at}: xs and ys are no numbers of one length`);
  }
  return {
    path: field(fields, at, 'path', text),
    variable: field(fields, at, 'variable', variable),
    x: optional(fields, at, 'x', variable),
    reason: optional(fields, at, 'reason', reason),
    points,
    extent: optional(fields, at, 'extent', range),
    withoutX: optional(fields, at, 'withoutX', count) ?? 0,
    reduced: fields.reduced === true,
    problem
  };
}

const REASONS: readonly IndexReason[] = [
  'no-x',
  'x-unreadable',
  'x-not-numeric',
  'x-not-1d',
  'x-length'
];

function reason(value: unknown, at: string): IndexReason {
  const found = REASONS.find(candidate => candidate === value);
  if (found === undefined) {
    throw new CheckError(`${at} is none of ${REASONS.join(', ')}`);
  }
  return found;
}

/** What has a name that a file can hold, each name once. */
function unique<T extends { readonly name: string }>(
  items: readonly T[]
): readonly T[] {
  const named = new Map<string, T>();
  for (const item of items) {
    if (!item.name.includes('/') && !/^\.{1,2}$/.test(item.name)) {
      named.set(item.name, named.get(item.name) ?? item);
    }
  }
  return Array.from(named.values());
}
