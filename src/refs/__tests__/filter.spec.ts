import { Filter, filterWords, matchedWords } from '../filter';
import { refNames } from '../layout';

const VARIABLES = new Set(['v', 'cai', 'm_hh']);

function found(text: string, path: string, detail = ''): boolean {
  const filter = new Filter(filterWords(text), VARIABLES);
  return filter.matches(refNames(path), detail);
}

describe('#filterWords()', () => {
  it('should part words at any space, in lower case, each once', () => {
    expect(filterWords('  Dend\t10  v dend ')).toEqual(['dend', '10', 'v']);
    expect(filterWords('   ')).toEqual([]);
    expect(filterWords('amp=0.4 v')).toEqual(['amp', '0.4', 'v']);
  });

  it('should ignore words beyond those it can count', () => {
    const text = Array.from({ length: 100 }, (_, i) => `w${i}`).join(' ');
    const words = filterWords(text);
    expect(words.length).toBeLessThan(32);
    const filter = new Filter(words, VARIABLES);
    expect(filter.mask(words.join(' '))).toBe(filter.all);
  });
});

describe('#matches()', () => {
  it('should find the words over group, section, variable and detail', () => {
    const path = '/results/VecRef/dend_10/cai';
    expect(found('vecref dend CAI middle', path, 'At the Middle')).toBe(true);
    expect(found('vecref dend cai end_of', path, 'At the Middle')).toBe(false);
  });

  it('should match digits at the edge of a word with whole numbers', () => {
    expect(found('10', '/results/VecRef/dend_10/v')).toBe(true);
    expect(found('10', '/results/VecRef/dend_100/v')).toBe(false);
    expect(found('10', '/results/VecRef/dend_210/v')).toBe(false);
    expect(found('dend_1', '/results/VecRef/dend_10/v')).toBe(false);
    expect(found('dend_1', '/results/VecRef/dend_10_dend_1/v')).toBe(true);
  });

  it('should match other words in part', () => {
    expect(found('den', '/results/VecRef/dend_10/v')).toBe(true);
    expect(found('dend_', '/results/VecRef/dend_10/v')).toBe(true);
  });

  it('should match the name of a variable as a whole', () => {
    expect(found('dend 10 v', '/results/VecRef/dend_10/v')).toBe(true);
    expect(found('dend 10 V', '/results/VecRef/dend_10/cai')).toBe(false);
    expect(found('cai', '/results/VecRef/dend_10/cai_2')).toBe(true);
    expect(found('cai', '/results/VecRef/dend_10/caix')).toBe(false);
    expect(found('m_hh', '/results/VecRef/dend_10/m_hh')).toBe(true);
    expect(found('v', '/results/VecRef/dend_10/ica', 'beside v.')).toBe(true);
  });

  it('should find a section with brackets by either way of writing', () => {
    const bracketed = '/results/VecRef/dend[10]/v';
    expect(found('dend 10', bracketed)).toBe(true);
    expect(found('dend[10]', bracketed)).toBe(true);
    expect(found('dend[1]', bracketed)).toBe(false);
    expect(found('dend[10]', '/results/VecRef/dend_10/v')).toBe(true);
    expect(found('dend[1]', '/results/VecRef/dend_10/v')).toBe(false);
  });
});

describe('#matchedWords()', () => {
  it.each([
    [0, 0],
    [0b1, 1],
    [0b1011, 3],
    [2 ** 30 - 1, 30]
  ])('should count the words of %i as %i', (mask, words) => {
    expect(matchedWords(mask)).toBe(words);
  });
});
