import { nullTranslator } from '@jupyterlab/translation';
import type { FailureCode, LinkedCause } from '../../refs/failure';
import { failureSentence } from '../message';
import { MessagePane } from '../messagepane';

const trans = nullTranslator.load('test');

const CODES: FailureCode[] = [
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
  'reader-missing',
  'node-missing',
  'node-unreadable',
  'node-name',
  'filter-missing',
  'not-drawable',
  'node-too-large',
  'external-link',
  'linked-file'
];

describe('failureSentence()', () => {
  it('has a sentence of its own for each failure', () => {
    const sentences = CODES.map(code =>
      failureSentence({ code, technical: '' }, trans)
    );
    expect(new Set(sentences).size).toBe(CODES.length);
    expect(sentences.every(sentence => sentence.endsWith('.'))).toBe(true);
  });

  it.each<LinkedCause>([
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
  ])('names the linked file where it is %s', cause => {
    const file = 'storage_rank_1.h5';
    const failure = {
      code: 'linked-file',
      file,
      cause,
      technical: ''
    } as const;
    expect(failureSentence(failure, trans)).toContain(` ${file}`);
  });

  it('never shows the technical words', () => {
    const sentence = failureSentence(
      { code: 'damaged', technical: 'H5Fopen failed' },
      trans
    );
    expect(sentence).not.toContain('H5Fopen');
  });
});

describe('MessagePane', () => {
  it('folds the technical details and offers to try again', () => {
    const pane = new MessagePane(trans);
    const retried = jest.fn();
    pane.retryRequested.connect(retried);
    pane.showFailure({ code: 'truncated', technical: '<b>eof</b>' });
    const details = pane.node.querySelector('details');
    expect(details?.open).toBe(false);
    expect(details?.textContent).toContain('<b>eof</b>');
    pane.node.querySelector('button')?.click();
    expect(retried).toHaveBeenCalledTimes(1);
  });

  it('says why it takes long before anything of the whole file has come', () => {
    const pane = new MessagePane(trans);
    pane.showActivity({ what: 'downloading', done: 0, total: null });
    expect(pane.node.textContent).toContain(
      'Reading the whole file, since the server sends no parts of it…'
    );
    pane.showActivity({ what: 'downloading', done: 1e6, total: null });
    expect(pane.node.textContent).toContain(
      'Reading the whole file, since the server sends no parts of it: 1.0 MB'
    );
  });

  it('shows how far a download has come and stops it', () => {
    const pane = new MessagePane(trans);
    const stopped = jest.fn();
    pane.stopRequested.connect(stopped);
    pane.showActivity({ what: 'downloading', done: 2e6, total: 8e6 });
    expect(pane.node.textContent).toContain('2.0 of 8.0 MB');
    expect(pane.node.querySelector('progress')?.value).toBe(2e6);
    pane.node.querySelector('button')?.click();
    expect(stopped).toHaveBeenCalledTimes(1);
  });
});
