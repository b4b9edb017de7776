import { DrawPace } from '../pace';

describe('DrawPace', () => {
  describe('#wait()', () => {
    it('draws what comes first at once', () => {
      expect(new DrawPace().wait(5)).toBe(0);
    });

    it('leaves most of the time to others', () => {
      const pace = new DrawPace();
      pace.drawn(1000, 1200);
      expect(pace.wait(1200)).toBe(800);
      expect(pace.wait(1900)).toBe(100);
      expect(pace.wait(2000)).toBe(0);
    });

    it('waits for many that come together, and for a few of them does not', () => {
      const pace = new DrawPace();
      pace.expect(8, 1000);
      expect(pace.wait(1000)).toBe(0);
      pace.expect(9, 1000);
      pace.drawn(1000, 1005);
      expect(pace.wait(1100)).toBe(150);
      expect(pace.wait(1250)).toBe(0);
    });

    it('does not wait after a quick drawing', () => {
      const pace = new DrawPace();
      pace.drawn(1000, 1001);
      expect(pace.wait(1001)).toBe(0);
    });
  });
});
