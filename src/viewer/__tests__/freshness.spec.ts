import { Following } from '../following';
import { Freshness } from '../freshness';
import { ViewerOptions } from '../options';
import { FakeLook } from './fakelook';

describe('Freshness', () => {
  describe('#begin()', () => {
    it('takes the age of the file once that is known, though it was not at first', () => {
      const look = new FakeLook();
      const first = jest.spyOn(look, 'first').mockReturnValue(null);
      const freshness = new Freshness({
        look,
        following: new Following(new ViewerOptions()),
        isInSight: () => true
      });
      const sawAge = jest.spyOn(freshness.patience, 'sawAge');
      void freshness.begin();
      expect(sawAge).not.toHaveBeenCalled();
      first.mockReturnValue({ modified: new Date().toISOString(), size: 1 });
      void freshness.begin();
      void freshness.begin();
      expect(sawAge).toHaveBeenCalledTimes(1);
      expect(sawAge.mock.calls[0][0]).toBeLessThan(60_000);
      freshness.dispose();
    });
  });
});
