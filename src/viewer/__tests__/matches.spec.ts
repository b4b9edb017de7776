import { Matches } from '../matches';

const DEND = '/results/VecRef/dend_1';

function names(matches: Matches, path: string): string[] {
  return Array.from(matches.shown.get(path) ?? []);
}

describe('Matches', () => {
  it('shows a match with all that is above it', () => {
    const matches = new Matches(['dend'], new Set());
    matches.set(`${DEND}/v`, true);
    expect(names(matches, DEND)).toEqual(['v']);
    expect(names(matches, '/results/VecRef')).toEqual(['dend_1']);
    expect(names(matches, '/results')).toEqual(['VecRef']);
    expect(matches.count).toBe(1);
  });

  it('keeps a section above a match when the section itself is no match', () => {
    const matches = new Matches(['dend'], new Set());
    matches.set(`${DEND}/v`, true);
    matches.set(DEND, false);
    expect(names(matches, '/results/VecRef')).toEqual(['dend_1']);
    expect(matches.count).toBe(1);
  });

  it('takes away a match, and what stood above it alone', () => {
    const matches = new Matches(['dend'], new Set());
    matches.set(`${DEND}/v`, true);
    matches.set('/results/SynVecRef/dend_1/g', true);
    matches.set(`${DEND}/v`, false);
    expect(names(matches, '/results')).toEqual(['SynVecRef']);
    expect(matches.count).toBe(1);
  });
});
