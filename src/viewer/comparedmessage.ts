import type { TranslationBundle } from '@jupyterlab/translation';
import type { IFailure } from '../refs/failure';
import { isFileFailure } from '../refs/failure';
import { failureSentence } from './message';

/** What is wrong with a compared file as a whole, by its name, and what to do about it. */
export function comparedSentence(
  failure: IFailure,
  file: string,
  trans: TranslationBundle
): string {
  if (!isFileFailure(failure)) {
    return failureSentence(failure, trans);
  }
  switch (failure.code) {
    case 'not-found':
      return trans.__(
        '%1 is not there: it was moved, renamed or deleted. It is read once it is back; or compare with it no more.',
        file
      );
    case 'forbidden':
      return trans.__(
        'The server may not read %1. Check its permissions, then press Reload file.',
        file
      );
    case 'empty-file':
    case 'not-hdf5':
      return trans.__(
        '%1 is not an HDF5 file, whatever its name says. Compare with the file that Neuronvisio saved.',
        file
      );
    case 'truncated':
    case 'damaged':
      return trans.__(
        '%1 is damaged or was copied only in part. Copy it again, then press Reload file.',
        file
      );
    case 'file-changed':
      return trans.__(
        '%1 changed on disk while it was open. Press Reload file to read it anew.',
        file
      );
    case 'too-large':
      return trans.__(
        '%1 is too large to be read whole, and this server cannot send parts of it.',
        file
      );
    case 'server-gone':
      return trans.__(
        'The Jupyter server did not send %1. Press Reload file to try again.',
        file
      );
    case 'cancelled':
    case 'reader-stopped':
    case 'reader-hung':
      return trans.__(
        'Reading %1 was stopped before its end. Press Reload file to read it again.',
        file
      );
    case 'reader-missing':
      return trans.__(
        'The reader of %1 could not be started in this browser. Reload the page; if that does not help, reinstall jupyterlab-neuronvisio.',
        file
      );
  }
}
