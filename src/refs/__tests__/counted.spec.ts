import { counted } from '../counted';

describe('#counted()', () => {
  it('should put commas between thousands', () => {
    expect([0, 999, 1000, 10_000_000].map(counted)).toEqual([
      '0',
      '999',
      '1,000',
      '10,000,000'
    ]);
  });
});
