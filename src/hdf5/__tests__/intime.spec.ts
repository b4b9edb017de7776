/**
 * @jest-environment node
 */
import { ReadError } from '../../refs/failure';
import { InTime } from '../intime';
import { LIMITS } from '../limits';
import { isWanted, wanted } from '../rounds';

const ABC = ['/a', '/b', '/c'];

let now: number;
let inTime: InTime;

beforeEach(() => {
  now = 0;
  inTime = new InTime(
    () => now,
    paths => [...paths].reverse()
  );
});

/** An answer, for which time passes. */
function taking(milliseconds: number): (path: string) => Promise<string> {
  return async path => {
    now += milliseconds;
    return path;
  };
}

describe('InTime', () => {
  describe('#answer()', () => {
    it('should answer for all where there is time, in order', async () => {
      expect(await inTime.answer(ABC, taking(0))).toEqual(['/c', '/b', '/a']);
    });

    it('should answer for one at least', async () => {
      expect(await inTime.answer(ABC, taking(LIMITS.slice))).toEqual(['/c']);
    });

    it('should tell of a node what is wrong with it', async () => {
      const failure = { code: 'node-missing', technical: 'none' } as const;
      const answers = await inTime.answer(['/a', '/b'], async path => {
        if (path === '/b') {
          throw new ReadError(failure);
        }
        return path;
      });
      expect(answers).toEqual([{ path: '/b', failure }, '/a']);
    });

    it('should look at the same nodes again where bytes were missing', async () => {
      const looked: string[] = [];
      const missing = inTime.answer(ABC, async path => {
        looked.push(path);
        now += LIMITS.slice / 2;
        throw wanted();
      });
      await expect(missing.catch(isWanted)).resolves.toBe(true);
      expect(looked).toEqual(['/c', '/b']);
      expect(await inTime.answer(ABC, taking(0))).toEqual(looked);
    });
  });
});
