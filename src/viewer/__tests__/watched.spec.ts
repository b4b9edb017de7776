import { PromiseDelegate } from '@lumino/coreutils';
import type { IFailure } from '../../refs/failure';
import { ReadError } from '../../refs/failure';
import type {
  INodePreview,
  ITrace,
  ITraceRequest,
  NodeListing
} from '../../refs/types';
import { factsOf, traceOf } from '../../plot/__tests__/fakeplot';
import { Patience } from '../patience';
import { WatchedSource } from '../watched';
import { FakeFile, TWO, V } from './fakefile';

const GONE: IFailure = { code: 'server-gone', technical: 'no answer' };
const REQUEST: ITraceRequest = {
  path: V,
  x: null,
  range: null,
  columns: 100,
  maxPoints: 1000
};

let file: FakeFile;
let watched: WatchedSource;
let told: string[];

beforeEach(() => {
  file = new FakeFile(TWO);
  watched = new WatchedSource(file);
  told = [];
  watched.fileFailed.connect((_, failure) => told.push(failure.code));
});

describe('WatchedSource', () => {
  it('should hand on the answers of the source', async () => {
    expect(await watched.open()).toEqual(file.summary);
    expect(await watched.list(['/results'])).toEqual([
      { path: '/results', names: ['VecRef'], total: 1 }
    ]);
    const [described] = await watched.describe([V]);
    expect(described).toHaveProperty('facts.path', V);
    expect((await watched.preview(V)).facts.path).toBe(V);
    expect((await watched.trace(REQUEST)).path).toBe(V);
    expect(told).toEqual([]);
  });

  it('should hand on what the source is busy with, and the wish to stop', () => {
    const seen: unknown[] = [];
    watched.activityChanged.connect((_, activity) => seen.push(activity));
    const activity = { what: 'reading', done: 1, total: null } as const;
    file.setActivity(activity);
    watched.stop();
    expect(watched.activity).toBe(activity);
    expect(seen).toEqual([activity]);
    expect(file.stopped).toBe(1);
  });

  describe('#linkedRead', () => {
    const linked = (kind: 'dataset' | 'group', name: string) => ({
      ...factsOf(V),
      kind,
      file: name
    });
    const seen = () => {
      const files: string[] = [];
      watched.linkedRead.connect((_, name) => files.push(name));
      return files;
    };

    it('should name the linked files that a trace and its x come from', async () => {
      const files = seen();
      jest.spyOn(file, 'trace').mockResolvedValue({
        ...traceOf(V),
        facts: linked('dataset', 'y.h5'),
        xFacts: linked('dataset', 'x.h5')
      });
      await watched.trace(REQUEST);
      expect(files).toEqual(['x.h5', 'y.h5']);
    });

    it('should name that of a described variable, and of no group', async () => {
      const files = seen();
      jest.spyOn(file, 'describe').mockResolvedValue([
        { path: '/results/run_0', facts: linked('group', 'run_0.h5') },
        { path: V, facts: linked('dataset', 'run_1.h5') }
      ]);
      await watched.describe(['/results/run_0', V]);
      expect(files).toEqual(['run_1.h5']);
    });

    it('should name none for the opened file', async () => {
      const files = seen();
      await watched.trace(REQUEST);
      await watched.describe([V]);
      expect(files).toEqual([]);
    });
  });

  describe('#fileFailed', () => {
    it.each([
      ['list', () => watched.list(['/results'])],
      ['describe', () => watched.describe([V])],
      ['trace', () => watched.trace(REQUEST)],
      ['preview', () => watched.preview(V)]
    ])(
      'should tell that the file failed in %s, whose caller is told too',
      async (_, call) => {
        file.isGone = true;
        file.failure = GONE;
        await expect(call()).rejects.toMatchObject({ failure: GONE });
        expect(told).toEqual(['server-gone']);
      }
    );

    it('should tell once of a file that failed in several answers of one call', async () => {
      const answers: NodeListing[] = [
        { path: '/a', names: [], total: 0 },
        { path: '/b', failure: GONE },
        { path: '/c', failure: GONE }
      ];
      jest.spyOn(file, 'list').mockResolvedValue(answers);
      expect(await watched.list(['/a', '/b', '/c'])).toBe(answers);
      expect(told).toEqual(['server-gone']);
    });

    it('should not tell of one node, be it thrown or in an answer', async () => {
      file.failure = { code: 'filter-missing', path: V, technical: 'blosc' };
      await expect(watched.trace(REQUEST)).rejects.toBeInstanceOf(ReadError);
      await watched.describe(['/results/none']);
      expect(told).toEqual([]);
    });

    it('should leave an opening that failed to its caller', async () => {
      file.failure = GONE;
      await expect(watched.open()).rejects.toMatchObject({ failure: GONE });
      expect(told).toEqual([]);
    });

    it('should not be emitted after it was disposed', async () => {
      file.failure = GONE;
      const late = watched.trace(REQUEST);
      watched.dispose();
      await expect(late).rejects.toBeInstanceOf(ReadError);
      expect(told).toEqual([]);
    });
  });

  describe('#stop()', () => {
    const STOPPED = new ReadError({ code: 'cancelled', technical: 'stopped' });

    it('should leave it to the figures that traces were stopped', async () => {
      file.failure = STOPPED.failure;
      await expect(watched.trace(REQUEST)).rejects.toMatchObject({
        failure: { code: 'cancelled' }
      });
      expect(told).toEqual([]);
    });

    it('should ask again for what waited behind a trace', async () => {
      const trace = new PromiseDelegate<ITrace>();
      const preview = new PromiseDelegate<INodePreview>();
      jest.spyOn(file, 'trace').mockReturnValue(trace.promise);
      const asked = jest
        .spyOn(file, 'preview')
        .mockReturnValueOnce(preview.promise);
      const drawn = watched.trace(REQUEST);
      const read = watched.preview(V);
      watched.stop();
      trace.reject(STOPPED);
      preview.reject(STOPPED);
      await expect(drawn).rejects.toBe(STOPPED);
      expect((await read).facts.path).toBe(V);
      expect(asked).toHaveBeenCalledTimes(2);
      expect(told).toEqual([]);
    });

    it('should not ask again where the file was being opened anew', async () => {
      const trace = new PromiseDelegate<ITrace>();
      const list = new PromiseDelegate<readonly NodeListing[]>();
      jest.spyOn(file, 'trace').mockReturnValue(trace.promise);
      const asked = jest.spyOn(file, 'list').mockReturnValueOnce(list.promise);
      const drawn = watched.trace(REQUEST);
      const read = watched.list(['/results']);
      const opened = watched.open();
      watched.stop();
      trace.reject(STOPPED);
      list.reject(STOPPED);
      await expect(drawn).rejects.toBe(STOPPED);
      await expect(read).rejects.toBe(STOPPED);
      await opened;
      expect(asked).toHaveBeenCalledTimes(1);
    });

    it('should tell that reading was stopped where no trace was read', async () => {
      const list = new PromiseDelegate<readonly NodeListing[]>();
      const asked = jest.spyOn(file, 'list').mockReturnValueOnce(list.promise);
      const read = watched.list(['/results']);
      watched.stop();
      list.reject(STOPPED);
      await expect(read).rejects.toBe(STOPPED);
      expect(asked).toHaveBeenCalledTimes(1);
      expect(told).toEqual(['cancelled']);
    });
  });

  describe('with patience', () => {
    const CHANGED: IFailure = { code: 'file-changed', technical: 'new date' };
    let patience: Patience;
    let looked: number;
    let held: string[];

    beforeEach(() => {
      patience = new Patience();
      patience.sawWhole();
      looked = 0;
      held = [];
      watched = new WatchedSource(file, patience, () => {
        looked += 1;
        return null;
      });
      watched.readHeld.connect((_, failure) => held.push(failure.code));
      watched.fileFailed.connect((_, failure) => told.push(failure.code));
    });

    /** Whether a read has an answer, or a failure, by now. */
    async function hasEnded(read: Promise<unknown>): Promise<boolean> {
      const open = Symbol('open');
      for (let turn = 0; turn < 10; turn++) {
        await Promise.resolve();
      }
      const end = await Promise.race([
        read.catch(() => null),
        Promise.resolve(open)
      ]);
      return end !== open;
    }

    it('should hold a read that met a change, and let go of it', async () => {
      file.failure = CHANGED;
      const read = watched.trace(REQUEST);
      expect(await hasEnded(read)).toBe(false);
      expect(held).toEqual(['file-changed']);
      expect(told).toEqual([]);
      watched.release();
      await expect(read).rejects.toMatchObject({
        failure: { code: 'cancelled' }
      });
    });

    it('should fail it with its own failure when it is given up', async () => {
      file.failure = CHANGED;
      const read = watched.preview(V);
      expect(await hasEnded(read)).toBe(false);
      watched.giveUp();
      await expect(read).rejects.toMatchObject({ failure: CHANGED });
    });

    it('should hold a call that has such an answer', async () => {
      patience.sawChange();
      const read = watched.describe(['/results', '/results/none']);
      expect(await hasEnded(read)).toBe(false);
      expect(held).toEqual(['node-missing']);
      watched.release();
      await expect(read).rejects.toBeInstanceOf(ReadError);
    });

    describe('of a name in a list that is not looked up yet', () => {
      const GROUPS = { path: '/results', names: ['none'], total: 1 } as const;
      const told = () => {
        const groups = { ...GROUPS, unchecked: true } as const;
        return { ...file.summary, groups };
      };
      const describeNone = () =>
        watched.describe(['/results', '/results/none']);

      it.each([
        [
          'listed',
          () => {
            const answers = [{ ...GROUPS, unchecked: true } as const];
            jest.spyOn(file, 'list').mockResolvedValue(answers);
            return watched.list(['/results']);
          }
        ],
        [
          'told with the opening',
          () => {
            jest.spyOn(file, 'open').mockResolvedValue(told());
            return watched.open();
          }
        ],
        [
          'told with an opening that was begun before',
          () => watched.takeOver(told())
        ],
        [
          'told with one that ends later',
          () => watched.takeOver(Promise.resolve(told()))
        ]
      ])('should say that it is missing: %s', async (_, list) => {
        await list();
        patience.sawChange();
        expect(await describeNone()).toMatchObject([
          { facts: { path: '/results' } },
          { failure: { code: 'node-missing' } }
        ]);
        expect(held).toEqual([]);
      });

      it('should say so of what would lie below it, and hold the others', async () => {
        const answers = [{ ...GROUPS, unchecked: true } as const];
        jest.spyOn(file, 'list').mockResolvedValueOnce(answers);
        await watched.list(['/results']);
        patience.sawChange();
        const path = '/results/none/v';
        const failure = { code: 'node-missing', path, technical: '' } as const;
        file.failure = failure;
        const trace = watched.trace({ ...REQUEST, path });
        await expect(trace).rejects.toMatchObject({ failure });
        file.failure = null;
        const read = watched.describe(['/results/other']);
        expect(await hasEnded(read)).toBe(false);
        expect(held).toEqual(['node-missing']);
        watched.release();
        await expect(read).rejects.toBeInstanceOf(ReadError);
      });

      it.each<[string, () => unknown]>([
        ['looked up', () => file.relisted.emit(GROUPS)],
        ['of a file that was opened anew', () => watched.open()],
        [
          'listed anew',
          () => {
            jest.spyOn(file, 'list').mockResolvedValue([GROUPS]);
            return watched.list(['/results']);
          }
        ]
      ])('should hold the call once the list is %s', async (_, act) => {
        const answers = [{ ...GROUPS, unchecked: true } as const];
        jest.spyOn(file, 'list').mockResolvedValueOnce(answers);
        await watched.list(['/results']);
        await act();
        patience.sawChange();
        const read = describeNone();
        expect(await hasEnded(read)).toBe(false);
        expect(held).toEqual(['node-missing']);
        watched.release();
        await expect(read).rejects.toBeInstanceOf(ReadError);
      });
    });

    it('should look at the file before it believes a failure', async () => {
      const failure: IFailure = { code: 'damaged', technical: 'torn' };
      file.failure = failure;
      await expect(watched.preview(V)).rejects.toMatchObject({ failure });
      expect(looked).toBe(1);
      expect(told).toEqual(['damaged']);
      file.failure = GONE;
      await expect(watched.preview(V)).rejects.toMatchObject({ failure: GONE });
      expect(looked).toBe(1);
    });

    it('should hold a variable that has lost its x to the writer', async () => {
      const whole = traceOf(V);
      const odd: ITrace = {
        ...whole,
        pairing: {
          kind: 'index',
          reason: 'x-length',
          path: '/results/VecRef/x',
          xLength: 4,
          yLength: 5
        }
      };
      const given = jest.spyOn(file, 'trace').mockResolvedValue(odd);
      patience.sawChange();
      // It never had one.
      expect(await watched.trace(REQUEST)).toBe(odd);
      given.mockResolvedValue(whole);
      expect(await watched.trace(REQUEST)).toBe(whole);
      given.mockResolvedValue(odd);
      const read = watched.trace(REQUEST);
      expect(await hasEnded(read)).toBe(false);
      watched.release();
      await expect(read).rejects.toBeInstanceOf(ReadError);
    });

    it('should let go of what it holds when it is disposed', async () => {
      file.failure = CHANGED;
      const read = watched.list(['/results']);
      file.isGone = true;
      await read.catch(() => undefined);
      const waiting = watched.preview(V);
      expect(await hasEnded(waiting)).toBe(false);
      watched.dispose();
      await expect(waiting).rejects.toMatchObject({
        failure: { code: 'cancelled' }
      });
    });
  });

  describe('#dispose()', () => {
    it('should be safe twice, and dispose of the source', () => {
      watched.dispose();
      watched.dispose();
      expect(file.isDisposed).toBe(true);
      expect(watched.isDisposed).toBe(true);
    });
  });
});
