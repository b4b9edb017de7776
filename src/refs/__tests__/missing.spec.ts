import type { IFailure } from '../failure';
import { groupsNaming } from '../missing';

const NAMES: Readonly<Record<string, readonly string[]>> = {
  '/': ['results'],
  '/results/VecRef': ['dend_1', 'soma']
};

function naming(path: string, code: IFailure['code'] = 'node-missing') {
  const failure = { code, path, technical: '' };
  return groupsNaming(failure, group => NAMES[group]);
}

describe('#groupsNaming()', () => {
  it('gives the groups that name a missing node, and those above it', () => {
    const groups = ['/results/VecRef', '/'];
    expect(naming('/results/VecRef/soma')).toEqual(groups);
    expect(naming('/results/VecRef/soma/v')).toEqual(groups);
    expect(naming('/results/VecRef/axon')).toEqual(['/']);
    expect(naming('/other/soma')).toEqual([]);
  });

  it('gives none for another failure, or one of no node', () => {
    expect(naming('/results/VecRef/soma', 'damaged')).toEqual([]);
    const failure = { code: 'node-missing', technical: '' } as const;
    expect(groupsNaming(failure, group => NAMES[group])).toEqual([]);
  });
});
