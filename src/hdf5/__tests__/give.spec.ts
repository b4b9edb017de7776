import { ReadError } from '../../refs/failure';
import type { IClock } from '../calls';
import { WorkerCalls } from '../calls';
import { give } from '../give';
import type { IGiven, PageMessage } from '../protocol';
import type { IWorkerLike } from '../spawn';

const OPTIONS = {
  progress: () => undefined,
  signal: new AbortController().signal
};

function wanted(file: string, whole = false) {
  return { kind: 'wanted', id: 7, file, whole } as const;
}

describe('give()', () => {
  const buffer = new ArrayBuffer(3);
  const beside = jest.fn(() => ({
    location: () =>
      Promise.resolve({ kind: 'url', url: 'u', headers: {} } as const),
    fallback: () => Promise.resolve(buffer)
  }));

  it('gives the address, and the bytes where there is none', async () => {
    const options = { ...OPTIONS, beside };
    expect(await give(wanted('a.h5'), options)).toMatchObject({
      id: 7,
      source: { kind: 'url', url: 'u' }
    });
    expect(await give(wanted('a.h5', true), options)).toMatchObject({
      source: { kind: 'bytes', buffer }
    });
  });

  it.each(['../up.h5', '/etc/passwd', 'http://x/y.h5', '.hidden.h5'])(
    'asks nobody for %s',
    async file => {
      beside.mockClear();
      expect((await give(wanted(file), { ...OPTIONS, beside })).source).toBe(
        null
      );
      expect(beside).not.toHaveBeenCalled();
    }
  );

  it('gives nothing where no file beside is to be had', async () => {
    expect(await give(wanted('a.h5'), OPTIONS)).toEqual({
      kind: 'given',
      id: 7,
      source: null,
      failure: null
    });
  });

  it('says why, in our words only', async () => {
    const failure = { code: 'forbidden', technical: '403' } as const;
    const failing = (reason: Error) =>
      give(wanted('a.h5'), {
        ...OPTIONS,
        beside: () => ({ location: () => Promise.reject(reason) })
      });
    expect((await failing(new ReadError(failure))).failure).toBe(failure);
    expect((await failing(new Error('404'))).failure).toBeNull();
  });
});

describe('WorkerCalls', () => {
  let now: number;
  let tick: () => void;
  let sent: PageMessage[];
  let ended: jest.Mock;
  let worker: IWorkerLike;
  let calls: WorkerCalls;
  let answer: (given: IGiven) => void;

  beforeEach(() => {
    now = 0;
    sent = [];
    ended = jest.fn();
    worker = {
      onmessage: null,
      onerror: null,
      onmessageerror: null,
      postMessage: message => sent.push(message),
      terminate: () => undefined
    };
    const clock: IClock = {
      now: () => now,
      every: (_, look) => {
        tick = look;
        return () => undefined;
      }
    };
    calls = new WorkerCalls({
      worker,
      clock,
      beat: () => undefined,
      relisted: () => undefined,
      wanted: () => new Promise(resolve => (answer = resolve)),
      ended
    });
    calls.call('list', ['/'], []).catch(() => undefined);
    worker.onmessage?.({ data: wanted('a.h5') });
  });

  const pass = (seconds: number) => {
    for (let i = 0; i < seconds; i++) {
      now += 1000;
      tick();
    }
  };
  const given: IGiven = { kind: 'given', id: 7, source: null, failure: null };

  it('do not take a worker for hung that waits for a file', async () => {
    pass(300);
    expect(ended).not.toHaveBeenCalled();
    answer(given);
    await Promise.resolve();
    await Promise.resolve();
    expect(sent[1]).toBe(given);
    pass(10);
    expect(ended).not.toHaveBeenCalled();
    pass(1);
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it('give nothing to a worker that was ended', async () => {
    calls.end(new ReadError({ code: 'cancelled', technical: '' }));
    answer(given);
    await Promise.resolve();
    await Promise.resolve();
    expect(sent).toHaveLength(1);
  });
});
