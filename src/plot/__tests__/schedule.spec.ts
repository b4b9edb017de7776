import { DrawPace } from '../pace';
import { DrawSchedule } from '../schedule';

let frames: FrameRequestCallback[];
let pause: jest.SpyInstance;

const due = jest.fn();

let schedule: DrawSchedule;

beforeEach(() => {
  jest.useFakeTimers();
  frames = [];
  due.mockClear();
  pause = jest.spyOn(DrawPace.prototype, 'wait').mockReturnValue(0);
  jest
    .spyOn(window, 'requestAnimationFrame')
    .mockImplementation(callback => frames.push(callback));
  schedule = new DrawSchedule(due);
});

afterEach(() => {
  schedule.dispose();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

/** Run the frames that were asked for; answers how many these were. */
function runFrames(): number {
  const asked = frames.splice(0);
  asked.forEach(frame => frame(0));
  return asked.length;
}

describe('DrawSchedule', () => {
  describe('#soon()', () => {
    it('should draw once in the next frame, and again in a later one', () => {
      schedule.soon();
      schedule.soon();
      expect(due).not.toHaveBeenCalled();
      expect(runFrames()).toBe(1);
      expect(due).toHaveBeenCalledTimes(1);
      schedule.soon();
      runFrames();
      expect(due).toHaveBeenCalledTimes(2);
    });
  });

  describe('#came()', () => {
    it('should wait for the pace while more is to come', () => {
      pause.mockReturnValue(500);
      schedule.came(true);
      schedule.came(true);
      jest.advanceTimersByTime(499);
      expect(frames).toHaveLength(0);
      jest.advanceTimersByTime(1);
      expect(runFrames()).toBe(1);
    });

    it('should draw what came last at once', () => {
      pause.mockReturnValue(500);
      schedule.came(true);
      schedule.came(false);
      expect(runFrames()).toBe(1);
      jest.advanceTimersByTime(500);
      expect(frames).toHaveLength(0);
    });
  });

  describe('#within()', () => {
    it('should draw what came first, and not again', () => {
      schedule.within(150);
      jest.advanceTimersByTime(100);
      schedule.came(false);
      expect(runFrames()).toBe(1);
      jest.advanceTimersByTime(150);
      expect(frames).toHaveLength(0);
    });

    it('should draw after the time where nothing came', () => {
      schedule.within(150);
      jest.advanceTimersByTime(149);
      expect(frames).toHaveLength(0);
      jest.advanceTimersByTime(1);
      expect(runFrames()).toBe(1);
    });
  });

  describe('#asked()', () => {
    it('should tell the pace of how many traces come', () => {
      const expected = jest.spyOn(DrawPace.prototype, 'expect');
      schedule.asked(100);
      expect(expected).toHaveBeenCalledWith(100, performance.now());
    });
  });

  describe('#run()', () => {
    it('should do one drawing at a time, and ask for another after it', async () => {
      let end: () => void = () => undefined;
      const other = jest.fn();
      const first = schedule.run(() => new Promise(done => (end = done)));
      expect(await schedule.run(other)).toBe(false);
      expect(other).not.toHaveBeenCalled();
      expect(frames).toHaveLength(0);
      end();
      expect(await first).toBe(true);
      expect(runFrames()).toBe(1);
    });

    it('should draw what came meanwhile at the pace of this drawing', async () => {
      pause.mockReturnValue(500);
      await schedule.run(() => {
        schedule.came(true);
        return Promise.resolve();
      });
      expect(frames).toHaveLength(0);
      jest.advanceTimersByTime(500);
      expect(runFrames()).toBe(1);
    });

    it('should draw at once what came last meanwhile', async () => {
      pause.mockReturnValue(500);
      await schedule.run(() => {
        schedule.came(true);
        schedule.came(false);
        return Promise.resolve();
      });
      expect(runFrames()).toBe(1);
    });

    it('should ask for no other where none was wanted meanwhile', async () => {
      expect(await schedule.run(() => Promise.resolve())).toBe(true);
      expect(frames).toHaveLength(0);
    });
  });

  describe('#dispose()', () => {
    it('should draw no more', () => {
      const cancelled = jest.spyOn(window, 'cancelAnimationFrame');
      schedule.soon();
      pause.mockReturnValue(500);
      schedule.came(true);
      schedule.dispose();
      expect(cancelled).toHaveBeenCalledWith(1);
      runFrames();
      jest.advanceTimersByTime(500);
      schedule.soon();
      schedule.within(100);
      schedule.came(true);
      expect(jest.getTimerCount()).toBe(0);
      expect(frames).toHaveLength(0);
    });
  });
});
