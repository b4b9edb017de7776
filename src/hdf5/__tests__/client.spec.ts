import type { FailureCode } from '../../refs/failure';
import { failureOf } from '../../refs/failure';
import type { IFileSummary } from '../../refs/types';
import type { IClock } from '../calls';
import type { IResultSourceOptions } from '../client';
import { ResultSource } from '../client';
import type { FileSource, Message, Request } from '../protocol';
import type { IActivity } from '../source';
import type { IWorkerLike } from '../spawn';

const SUMMARY: IFileSummary = {
  kind: 'results',
  size: 1,
  access: 'ranges',
  rootNames: []
};
const READING: IActivity = { what: 'reading', done: 5, total: null };

/** A worker that answers as it is told to. */
class FakeWorker implements IWorkerLike {
  onmessage: IWorkerLike['onmessage'] = null;
  onerror: IWorkerLike['onerror'] = null;
  onmessageerror: IWorkerLike['onmessageerror'] = null;
  terminated = false;
  readonly requests: Request[] = [];
  /** How openings are answered. */
  opens: (source: FileSource) => FailureCode | 'unanswered' | null = () => null;
  /** What is told of an opened file. */
  summaryOf: (source: FileSource) => IFileSummary = () => SUMMARY;

  postMessage(request: Request): void {
    this.requests.push(request);
    if (request.call === 'open') {
      const code = this.opens(request.argument);
      if (code === 'unanswered') {
        return;
      }
      const value = this.summaryOf(request.argument);
      this.send(
        code
          ? {
              kind: 'failure',
              id: request.id,
              failure: { code, technical: '' }
            }
          : { kind: 'value', id: request.id, value }
      );
    }
  }

  send(message: Message): void {
    this.onmessage?.({ data: message });
  }

  terminate(): void {
    this.terminated = true;
  }
}

/** A clock that stands until it is moved. */
class FakeClock implements IClock {
  now = () => this._now;

  every(milliseconds: number, tick: () => void): () => void {
    this._ticks.add(tick);
    return () => this._ticks.delete(tick);
  }

  /** Whether anything waits for it. */
  get isWatched(): boolean {
    return this._ticks.size > 0;
  }

  /** Let time pass second by second. */
  pass(seconds: number): void {
    for (let i = 0; i < seconds; i++) {
      this._now += 1000;
      [...this._ticks].forEach(tick => tick());
    }
  }

  /** Let time pass as it does while the computer sleeps. */
  sleep(seconds: number): void {
    this._now += seconds * 1000;
    [...this._ticks].forEach(tick => tick());
  }

  private _now = 0;
  private readonly _ticks = new Set<() => void>();
}

async function failure(
  promise: Promise<unknown>
): Promise<FailureCode | 'none'> {
  try {
    await promise;
    return 'none';
  } catch (reason) {
    return failureOf(reason, 'damaged').code;
  }
}

describe('ResultSource', () => {
  let clock: FakeClock;
  let workers: FakeWorker[];
  let opens: FakeWorker['opens'];
  let summaryOf: FakeWorker['summaryOf'];
  let location: jest.Mock<Promise<FileSource>, []>;
  let source: ResultSource;

  function make(options: Partial<IResultSourceOptions> = {}): ResultSource {
    return new ResultSource({
      location,
      clock,
      spawn: () => {
        const worker = new FakeWorker();
        worker.opens = opens;
        worker.summaryOf = summaryOf;
        workers.push(worker);
        return worker;
      },
      ...options
    });
  }

  /** A call that the worker has got and not answered. */
  async function pendingList(): Promise<{
    promise: Promise<FailureCode | 'none'>;
  }> {
    await source.open();
    const worker = workers[workers.length - 1];
    const before = worker.requests.length;
    const promise = failure(source.list(['/']));
    while (worker.requests.length === before) {
      await Promise.resolve();
    }
    return { promise };
  }

  beforeEach(() => {
    clock = new FakeClock();
    workers = [];
    opens = () => null;
    summaryOf = () => SUMMARY;
    location = jest.fn(() =>
      Promise.resolve<FileSource>({ kind: 'url', url: 'u', headers: {} })
    );
    source = make();
  });

  afterEach(() => source.dispose());

  describe('#open()', () => {
    it('answers with the summary, and asks anew where the file is each time', async () => {
      expect(await source.open()).toEqual(SUMMARY);
      expect(await source.open()).toEqual(SUMMARY);
      expect(location).toHaveBeenCalledTimes(2);
      expect(workers).toHaveLength(1);
    });

    it('leaves nothing of an opening that is done', async () => {
      const add = jest.spyOn(AbortSignal.prototype, 'addEventListener');
      const remove = jest.spyOn(AbortSignal.prototype, 'removeEventListener');
      for (let i = 0; i < 5; i++) {
        await source.open();
      }
      expect(add.mock.calls.length).toBeGreaterThan(0);
      expect(remove.mock.calls.map(([, listener]) => listener)).toEqual(
        add.mock.calls.map(([, listener]) => listener)
      );
      jest.restoreAllMocks();
    });

    describe('ahead of the time', () => {
      const at = (url: string): FileSource => ({
        kind: 'url',
        url,
        headers: {}
      });
      const opened = () =>
        workers[0].requests.map(
          ({ argument }) => (argument as { url?: string }).url
        );

      it('asks at once where the file most likely is', async () => {
        location.mockResolvedValue(at('http://lab/files/a.h5'));
        source = make({ likely: () => at('http://lab/files/a.h5') });
        const opening = source.open(true);
        expect(opened()).toEqual(['http://lab/files/a.h5']);
        expect(await opening).toEqual(SUMMARY);
        expect(location).toHaveBeenCalledTimes(1);
        expect(opened()).toHaveLength(1);
      });

      it('takes nothing from where the file is not, and waits for nothing there', async () => {
        location.mockResolvedValue(at('http://lab/files/b.h5'));
        source = make({ likely: () => at('http://lab/files/a.h5') });
        const other: IFileSummary = { ...SUMMARY, size: 2 };
        opens = place => {
          const isOther = place.kind === 'url' && place.url.endsWith('a.h5');
          return isOther ? 'unanswered' : null;
        };
        const opening = source.open(true);
        const [wrong] = workers;
        const { id } = wrong.requests[0];
        expect(await opening).toEqual(SUMMARY);
        expect(wrong.terminated).toBe(true);
        // Whatever comes of it later is nobody's.
        wrong.send({ kind: 'value', id, value: other });
        expect(await source.open()).toEqual(SUMMARY);
        expect(workers).toHaveLength(2);
      });

      it('takes no other file for the one that was asked for', async () => {
        location.mockResolvedValue(at('http://lab/files/b.h5'));
        source = make({ likely: () => at('http://lab/files/a.h5') });
        const other: IFileSummary = { ...SUMMARY, size: 2 };
        summaryOf = place =>
          place.kind === 'url' && place.url.endsWith('a.h5') ? other : SUMMARY;
        expect(await source.open(true)).toEqual(SUMMARY);
      });

      it('fails where the file is and cannot be read', async () => {
        location.mockResolvedValue(at('http://lab/files/a.h5'));
        source = make({ likely: () => at('http://lab/files/a.h5') });
        opens = () => 'damaged';
        expect(await failure(source.open(true))).toBe('damaged');
        expect(opened()).toHaveLength(1);
      });

      it('takes up a better list that comes before the address is known', async () => {
        const groups = { path: '/results', names: ['a'], total: 1 };
        summaryOf = () => ({
          ...SUMMARY,
          groups: { ...groups, unchecked: true }
        });
        const place = at('http://lab/files/a.h5');
        let tell = (_: FileSource): void => undefined;
        location.mockImplementation(
          () => new Promise(resolve => (tell = resolve))
        );
        source = make({ likely: () => place });
        const opening = source.open(true);
        const listing = { ...groups, names: ['b'] };
        workers[0].send({ kind: 'relisted', listing });
        tell(place);
        expect((await opening).groups).toEqual(listing);
      });

      it('waits for the address where nothing is likely', async () => {
        location.mockResolvedValue(at('http://lab/files/a.h5'));
        source = make({ likely: () => null });
        await source.open(true);
        expect(opened()).toEqual(['http://lab/files/a.h5']);
      });

      it('is stopped while the address is waited for', async () => {
        location.mockReturnValue(new Promise(() => undefined));
        source = make({ likely: () => at('http://lab/files/a.h5') });
        const opening = failure(source.open(true));
        source.stop();
        expect(await opening).toBe('cancelled');
        expect(workers[0].terminated).toBe(true);
      });

      it('asks nowhere else when its time has come', async () => {
        const likely = jest.fn(() => at('http://lab/files/c.h5'));
        source = make({ likely });
        await source.open();
        expect(likely).not.toHaveBeenCalled();
      });
    });

    it('takes the other way where the address leads to nothing', async () => {
      opens = file => (file.kind === 'url' ? 'not-found' : null);
      const buffer = new ArrayBuffer(4);
      source = make({ fallback: () => Promise.resolve(buffer) });
      expect(await source.open()).toEqual(SUMMARY);
      expect(workers[0].requests[1].argument).toEqual({
        kind: 'bytes',
        buffer
      });
    });

    it('takes the other way where there is no address', async () => {
      location.mockRejectedValue(new Error('no such thing'));
      source = make({ fallback: () => Promise.resolve(new ArrayBuffer(4)) });
      expect(await source.open()).toEqual(SUMMARY);
    });

    it('says what the address said where the other way fails too', async () => {
      opens = () => 'forbidden';
      source = make({ fallback: () => Promise.reject(new Error('404')) });
      expect(await failure(source.open())).toBe('forbidden');
    });

    it('does not read a bad file twice', async () => {
      opens = () => 'damaged';
      const fallback = jest.fn(() => Promise.resolve(new ArrayBuffer(4)));
      source = make({ fallback });
      expect(await failure(source.open())).toBe('damaged');
      expect(fallback).not.toHaveBeenCalled();
    });

    it('can be tried again after it failed', async () => {
      opens = () => 'server-gone';
      expect(await failure(source.open())).toBe('server-gone');
      workers[0].opens = () => null;
      expect(await source.open()).toEqual(SUMMARY);
    });
  });

  describe('#list()', () => {
    it('opens the file by itself', async () => {
      const promise = source.list(['/']);
      await source.open();
      while (!workers[0].requests.some(({ call }) => call === 'list')) {
        await Promise.resolve();
      }
      const [request] = workers[0].requests.filter(
        ({ call }) => call === 'list'
      );
      const value = [{ path: '/', names: ['a'], total: 1 }];
      workers[0].send({ kind: 'value', id: request.id, value });
      expect(await promise).toEqual(value);
    });
  });

  describe('a worker that hangs', () => {
    it('is ended after 10 s of silence, and replaced at the next call', async () => {
      const { promise } = await pendingList();
      clock.pass(10);
      expect(workers[0].terminated).toBe(false);
      clock.pass(2);
      expect(workers[0].terminated).toBe(true);
      expect(await promise).toBe('reader-hung');
      await pendingList();
      expect(workers).toHaveLength(2);
      expect(workers[1].requests.map(({ call }) => call)).toEqual([
        'open',
        'list'
      ]);
    });

    it('reopens the file by itself at the next call', async () => {
      const { promise } = await pendingList();
      clock.pass(12);
      await promise;
      void failure(source.preview('/'));
      while (workers.length < 2 || workers[1].requests.length < 2) {
        await Promise.resolve();
      }
      expect(workers[1].requests.map(({ call }) => call)).toEqual([
        'open',
        'preview'
      ]);
    });

    it('counts as alive while it gives signs of life', async () => {
      await pendingList();
      for (let i = 0; i < 10; i++) {
        clock.pass(9);
        workers[0].send({ kind: 'beat', network: false, activity: READING });
      }
      expect(workers[0].terminated).toBe(false);
    });

    it('may wait for the server as long as a request may take', async () => {
      const { promise } = await pendingList();
      workers[0].send({ kind: 'beat', network: true, activity: READING });
      clock.pass(34);
      expect(workers[0].terminated).toBe(false);
      clock.pass(3);
      expect(await promise).toBe('reader-hung');
    });

    it('is not taken for hung when the computer slept', async () => {
      await pendingList();
      clock.sleep(3600);
      expect(workers[0].terminated).toBe(false);
      clock.pass(12);
      expect(workers[0].terminated).toBe(true);
    });

    it('is not watched while nothing waits', async () => {
      await source.open();
      expect(clock.isWatched).toBe(false);
      await pendingList();
      expect(clock.isWatched).toBe(true);
    });
  });

  describe('a worker that fails', () => {
    it('rejects what waits, and is replaced', async () => {
      const { promise } = await pendingList();
      workers[0].onerror?.({ message: 'boom' });
      expect(await promise).toBe('reader-stopped');
      expect(workers[0].terminated).toBe(true);
      await source.open();
      expect(workers).toHaveLength(2);
    });

    it('rejects what waits when a message cannot be read', async () => {
      const { promise } = await pendingList();
      workers[0].onmessageerror?.();
      expect(await promise).toBe('reader-stopped');
    });

    it('counts as missing when it never said a word', async () => {
      const silent = new FakeWorker();
      silent.postMessage = () => undefined;
      source = make({ spawn: () => silent });
      const promise = failure(source.open());
      while (!silent.onerror) {
        await Promise.resolve();
      }
      silent.onerror({ message: 'failed to load' });
      expect(await promise).toBe('reader-missing');
    });

    it.each(['reader-stopped', 'reader-missing'] as const)(
      'is replaced when it says %s',
      async code => {
        const { promise } = await pendingList();
        workers[0].send({
          kind: 'failure',
          id: workers[0].requests[1].id,
          failure: { code, technical: 'unreachable' }
        });
        expect(await promise).toBe(code);
        expect(workers[0].terminated).toBe(true);
      }
    );

    it('is replaced when its memory is spent, once nothing waits', async () => {
      const { promise } = await pendingList();
      workers[0].send({ kind: 'spent' });
      expect(workers[0].terminated).toBe(false);
      const { id } = workers[0].requests[1];
      workers[0].send({ kind: 'value', id, value: [] });
      expect(await promise).toBe('none');
      expect(workers[0].terminated).toBe(true);
    });
  });

  describe('#stop()', () => {
    it('rejects what waits and ends the worker', async () => {
      const { promise } = await pendingList();
      source.stop();
      expect(await promise).toBe('cancelled');
      expect(workers[0].terminated).toBe(true);
      expect(await source.open()).toEqual(SUMMARY);
    });

    it('stops an opening whose address never comes', async () => {
      location.mockReturnValue(new Promise(() => undefined));
      const promise = failure(source.open());
      source.stop();
      expect(await promise).toBe('cancelled');
    });

    it('stops the other way', async () => {
      opens = () => 'not-found';
      let stopped: AbortSignal | null = null;
      source = make({
        fallback: (_progress, signal) => {
          stopped = signal;
          return new Promise(() => undefined);
        }
      });
      const promise = failure(source.open());
      while (!stopped) {
        await Promise.resolve();
      }
      source.stop();
      expect(await promise).toBe('cancelled');
      expect((stopped as AbortSignal).aborted).toBe(true);
    });
  });

  describe('#activity', () => {
    it('tells of work that takes longer than a moment, until it is done', async () => {
      const { promise } = await pendingList();
      const told: (IActivity | null)[] = [];
      source.activityChanged.connect((_, activity) => told.push(activity));
      workers[0].send({ kind: 'beat', network: false, activity: READING });
      expect(source.activity).toBeNull();
      clock.pass(1);
      workers[0].send({ kind: 'beat', network: false, activity: READING });
      expect(source.activity).toEqual(READING);
      const { id } = workers[0].requests[1];
      workers[0].send({ kind: 'value', id, value: [] });
      await promise;
      expect(told).toEqual([READING, null]);
    });
  });

  describe('#dispose()', () => {
    it('rejects what waits, and every later call', async () => {
      const { promise } = await pendingList();
      source.dispose();
      source.dispose();
      expect(source.isDisposed).toBe(true);
      expect(await promise).toBe('cancelled');
      expect(workers[0].terminated).toBe(true);
      expect(await failure(source.open())).toBe('cancelled');
      expect(await failure(source.describe(['/']))).toBe('cancelled');
      expect(workers).toHaveLength(1);
    });
  });
});
