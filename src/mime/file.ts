import { PathExt } from '@jupyterlab/coreutils';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { Contents } from '@jupyterlab/services';
import type { IFailure } from '../refs/failure';
import { failureOf } from '../refs/failure';
import { pathFrom } from '../refs/place';
import type { IFileServices } from '../viewer/source';
import { fileSource, isNotFound } from '../viewer/source';
import { WatchedSource } from '../viewer/watched';
import type { IBundleFile } from './payload';
import type { IOpenedFile } from './source';

/** Dates that lie closer together, in milliseconds, are the same: not every server tells the parts of a second. */
const SAME_DATE = 1000;

/** What came of opening the file of an output. */
export type FileOutcome =
  | {
      readonly kind: 'opened';
      readonly file: IOpenedFile;
      /** Whether its date is another than the output tells. */
      readonly hasOtherDate: boolean;
    }
  | { readonly kind: 'gone' | 'changed' }
  | { readonly kind: 'failed'; readonly failure: IFailure };

/**
 * The path of an output's file for the contents manager, from where the
 * notebook is now; null when that is not inside the server's root.
 */
export async function outputPath(
  file: IBundleFile,
  resolver: IRenderMime.IResolver | null,
  contents: Contents.IManager
): Promise<string | null> {
  // Only the folder is asked of it: it would take `..` beyond the root for the root.
  const beside = resolver ? decodeURI(await resolver.resolveUrl('x')) : 'x';
  const folder = PathExt.dirname(contents.localPath(beside));
  const path = pathFrom(folder, file.path);
  const drive = contents.driveName(beside);
  return path === null || drive === '' ? path : `${drive}:${path}`;
}

/** Whether there is a file at a path, and whether it is still the one of an output. */
export async function outputState(
  file: IBundleFile,
  path: string,
  contents: Contents.IManager
): Promise<'same' | 'other-date' | 'changed' | 'gone'> {
  let model: Contents.IModel;
  try {
    model = await contents.get(path, { content: false });
  } catch (reason) {
    if (isNotFound(reason)) {
      return 'gone';
    }
    throw reason;
  }
  if (typeof model.size === 'number' && model.size !== file.size) {
    return 'changed';
  }
  const apart = Date.parse(model.last_modified) - Date.parse(file.modified);
  return Math.abs(apart) >= SAME_DATE ? 'other-date' : 'same';
}

/** Open the file of an output; one that changed only when that is asked for. */
export async function openOutputFile(
  file: IBundleFile,
  path: string,
  services: IFileServices,
  evenChanged: boolean
): Promise<FileOutcome> {
  try {
    const state = await outputState(file, path, services.contents);
    if (state === 'gone' || (state === 'changed' && !evenChanged)) {
      return { kind: state };
    }
    const opened = await openedFile(
      new WatchedSource(fileSource(() => path, services))
    );
    return { kind: 'opened', file: opened, hasOtherDate: state !== 'same' };
  } catch (reason) {
    return { kind: 'failed', failure: failureOf(reason, 'server-gone') };
  }
}

async function openedFile(source: WatchedSource): Promise<IOpenedFile> {
  try {
    return { source, summary: await source.open() };
  } catch (reason) {
    source.dispose();
    throw reason;
  }
}
