import type { TranslationBundle } from '@jupyterlab/translation';
import type {
  FileFailureCode,
  IFailure,
  NodeFailureCode
} from '../refs/failure';
import { isFileFailure } from '../refs/failure';

/** What is wrong, and what to do about it, in one sentence or two. */
export function failureSentence(
  failure: IFailure,
  trans: TranslationBundle
): string {
  if (failure.code === 'linked-file') {
    return linkedSentence(failure, trans);
  }
  return isFileFailure(failure)
    ? fileSentence(failure.code, trans)
    : nodeSentence(failure.code as OwnNodeCode, trans);
}

/** What can be wrong with a node of the opened file itself. */
type OwnNodeCode = Exclude<NodeFailureCode, 'linked-file'>;

/** What is wrong with a linked file, or with what the link leads to in it. */
function linkedSentence(
  { file = '', cause = 'node-unreadable' }: IFailure,
  trans: TranslationBundle
): string {
  switch (cause) {
    case 'not-found':
      return trans.__(
        'This lies in the file %1, which is not there. Put it beside this file and reload this file.',
        file
      );
    case 'forbidden':
      return trans.__(
        'This lies in the file %1, which the server may not read. Check its permissions and reload this file.',
        file
      );
    case 'empty-file':
    case 'not-hdf5':
      return trans.__(
        'This lies in the file %1, which is not an HDF5 file. Put the file that the run saved in its place and reload this file.',
        file
      );
    case 'truncated':
    case 'damaged':
      return trans.__(
        'This lies in the file %1, which is damaged or was copied only in part. Copy it again and reload this file.',
        file
      );
    case 'file-changed':
      return trans.__(
        'This lies in the file %1, which changed on disk while it was open. Reload this file to read it anew.',
        file
      );
    case 'too-large':
      return trans.__(
        'This lies in the file %1, which is too large to be read whole, and this server cannot send parts of it.',
        file
      );
    case 'server-gone':
      return trans.__(
        'This lies in the file %1, which the server did not send. Reload this file to try again.',
        file
      );
    case 'node-missing':
      return trans.__(
        'This should lie in the file %1, but the name that the link gives is not in there.',
        file
      );
    case 'external-link':
      return trans.__(
        'The link leads to another link in the file %1, which is not followed.',
        file
      );
    case 'node-unreadable':
      return trans.__(
        'This lies in the file %1 and could not be read. The rest can still be used.',
        file
      );
  }
}

function fileSentence(code: FileFailureCode, trans: TranslationBundle): string {
  switch (code) {
    case 'not-found':
      return trans.__(
        'The file is not there any more: it was moved, renamed or deleted. Put it back and press Retry, or close this tab.'
      );
    case 'forbidden':
      return trans.__(
        'The server may not read this file. Check its permissions, then press Retry.'
      );
    case 'empty-file':
      return trans.__(
        'The file is empty (0 bytes): the program that wrote it stopped before saving. Run it again, then press Retry.'
      );
    case 'not-hdf5':
      return trans.__(
        'This is not an HDF5 file, whatever its name says. Open it with another viewer (Open With), or choose the file that Neuronvisio saved.'
      );
    case 'truncated':
      return trans.__(
        'The file ends too early: it was copied or saved only in part. Copy it again, then press Retry.'
      );
    case 'damaged':
      return trans.__(
        'The file is damaged: its HDF5 structure cannot be read. Use another copy of it, or save the results again.'
      );
    case 'server-gone':
      return trans.__(
        'The Jupyter server does not answer. Check that it is running and that you are online, then press Retry.'
      );
    case 'file-changed':
      return trans.__(
        'The file changed on disk while it was open. Press Retry to read it anew.'
      );
    case 'too-large':
      return trans.__(
        'This server cannot send parts of a file, and the file is too large to be read whole. Open it from a folder of the Jupyter server itself.'
      );
    case 'cancelled':
      return trans.__('Reading was stopped. Press Retry to read it again.');
    case 'reader-stopped':
      return trans.__(
        'The reader stopped unexpectedly at this file. Nothing was changed. Press Retry to start it again.'
      );
    case 'reader-hung':
      return trans.__(
        'The reader did not come to an end and was stopped. Nothing was changed. Press Retry to start it again.'
      );
    case 'reader-missing':
      return trans.__(
        'The reader could not be started in this browser. Reload the page; if that does not help, reinstall jupyterlab-neuronvisio.'
      );
  }
}

function nodeSentence(code: OwnNodeCode, trans: TranslationBundle): string {
  switch (code) {
    case 'node-missing':
      return trans.__(
        'Nothing of this name is in the file, or it is a link to something that is not there.'
      );
    case 'node-name':
      return trans.__(
        'The name of this item is not valid text (UTF-8), so it cannot be read. The rest of the file can.'
      );
    case 'filter-missing':
      return trans.__(
        'The values are compressed in a way that this viewer cannot read. Save them without compression or with gzip to see them.'
      );
    case 'type-unsupported':
      return trans.__(
        'The numbers are stored in a form that this viewer does not support, so none are shown. Save them as integers or floating-point numbers of the usual forms to see them.'
      );
    case 'not-drawable':
      return trans.__(
        'These values are not a line of numbers, so they cannot be drawn. See them in the details below the tree.'
      );
    case 'node-too-large':
      return trans.__(
        'The file claims more values here than can be read safely, so nothing was read.'
      );
    case 'external-link':
      return trans.__(
        'This points into another file. For safety, other files are opened only for whole sections and x of the results, and only from the folder of this file.'
      );
    case 'node-unreadable':
      return trans.__(
        'This item could not be read. The rest of the file can still be used.'
      );
    case 'output-unsaved':
      return trans.__(
        'The notebook does not hold this, and it was in no file. Save it and run the cell again to see it.'
      );
    case 'output-untrusted':
      return trans.__(
        'The notebook does not hold this, and reads no file because it is not trusted. Trust the notebook, or open the file in a tab.'
      );
    case 'output-unreadable':
      return trans.__(
        'The notebook does not hold this, and the file cannot be read; the line above says why.'
      );
  }
}
