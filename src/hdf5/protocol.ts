import type { FailureCode, IFailure } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import type {
  IFileSummary,
  INodePreview,
  ITrace,
  ITraceRequest,
  NodeDescription,
  NodeListing
} from '../refs/types';
import type { IActivity } from './source';

/** Where a file's bytes come from. */
export type FileSource =
  | {
      readonly kind: 'url';
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'bytes'; readonly buffer: ArrayBuffer };

/** What the page may ask of the worker, and what it gets. */
export interface ICalls {
  open: {
    argument: FileSource & { readonly cacheBytes?: number };
    value: IFileSummary;
  };
  list: {
    argument: readonly NodePath[];
    value: readonly NodeListing[];
  };
  describe: {
    argument: readonly NodePath[];
    value: readonly NodeDescription[];
  };
  trace: { argument: ITraceRequest; value: ITrace };
  preview: { argument: NodePath; value: INodePreview };
}

/** The name of a call. */
export type CallName = keyof ICalls;

/** One call on its way to the worker. */
export type Request = {
  [K in CallName]: {
    readonly id: number;
    readonly call: K;
    readonly argument: ICalls[K]['argument'];
  };
}[CallName];

/** The answer to a call. */
export type Reply =
  | {
      readonly kind: 'value';
      readonly id: number;
      readonly value: ICalls[CallName]['value'];
    }
  | {
      readonly kind: 'failure';
      readonly id: number;
      readonly failure: IFailure;
    };

/** What has come so far of a trace that was asked for. */
export interface IRough {
  readonly kind: 'rough';
  readonly id: number;
  readonly trace: ITrace;
}

/** A sign of life, sent unasked. */
export interface IBeat {
  readonly kind: 'beat';
  /** Whether the worker now waits for the server, which may take long. */
  readonly network: boolean;
  readonly activity: IActivity;
}

/** Sent unasked when the worker's memory has grown so far that a fresh one should take over. */
export interface ISpent {
  readonly kind: 'spent';
}

/** Sent unasked when HDF5 itself listed what was answered as `unchecked`: the names, and mostly their order in the file. */
export interface IRelisted {
  readonly kind: 'relisted';
  readonly listing: NodeListing;
}

/** A question of the worker: where a file is that the opened file links to. */
export interface IWanted {
  readonly kind: 'wanted';
  readonly id: number;
  /** A path from the opened file's folder; the page makes sure that it stays in there. */
  readonly file: string;
  /** Whether all its bytes are wanted, since its address led to nothing. */
  readonly whole: boolean;
}

/** The page's answer to `IWanted`. */
export interface IGiven {
  readonly kind: 'given';
  readonly id: number;
  readonly source: FileSource | null;
  /** Why there is no source, where more is known than that there is none. */
  readonly failure: IFailure | null;
}

/** Everything that the worker sends. */
export type Message = Reply | IRough | IBeat | ISpent | IRelisted | IWanted;

/** Everything that the page sends about a file. */
export type PageMessage = Request | IGiven;

/** Sent to a worker that has nothing to do yet: a file is to come some time. */
export interface IRehearse {
  readonly kind: 'rehearse';
}

/** What may mean that an address does not lead to the file, though it exists. */
export const NO_ADDRESS: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'not-found',
  'forbidden'
]);

/** How long the server may take for one answer, in milliseconds. */
export const REQUEST_TIMEOUT = 30_000;
