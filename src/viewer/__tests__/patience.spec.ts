import type { FailureCode, IFailure } from '../../refs/failure';
import { Patience } from '../patience';

const V = '/results/VecRef/soma/v';

let patience: Patience;

beforeEach(() => {
  jest.useFakeTimers();
  patience = new Patience();
});

afterEach(() => jest.useRealTimers());

const file = (code: FailureCode): IFailure => ({ code, technical: 'test' });
const node = (code: FailureCode, path = V): IFailure => ({
  ...file(code),
  path
});

const HALF: FailureCode[] = ['truncated', 'damaged', 'empty-file'];

describe('Patience', () => {
  describe('#isPassing()', () => {
    it.each(HALF)('should have none for %s of a file at rest', code => {
      patience.sawWhole();
      expect(patience.isPassing(file(code))).toBe(false);
    });

    it.each(HALF)('should let %s pass until 20 s after a change', code => {
      patience.sawWhole();
      patience.sawChange();
      expect(patience.isPassing(file(code))).toBe(true);
      jest.advanceTimersByTime(19_000);
      patience.sawChange();
      jest.advanceTimersByTime(19_000);
      expect(patience.isPassing(file(code))).toBe(true);
      jest.advanceTimersByTime(2000);
      expect(patience.isPassing(file(code))).toBe(false);
    });

    it('should take less at first, by the age of the file', () => {
      patience.sawAge(8000);
      expect(patience.isPassing(file('truncated'))).toBe(true);
      jest.advanceTimersByTime(3000);
      expect(patience.isPassing(file('truncated'))).toBe(false);
    });

    it('should excuse nothing in a young file that was opened whole', () => {
      patience.sawAge(0);
      patience.sawWhole();
      expect(patience.isPassing(node('node-missing'), 'trace')).toBe(false);
      expect(patience.isPassing(file('truncated'))).toBe(false);
    });

    it('should expect what was an HDF5 file to become one again, and no text to', () => {
      patience.sawChange();
      expect(patience.isPassing(file('not-hdf5'))).toBe(false);
      patience.sawWhole();
      expect(patience.isPassing(file('not-hdf5'))).toBe(true);
    });

    it.each<FailureCode>([
      'server-gone',
      'forbidden',
      'cancelled',
      'too-large'
    ])('should never let %s pass', code => {
      patience.sawWhole();
      patience.sawChange();
      expect(patience.isPassing(file(code))).toBe(false);
    });

    it('should wait for a file that is gone for a moment only', () => {
      patience.sawWhole();
      patience.sawChange();
      expect(patience.isPassing(file('not-found'))).toBe(true);
      jest.advanceTimersByTime(3000);
      expect(patience.isPassing(file('not-found'))).toBe(false);
      patience.sawWhole();
      expect(patience.isPassing(file('not-found'))).toBe(true);
    });

    it('should wait 5 s for a node, and not again for one that never came', () => {
      patience.sawWhole();
      patience.sawChange();
      expect(patience.isPassing(node('node-missing'), 'trace')).toBe(true);
      jest.advanceTimersByTime(6000);
      patience.sawChange();
      expect(patience.isPassing(node('node-missing'), 'trace')).toBe(false);
      expect(patience.isPassing(node('node-missing', '/b'), 'trace')).toBe(
        true
      );
      expect(patience.isPassing(node('filter-missing'), 'trace')).toBe(false);
    });

    it('should wait again for a node that was read in between', () => {
      patience.sawWhole();
      patience.sawChange();
      const failure = node('node-unreadable');
      patience.isPassing(failure, 'trace');
      jest.advanceTimersByTime(6000);
      patience.sawNode(V, 'describe');
      expect(patience.isPassing(failure, 'trace')).toBe(false);
      patience.sawNode(V, 'trace');
      expect(patience.isPassing(failure, 'trace')).toBe(true);
    });

    it('should wait again for a section of which a variable was read in between', () => {
      patience.sawWhole();
      patience.sawChange();
      const failure = node('node-missing', '/results/VecRef/soma');
      patience.isPassing(failure, 'trace');
      jest.advanceTimersByTime(6000);
      patience.sawNode(V, 'trace');
      expect(patience.isPassing(failure, 'trace')).toBe(true);
    });
  });

  describe('#awaited()', () => {
    it('should tell what stood at the top of the file until 5 s after it went', () => {
      patience.sawWhole();
      patience.sawChange();
      const before = ['about', 'results'];
      expect(patience.awaited(before, before)).toBeNull();
      expect(patience.awaited(before, ['about'])).toMatchObject({
        code: 'node-missing',
        path: '/results'
      });
      jest.advanceTimersByTime(6000);
      expect(patience.awaited(before, ['about'])).toBeNull();
    });

    it('should expect nothing of a file at rest', () => {
      patience.sawWhole();
      expect(patience.awaited(['results'], [])).toBeNull();
    });
  });

  describe('#isPassingRead()', () => {
    it('should learn from a read that the file changed', () => {
      patience.sawWhole();
      expect(patience.isPassingRead(node('node-missing'), 'list')).toBe(false);
      expect(patience.isPassingRead(file('file-changed'), 'list')).toBe(true);
      expect(patience.isPassingRead(node('node-missing'), 'list')).toBe(true);
    });

    it('should learn the same of a linked file', () => {
      patience.sawWhole();
      const changed = node('linked-file');
      const cause = { file: 'rank_1.h5', cause: 'file-changed' } as const;
      expect(patience.isPassingRead(changed, 'trace')).toBe(false);
      expect(patience.isPassingRead({ ...changed, ...cause }, 'trace')).toBe(
        true
      );
    });
  });

  describe('#nextDelay()', () => {
    it('should be nothing at first, then longer each time, but never long', () => {
      expect(patience.nextDelay()).toBe(0);
      const delays = Array.from({ length: 6 }, () => patience.nextDelay());
      expect(delays[0]).toBe(500);
      expect(delays[1]).toBe(750);
      expect(delays[5]).toBe(2000);
    });

    it('should be nothing again after some calm', () => {
      patience.nextDelay();
      patience.nextDelay();
      jest.advanceTimersByTime(6000);
      expect(patience.nextDelay()).toBe(0);
    });
  });
});
