import type { NodePath } from './layout';

/** What can go wrong with a whole file. */
export type FileFailureCode =
  | 'not-found'
  | 'forbidden'
  | 'empty-file'
  | 'not-hdf5'
  | 'truncated'
  | 'damaged'
  | 'server-gone'
  | 'file-changed'
  | 'too-large'
  | 'cancelled'
  | 'reader-stopped'
  | 'reader-hung'
  | 'reader-missing';

/** What can go wrong with one node, the rest of the file staying usable. */
export type NodeFailureCode =
  | 'node-missing'
  | 'node-unreadable'
  | 'node-name'
  | 'filter-missing'
  | 'type-unsupported'
  | 'not-drawable'
  | 'node-too-large'
  | 'external-link'
  | 'linked-file'
  | 'output-unsaved'
  | 'output-untrusted'
  | 'output-unreadable';

/** Every failure that the reader reports. */
export type FailureCode = FileFailureCode | NodeFailureCode;

/** What can be wrong with a linked file, or with a link's target in it. */
export type LinkedCause =
  | Exclude<
      FileFailureCode,
      'cancelled' | 'reader-stopped' | 'reader-hung' | 'reader-missing'
    >
  | 'node-missing'
  | 'external-link'
  | 'node-unreadable';

/** One failure: what kind, where, and the library's own words for the folded details. */
export interface IFailure {
  readonly code: FailureCode;
  /** The node it concerns; absent when it concerns the file. */
  readonly path?: NodePath;
  /** The linked file it concerns, as the link names it; absent when it is the opened file. */
  readonly file?: string;
  /** For `linked-file`: what is wrong with that file, or with the link's target in it. */
  readonly cause?: LinkedCause;
  /** Technical details, never shown unfolded. */
  readonly technical: string;
}

/** The error thrown for every failure; it crosses the worker as its `failure`. */
export class ReadError extends Error {
  /** Make an error of a failure. */
  constructor(readonly failure: IFailure) {
    super(
      `${failure.code}${failure.path ? ` at ${failure.path}` : ''}: ${failure.technical}`
    );
    this.name = 'ReadError';
  }
}

const FILE_CODES: ReadonlySet<FailureCode> = new Set<FileFailureCode>([
  'not-found',
  'forbidden',
  'empty-file',
  'not-hdf5',
  'truncated',
  'damaged',
  'server-gone',
  'file-changed',
  'too-large',
  'cancelled',
  'reader-stopped',
  'reader-hung',
  'reader-missing'
]);

/** A failure that concerns the whole file. */
export interface IFileFailure extends IFailure {
  readonly code: FileFailureCode;
}

/** Whether a failure concerns the whole file rather than one node. */
export function isFileFailure(failure: IFailure): failure is IFileFailure {
  return FILE_CODES.has(failure.code);
}

/** Whether there is no answer only because reading was stopped. */
export function isStop(failure: IFailure | null): boolean {
  return failure?.code === 'cancelled';
}

/** A call that was ended for a reason that is no failure. */
export function cancelled(technical: string): ReadError {
  return new ReadError({ code: 'cancelled', technical });
}

const LINKED_CAUSES: ReadonlySet<FailureCode> = new Set<LinkedCause>([
  'not-found',
  'forbidden',
  'empty-file',
  'not-hdf5',
  'truncated',
  'damaged',
  'server-gone',
  'file-changed',
  'too-large',
  'node-missing',
  'external-link',
  'node-unreadable'
]);

/** Whether a failure can lie in a linked file, and not in what reads it. */
export function isLinkedCause(code: FailureCode): code is LinkedCause {
  return LINKED_CAUSES.has(code);
}

/** The failure behind any thrown value. */
export function failureOf(reason: unknown, code: FailureCode): IFailure {
  if (reason instanceof ReadError) {
    return reason.failure;
  }
  return {
    code,
    technical: reason instanceof Error ? reason.message : String(reason)
  };
}
