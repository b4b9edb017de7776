import { CheckError, few, field, flag, orNull, range, text } from '../checks';

describe('few()', () => {
  it('should take a list up to its length, and look at nothing of a longer one', () => {
    const looked = jest.fn(text);
    expect(few(looked, 2)(['a', 'b'], 'at')).toEqual(['a', 'b']);
    looked.mockClear();
    expect(() => few(looked, 2)(['a', 'b', 'c'], 'at')).toThrow(
      'at has more than 2'
    );
    expect(looked).not.toHaveBeenCalled();
  });

  it('should refuse what is no list', () => {
    expect(() => few(text, 2)({ length: 1 }, 'at')).toThrow('at is no list');
  });
});

describe('orNull()', () => {
  it('should take null, and what its check takes', () => {
    expect(orNull(text)(null, 'at')).toBeNull();
    expect(orNull(text)('a', 'at')).toBe('a');
    expect(() => orNull(text)(undefined, 'at')).toThrow(CheckError);
  });
});

describe('flag()', () => {
  it('should take true and false alone', () => {
    expect([flag(true, 'at'), flag(false, 'at')]).toEqual([true, false]);
    expect(() => flag(1, 'at')).toThrow('at is neither true nor false');
  });
});

describe('range()', () => {
  it('should take two finite numbers', () => {
    expect(range([2, 1], 'at')).toEqual([2, 1]);
    expect(() => range([1], 'at')).toThrow(CheckError);
    expect(() => range([1, null], 'at')).toThrow('at[1] is no number');
  });
});

describe('field()', () => {
  it('should name the place in what it refuses', () => {
    expect(() => field({ b: 1 }, 'a', 'b', text)).toThrow('a.b is no text');
    expect(() => field({}, '', 'b', text)).toThrow('b is no text');
  });
});
