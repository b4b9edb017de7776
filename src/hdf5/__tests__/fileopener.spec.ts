/**
 * @jest-environment node
 */
import type { FailureCode, IFailure } from '../../refs/failure';
import { FileOpener } from '../fileopener';
import type { FileSource, IBeat, IWanted } from '../protocol';
import { Rounds } from '../rounds';
import { SignsOfLife } from '../signs';
import { Wants } from '../wants';
import { FakeServer } from './server';

const AT: FileSource = { kind: 'url', url: 'http://host/f.h5', headers: {} };
const CACHE = 1 << 20;

let server: FakeServer;
let beats: IBeat[];
let asked: IWanted[];
let wants: Wants;
let opener: FileOpener;

beforeEach(() => {
  server = new FakeServer(new Uint8Array(200_000));
  beats = [];
  asked = [];
  wants = new Wants(wanted => asked.push(wanted));
  opener = new FileOpener({
    network: server.network,
    wants,
    signs: new SignsOfLife(beat => beats.push(beat)),
    rounds: new Rounds()
  });
});

/** Answer the worker's last question. */
async function give(
  source: FileSource | null,
  failure: IFailure | null = null
): Promise<void> {
  const { id } = asked[asked.length - 1];
  wants.take({ kind: 'given', id, source, failure });
  await new Promise(resolve => setImmediate(resolve));
}

const wholes = () => asked.map(({ whole }) => whole);

describe('FileOpener', () => {
  describe('#open()', () => {
    it('should take bytes as they are', async () => {
      const buffer = new ArrayBuffer(8);
      const { bytes } = await opener.open({ kind: 'bytes', buffer }, CACHE);
      expect(bytes.size).toBe(8);
      expect(beats).toHaveLength(0);
    });

    it('should say before each request, and after it, that it waits', async () => {
      const { bytes } = await opener.open(AT, CACHE);
      expect(beats[0].network).toBe(true);
      beats.length = 0;
      bytes.read(150_000, new Uint8Array(8));
      expect(beats.map(({ network }) => network)).toEqual([true, false]);
      expect(beats[1].activity.done).toBeGreaterThan(65_536);
    });
  });

  describe('#openLinked()', () => {
    it('should ask where the file is, and read it there', async () => {
      const opening = opener.openLinked('rank_1.h5', CACHE);
      expect(asked).toMatchObject([{ file: 'rank_1.h5', whole: false }]);
      expect(beats[0].network).toBe(true);
      await give(AT);
      expect(await opening).toMatchObject({ access: 'ranges' });
      expect(wholes()).toEqual([false]);
    });

    it('should ask for all its bytes where its address leads to nothing', async () => {
      server.status = 404;
      const opening = opener.openLinked('rank_1.h5', CACHE);
      await give(AT);
      expect(wholes()).toEqual([false, true]);
      await give({ kind: 'bytes', buffer: new ArrayBuffer(8) });
      expect((await opening).bytes.size).toBe(8);
    });

    it.each<[FailureCode, FailureCode, FailureCode]>([
      ['not-found', 'not-found', 'not-found'],
      ['not-found', 'too-large', 'too-large']
    ])(
      'should reject, after %s and then %s, with %s',
      async (first, second, told) => {
        const opening = opener.openLinked('rank_1.h5', CACHE);
        await give(null, { code: first, technical: 'first' });
        const rejected = expect(opening).rejects.toMatchObject({
          failure: { code: told }
        });
        await give(null, { code: second, technical: 'second' });
        await rejected;
      }
    );

    it('should not go round a refusal of the server', async () => {
      server.status = 403;
      const opening = opener.openLinked('rank_1.h5', CACHE);
      opening.catch(() => undefined);
      await give(AT);
      await expect(opening).rejects.toMatchObject({
        failure: { code: 'forbidden' }
      });
      expect(wholes()).toEqual([false]);
    });

    it('should not ask again where the server is gone', async () => {
      server.status = 0;
      const opening = opener.openLinked('rank_1.h5', CACHE);
      const rejected = expect(opening).rejects.toMatchObject({
        failure: { code: 'server-gone' }
      });
      await give(AT);
      await rejected;
      expect(wholes()).toEqual([false]);
    });
  });
});
