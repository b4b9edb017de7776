import { columnsOf, isNumeric, notDrawable } from '../drawable';
import { pairingOf } from '../pairing';
import type { INodeFacts, NodeDescription } from '../types';

function facts(changes: Partial<INodeFacts> = {}): INodeFacts {
  return {
    path: '/results/VecRef/soma/v',
    kind: 'dataset',
    shape: [10],
    dtype: 'float64',
    valueClass: 'float',
    detail: '',
    units: null,
    ...changes
  };
}

const X = '/results/VecRef/x';

function x(changes: Partial<INodeFacts> = {}): NodeDescription {
  return { path: X, facts: facts({ path: X, ...changes }) };
}

describe('pairingOf()', () => {
  it('pairs with an x of the same length', () => {
    expect(pairingOf(facts(), x())).toEqual({ kind: 'x', path: X });
    expect(
      pairingOf(facts(), x({ dtype: 'int64', valueClass: 'integer' }))
    ).toEqual({ kind: 'x', path: X });
  });

  it('pairs the rows of a 2-D variable, and takes a single column for an x', () => {
    expect(pairingOf(facts({ shape: [10, 3] }), x()).kind).toBe('x');
    expect(
      pairingOf(facts({ shape: [10, 1] }), x({ shape: [10, 1] })).kind
    ).toBe('x');
  });

  it('says why it cannot', () => {
    const reason = (description: NodeDescription | null) => {
      const pairing = pairingOf(facts(), description);
      return pairing.kind === 'index' ? pairing.reason : 'x';
    };
    const failed = (code: 'node-missing' | 'node-unreadable') => ({
      path: X,
      failure: { code, technical: '' }
    });
    expect(reason(null)).toBe('chosen');
    expect(reason(failed('node-missing'))).toBe('no-x');
    expect(reason(failed('node-unreadable'))).toBe('x-unreadable');
    expect(reason(x({ kind: 'group', shape: null }))).toBe('no-x');
    expect(reason(x({ dtype: 'text', valueClass: 'text' }))).toBe(
      'x-not-numeric'
    );
    expect(reason(x({ dtype: 'bool', valueClass: 'boolean' }))).toBe(
      'x-not-numeric'
    );
    expect(reason(x({ shape: [10, 2] }))).toBe('x-not-1d');
    expect(reason(x({ shape: [] }))).toBe('x-not-1d');
    expect(reason(x({ shape: null }))).toBe('x-length');
  });

  it('tells both lengths where they differ', () => {
    expect(pairingOf(facts({ shape: [50] }), x({ shape: [101] }))).toEqual({
      kind: 'index',
      reason: 'x-length',
      path: X,
      xLength: 101,
      yLength: 50
    });
  });

  it('does not draw an x against itself', () => {
    expect(pairingOf(facts({ path: X }), x())).toMatchObject({
      kind: 'index',
      reason: 'chosen'
    });
  });
});

describe('notDrawable()', () => {
  it('lets numbers in one or two dimensions through', () => {
    expect(notDrawable(facts())).toBeNull();
    expect(notDrawable(facts({ shape: [4, 5] }))).toBeNull();
    expect(
      notDrawable(facts({ dtype: 'uint8', valueClass: 'integer' }))
    ).toBeNull();
  });

  it.each<[string, Partial<INodeFacts>]>([
    ['group', { kind: 'group', shape: null, dtype: '' }],
    ['other-type', { kind: 'other', shape: null, dtype: '' }],
    ['text', { dtype: 'text', valueClass: 'text' }],
    ['complex', { dtype: 'complex128', valueClass: 'complex' }],
    ['boolean', { dtype: 'bool', valueClass: 'boolean' }],
    ['other-type', { dtype: 'compound', valueClass: 'other' }],
    ['other-type', { dtype: 'float128' }],
    ['empty', { shape: null }],
    ['empty', { shape: [0] }],
    ['empty', { shape: [5, 0] }],
    ['scalar', { shape: [] }],
    ['dimensions', { shape: [2, 3, 4] }]
  ])('says %s of what is not', (reason, changes) => {
    expect(notDrawable(facts(changes))).toBe(reason);
  });
});

describe('columnsOf()', () => {
  it('counts one line a column', () => {
    expect(columnsOf(facts())).toBe(1);
    expect(columnsOf(facts({ shape: [5, 1] }))).toBe(1);
    expect(columnsOf(facts({ shape: [5, 7] }))).toBe(7);
  });
});

describe('isNumeric()', () => {
  it('is about datasets of plain numbers', () => {
    expect(isNumeric(facts())).toBe(true);
    expect(isNumeric(facts({ kind: 'group' }))).toBe(false);
    expect(isNumeric(facts({ dtype: 'text', valueClass: 'text' }))).toBe(false);
  });
});
