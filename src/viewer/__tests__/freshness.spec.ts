import { Following } from '../following';
import { Freshness } from '../freshness';
import { ViewerOptions } from '../options';
import { FakeLook, pass } from './fakelook';

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

    it('takes the age that a look tells where nothing was known of the file before', async () => {
      const look = new FakeLook();
      jest.spyOn(look, 'first').mockReturnValue(null);
      look.write(new Date().toISOString());
      const freshness = new Freshness({
        look,
        following: new Following(new ViewerOptions()),
        isInSight: () => true
      });
      await freshness.begin();
      const half = { code: 'truncated', technical: '' } as const;
      expect(freshness.patience.isPassing(half)).toBe(true);
      freshness.dispose();
    });
  });

  describe('#due', () => {
    const SECOND = '2026-01-01T12:00:01.000000Z';
    let look: FakeLook;
    let following: Following;
    let freshness: Freshness;
    let due: jest.Mock;

    beforeEach(async () => {
      jest.useFakeTimers();
      look = new FakeLook();
      following = new Following(new ViewerOptions());
      following.choose(true);
      freshness = new Freshness({ look, following, isInSight: () => true });
      due = jest.fn();
      freshness.due.connect(due);
      await freshness.begin();
      freshness.end(false);
    });

    afterEach(() => {
      freshness.dispose();
      jest.useRealTimers();
    });

    it('is told once of a change that is followed, at the earliest 2 s after the last opening', async () => {
      look.write(SECOND);
      await pass(1900);
      expect(due).not.toHaveBeenCalled();
      await pass(1100);
      expect(due).toHaveBeenCalledTimes(1);
    });

    it('is not told while the file is being opened, which is a try', async () => {
      void freshness.begin();
      freshness.tryAgain();
      await pass(500);
      expect(due).not.toHaveBeenCalled();
      freshness.end(false);
      look.write(SECOND);
      await pass(4000);
      expect(due).toHaveBeenCalledTimes(1);
    });

    it('is told again where nobody opened the file at the first time', async () => {
      freshness.tryAgain();
      await pass(500);
      expect(due).toHaveBeenCalledTimes(1);
      look.write(SECOND);
      await pass(4000);
      expect(due.mock.calls.length).toBeGreaterThan(1);
    });

    it('is not told of a change that is followed no more by then', async () => {
      look.write(SECOND);
      await pass(1500);
      following.choose(false);
      await pass(5000);
      expect(due).not.toHaveBeenCalled();
    });

    it('is told later and later while the file fails without a change', async () => {
      look.write(SECOND);
      await pass(1500);
      look.isGone = true;
      const times: number[] = [];
      const began = performance.now();
      freshness.due.connect(() => {
        times.push(Math.round((performance.now() - began) / 100) / 10);
        void freshness.begin();
        freshness.end(true);
      });
      await pass(60_000);
      const gaps = times.slice(1).map((time, i) => time - times[i]);
      expect(gaps.slice(0, 4).map(Math.round)).toEqual([2, 4, 8, 16]);
    });

    it('is not told any more once it was disposed', async () => {
      freshness.dispose();
      freshness.end(true);
      freshness.endHalf();
      await pass(5000);
      expect(due).not.toHaveBeenCalled();
      expect(jest.getTimerCount()).toBe(0);
    });
  });
});
