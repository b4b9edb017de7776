import type { Filter } from 'h5wasm';
import type { FailureCode, IFailure } from '../refs/failure';
import {
  failureOf,
  isFileFailure,
  isLinkedCause,
  ReadError
} from '../refs/failure';
import type { NodePath } from '../refs/layout';

/** The mark that stands where a name was not UTF-8. */
export const NOT_UTF8 = '\ufffd';

/** What h5wasm says when a name does not exist, without HDF5's help. */
const NOT_DEFINED = 'error - name not defined!';
/** What HDF5 says of the same. */
const NO_OBJECT =
  /(object '[^]*'|name) doesn't exist|component not found|too many links/;
/** Filters that HDF5 brings along. */
const BUILT_IN_FILTERS: ReadonlySet<number> = new Set([1, 2, 3, 5, 6]);
const NO_FILTER = /filter .*not registered|can't find plugin/i;
const NO_MEMORY = /memory allocation failed|unable to allocate|out of memory/i;
const OTHER_FILE = /external raw (data )?file|external file/i;

/** What went wrong in a call to HDF5 about a node. */
export function nodeError(path: NodePath, reason: unknown): ReadError {
  const { code, technical } = failureOf(reason, 'node-unreadable');
  if (reason instanceof ReadError) {
    return reason;
  }
  if (reason instanceof WebAssembly.RuntimeError) {
    return new ReadError({ code: 'reader-stopped', technical });
  }
  return new ReadError({
    code: codeOf(path, technical) ?? code,
    path,
    technical
  });
}

function codeOf(path: NodePath, technical: string): FailureCode | null {
  if (technical === NOT_DEFINED || NO_OBJECT.test(technical)) {
    return path.includes(NOT_UTF8) ? 'node-name' : 'node-missing';
  }
  if (NO_FILTER.test(technical)) {
    return 'filter-missing';
  }
  if (OTHER_FILE.test(technical)) {
    return 'external-link';
  }
  return NO_MEMORY.test(technical) ? 'node-too-large' : null;
}

/** A node that is not there. */
export function missing(path: NodePath, technical: string): ReadError {
  const code = path.includes(NOT_UTF8) ? 'node-name' : 'node-missing';
  return new ReadError({ code, path, technical });
}

/** The failure of one node; one of the whole file is thrown on. */
export function nodeFailure(reason: unknown): IFailure {
  const failure = failureOf(reason, 'node-unreadable');
  if (isFileFailure(failure)) {
    throw new ReadError(failure);
  }
  return failure;
}

/** What is wrong with a linked file as the failure of a node that lies in it; one of the reader stays what it is. */
export function linkedFailure(
  failure: IFailure,
  file: string,
  path: NodePath
): IFailure {
  const { code, technical } = failure;
  if (isFileFailure(failure) && !isLinkedCause(code)) {
    return failure;
  }
  const cause = isLinkedCause(code) ? code : 'node-unreadable';
  return { code: 'linked-file', path, file, cause, technical };
}

/** The filters that cannot be undone here, by name and number. */
export function missingFilters(filters: readonly Filter[]): string[] {
  return filters
    .filter(filter => !BUILT_IN_FILTERS.has(filter.id))
    .map(filter => `${filter.name || 'filter'} (${filter.id})`);
}
