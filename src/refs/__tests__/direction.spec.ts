import { withoutTurns } from '../direction';

describe('withoutTurns()', () => {
  it.each(['\u202e', '\u2067', '\u200f', '\u061c', '\u2069'])(
    'should show a mark that turns text: %j',
    mark => {
      expect(withoutTurns(`so${mark}ma`)).toBe('so\ufffdma');
    }
  );

  it('should leave letters of any direction as they are', () => {
    expect(withoutTurns('סומה soma µ 1,234')).toBe('סומה soma µ 1,234');
  });
});
