import { isLinkedFileName } from '../refs/filename';
import { ReadError } from '../refs/failure';
import type { FileSource, IGiven, IWanted } from './protocol';

/** Called while a file is read whole. */
type IProgress = (done: number, total: number | null) => void;

/** The ways to a file. */
export interface IFilePlace {
  /** Where the file is; asked anew at each opening. */
  readonly location: () => Promise<FileSource>;
  /** The whole file by another way, for a drive where `location` leads to nothing. */
  readonly fallback?: (
    progress: IProgress,
    signal: AbortSignal
  ) => Promise<ArrayBuffer>;
}

/** What the page answers a worker with. */
export interface IGiveOptions {
  /** The ways to a file by its path from the opened file's folder; absent where none is to be had. */
  readonly beside?: (file: string) => IFilePlace;
  readonly progress: IProgress;
  readonly signal: AbortSignal;
}

/** The page's answer to a worker that wants a linked file. */
export async function give(
  { id, file, whole }: IWanted,
  options: IGiveOptions
): Promise<IGiven> {
  try {
    const source = await sourceOf(file, whole, options);
    return { kind: 'given', id, source, failure: null };
  } catch (reason) {
    // What else is thrown says nothing in our words.
    const failure = reason instanceof ReadError ? reason.failure : null;
    return { kind: 'given', id, source: null, failure };
  }
}

async function sourceOf(
  file: string,
  whole: boolean,
  { beside, progress, signal }: IGiveOptions
): Promise<FileSource | null> {
  // The worker looked at the name already; a folder's wall is worth a second look.
  if (!beside || !isLinkedFileName(file)) {
    return null;
  }
  const { location, fallback } = beside(file);
  if (!whole) {
    return location();
  }
  return fallback
    ? { kind: 'bytes', buffer: await fallback(progress, signal) }
    : null;
}
