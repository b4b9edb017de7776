import { nullTranslator } from '@jupyterlab/translation';
import type { FailureCode } from '../../refs/failure';
import { comparedSentence } from '../comparedmessage';
import { failureSentence } from '../message';

const trans = nullTranslator.load('test');
const FILE = 'Sim_1/run.h5';

describe('comparedSentence()', () => {
  it.each<FailureCode>([
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
  ])('names the compared file where it is %s', code => {
    const failure = { code, technical: '' };
    const sentence = comparedSentence(failure, FILE, trans);
    expect(sentence).toContain(FILE);
    expect(sentence).toMatch(/\.$/);
    // There is no Retry for it, and its tab is another one.
    expect(sentence).not.toMatch(/Retry|tab/);
  });

  it('says of one node what is said of it in any file', () => {
    const failure = { code: 'filter-missing', technical: '' } as const;
    expect(comparedSentence(failure, FILE, trans)).toBe(
      failureSentence(failure, trans)
    );
  });
});
