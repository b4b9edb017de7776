import type { FileFailureCode, NodeFailureCode } from '../failure';
import { failureOf, isFileFailure, ReadError } from '../failure';

// Records, so that a code that is added has to be added here.
const FILE: Record<FileFailureCode, true> = {
  'not-found': true,
  forbidden: true,
  'empty-file': true,
  'not-hdf5': true,
  truncated: true,
  damaged: true,
  'server-gone': true,
  'file-changed': true,
  'too-large': true,
  cancelled: true,
  'reader-stopped': true,
  'reader-hung': true,
  'reader-missing': true
};
const NODE: Record<NodeFailureCode, true> = {
  'node-missing': true,
  'node-unreadable': true,
  'node-name': true,
  'filter-missing': true,
  'type-unsupported': true,
  'not-drawable': true,
  'node-too-large': true,
  'external-link': true,
  'linked-file': true,
  'output-unsaved': true,
  'output-untrusted': true,
  'output-unreadable': true
};

describe('ReadError', () => {
  it('should say what failed and where', () => {
    const failure = {
      code: 'filter-missing',
      path: '/results/g/x',
      technical: 'blosc'
    } as const;
    const error = new ReadError(failure);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('ReadError');
    expect(error.message).toBe('filter-missing at /results/g/x: blosc');
    expect(error.failure).toBe(failure);
  });

  it('should name no place where the whole file failed', () => {
    const error = new ReadError({ code: 'truncated', technical: 'eof' });
    expect(error.message).toBe('truncated: eof');
  });
});

describe('#isFileFailure()', () => {
  it.each(Object.keys(FILE) as FileFailureCode[])(
    'should take %s as concerning the whole file',
    code => {
      expect(isFileFailure({ code, technical: '' })).toBe(true);
    }
  );

  it.each(Object.keys(NODE) as NodeFailureCode[])(
    'should take %s as concerning one node',
    code => {
      expect(isFileFailure({ code, technical: '' })).toBe(false);
    }
  );
});

describe('#failureOf()', () => {
  it('should hand over the failure of a reader as it is', () => {
    const failure = { code: 'node-missing', technical: 'gone' } as const;
    expect(failureOf(new ReadError(failure), 'damaged')).toBe(failure);
  });

  it('should keep the words of any other error', () => {
    expect(failureOf(new TypeError('no such thing'), 'damaged')).toEqual({
      code: 'damaged',
      technical: 'no such thing'
    });
  });

  it.each([
    ['text', 'text'],
    [undefined, 'undefined'],
    [null, 'null'],
    [404, '404']
  ])('should make text of a thrown %p', (reason, technical) => {
    expect(failureOf(reason, 'not-found')).toEqual({
      code: 'not-found',
      technical
    });
  });
});
