import {
  childPath,
  groupXPath,
  inGroup,
  nodeName,
  parentPath,
  refNames
} from '../layout';

describe('#childPath()', () => {
  it('should put one slash between a parent and a child', () => {
    expect(childPath('/', 'results')).toBe('/results');
    expect(childPath('/results', 'VecRef')).toBe('/results/VecRef');
  });
});

describe('#parentPath()', () => {
  it('should lead to the root, which is its own parent', () => {
    expect(parentPath('/results/VecRef')).toBe('/results');
    expect(parentPath('/results')).toBe('/');
    expect(parentPath('/')).toBe('/');
  });
});

describe('#inGroup()', () => {
  it('should be the same place in another group', () => {
    expect(inGroup('/results/VecRef/soma/v', 'Mine')).toBe(
      '/results/Mine/soma/v'
    );
    expect(inGroup('/results/VecRef/x', 'Mine')).toBe('/results/Mine/x');
    expect(inGroup('/results/VecRef', 'Mine')).toBe('/results/Mine');
  });
});

describe('#nodeName()', () => {
  it('should be the last name of a path, and empty for the root', () => {
    expect(nodeName('/results/VecRef/x')).toBe('x');
    expect(nodeName('/')).toBe('');
  });
});

describe('#refNames()', () => {
  it('should part a path into group, section and variable', () => {
    expect(refNames('/results/VecRef/dend[3]/v')).toEqual({
      group: 'VecRef',
      section: 'dend[3]',
      variable: 'v'
    });
  });

  it('should have no section for a variable directly under its group', () => {
    expect(refNames('/results/VecRef/x')).toEqual({
      group: 'VecRef',
      section: '',
      variable: 'x'
    });
  });

  it('should have no group for a dataset directly under the results', () => {
    expect(refNames('/results/count')).toEqual({
      group: '',
      section: '',
      variable: 'count'
    });
  });

  it('should have all that is between as the section', () => {
    expect(refNames('/results/g/s/t/v').section).toBe('s/t');
  });

  it('should have no group outside the results', () => {
    expect(refNames('/run/a/y')).toEqual({
      group: '',
      section: 'run/a',
      variable: 'y'
    });
    expect(refNames('/y').section).toBe('');
    expect(refNames('/results_old/g/s/v').group).toBe('');
  });
});

describe('#groupXPath()', () => {
  it("should be the group's x, however deep the variable is", () => {
    expect(groupXPath('/results/VecRef/soma/v')).toBe('/results/VecRef/x');
    expect(groupXPath('/results/g/v')).toBe('/results/g/x');
    expect(groupXPath('/results/g/s/t/v')).toBe('/results/g/x');
  });

  it('should be null where there is no group', () => {
    expect(groupXPath('/results/count')).toBeNull();
    expect(groupXPath('/run/y')).toBeNull();
  });
});
