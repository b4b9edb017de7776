import type { Contents } from '@jupyterlab/services';
import { ServerConnection } from '@jupyterlab/services';
import { ResultSource } from '../hdf5/client';
import type { IResultSource } from '../hdf5/source';
import type { Addresses } from './addresses';
import type { ViewerOptions } from './options';
import type { IFileLook } from './changes';
import type { ResultContext } from './document';
import type { IFileState } from './filestate';
import {
  fileContents,
  fileLocation,
  likelyLocation,
  siblingLocation,
  siblingPath
} from './location';

/** Where files are read from. */
export interface IFileServices {
  readonly contents: Contents.IManager;
  readonly serverSettings: ServerConnection.ISettings;
  /** How much of a file is kept in memory; the default when absent. */
  readonly options?: ViewerOptions;
  /** Where files lay before; nothing is asked for ahead of its address when absent. */
  readonly addresses?: Addresses;
}

/**
 * The reader of a file that the contents manager knows; nothing is read before
 * it is opened. The path is asked for at each opening: a file may be renamed.
 */
export function fileSource(
  path: () => string,
  { contents, serverSettings, options, addresses }: IFileServices
): IResultSource {
  return new ResultSource({
    cacheBytes: options && (() => options.current.cacheMegabytes * 2 ** 20),
    location: () => fileLocation(path(), contents, serverSettings, addresses),
    likely: () => likelyLocation(path(), serverSettings, addresses),
    fallback: (progress, signal) =>
      fileContents(path(), contents, progress, signal),
    beside: file => ({
      location: () => siblingLocation(path(), file, contents, serverSettings),
      fallback: (progress, signal) =>
        fileContents(
          siblingPath(path(), file, contents),
          contents,
          progress,
          signal
        )
    })
  });
}

/** The ways to look at a document's file, whichever drive it is on. */
export function documentLook(
  context: ResultContext,
  { contents }: Pick<IFileServices, 'contents'>
): IFileLook {
  return {
    ...fileLook(() => context.path, contents),
    changed: contents.fileChanged,
    first: () => context.contentsModel && stateOf(context.contentsModel)
  };
}

/** The ways to look at a file of which nothing is known yet. */
export function fileLook(
  path: () => string,
  contents: Contents.IManager
): IFileLook {
  return {
    first: () => null,
    look: async linked => {
      const at =
        linked === undefined ? path() : siblingPath(path(), linked, contents);
      try {
        return stateOf(await contents.get(at, { content: false }));
      } catch (reason) {
        if (isNotFound(reason)) {
          return null;
        }
        throw reason;
      }
    }
  };
}

/** Whether a server said that there is no such file. */
export function isNotFound(reason: unknown): boolean {
  return (
    reason instanceof ServerConnection.ResponseError &&
    reason.response.status === 404
  );
}

function stateOf({
  last_modified,
  size
}: Pick<Contents.IModel, 'last_modified' | 'size'>): IFileState {
  return { modified: last_modified, size: size ?? null };
}
