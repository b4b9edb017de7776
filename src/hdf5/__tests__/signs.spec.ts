/**
 * @jest-environment node
 */
import type { IBeat } from '../protocol';
import { SignsOfLife } from '../signs';

let beats: IBeat[];
let signs: SignsOfLife;

beforeEach(() => {
  jest.useFakeTimers();
  beats = [];
  signs = new SignsOfLife(beat => beats.push(beat));
  signs.begin('reading');
  beats.length = 0;
});

afterEach(() => jest.useRealTimers());

const last = () => beats[beats.length - 1];

describe('SignsOfLife', () => {
  describe('#begin()', () => {
    it('should tell at once, with nothing done', () => {
      signs.count(5);
      signs.begin('opening');
      expect(last()).toEqual({
        kind: 'beat',
        network: false,
        activity: { what: 'opening', done: 0, total: null }
      });
    });
  });

  describe('#beat()', () => {
    it('should tell of work every 100 ms', () => {
      signs.beat(false);
      jest.advanceTimersByTime(99);
      signs.beat(false);
      expect(beats).toHaveLength(0);
      jest.advanceTimersByTime(1);
      signs.beat(false);
      expect(beats).toHaveLength(1);
    });

    it('should tell at once that the network is waited for, once', () => {
      signs.beat(true);
      signs.beat(true);
      expect(beats.map(({ network }) => network)).toEqual([true]);
    });

    it('should tell whatever is to be told always', () => {
      signs.beat(false, true);
      signs.beat(false, true);
      expect(beats).toHaveLength(2);
    });
  });

  describe('#count()', () => {
    it('should be told by the next beat', () => {
      signs.count(5);
      signs.count(7);
      expect(beats).toHaveLength(0);
      signs.beat(false, true);
      expect(last().activity.done).toBe(12);
    });
  });

  describe('#streamed()', () => {
    it('should wait for the network until the last byte', () => {
      signs.streamed(5, 8);
      expect(last()).toMatchObject({ network: true, activity: { done: 5 } });
      signs.streamed(8, 8);
      expect(last()).toMatchObject({ network: false, activity: { total: 8 } });
    });
  });

  describe('#downloaded()', () => {
    it('should tell at once that it is a whole file, then now and then', () => {
      signs.beat(true);
      signs.downloaded(5, null);
      signs.downloaded(6, null);
      expect(beats).toHaveLength(2);
      expect(last().activity).toEqual({
        what: 'downloading',
        done: 5,
        total: null
      });
    });
  });
});
