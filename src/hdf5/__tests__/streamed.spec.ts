/**
 * @jest-environment node
 */
import { File, ready } from 'h5wasm';
import type { ITrace, ITraceRequest } from '../../refs/types';
import { MemoryBytes } from '../bytes';
import { LIMITS } from '../limits';
import { Reader } from '../reader';
import { Page } from './page';
import { FakeServer } from './server';

const LENGTH = 1_500_000;
const GROUP = '/results/VecRef';
const V = `${GROUP}/soma/v`;

const times = Float64Array.from({ length: LENGTH }, (_, i) => i * 0.025);
const values = Float64Array.from(times, t => Math.sin(t) * Math.exp(-t / 1e4));

/** Groups whose x does not come as a stream: numbers that are made of it, and parts of it. */
const READ_X = ['/results/Counted', '/results/Packed'];

/** A file with long variables, against an x of even and one of uneven times. */
async function longFile(): Promise<Uint8Array> {
  const { FS } = await ready;
  const file = new File('/long.h5', 'w');
  const uneven = times.map((t, i) => t + (i % 7) * 1e-3);
  for (const path of ['/results', GROUP, '/results/Varying']) {
    file.create_group(path);
  }
  for (const [group, x] of [
    [GROUP, times],
    ['/results/Varying', uneven]
  ] as const) {
    file.create_group(`${group}/soma`);
    file.create_dataset({ name: `${group}/x`, data: x });
    file.create_dataset({ name: `${group}/soma/v`, data: values });
  }
  const counted = BigInt64Array.from(times, (_, i) => BigInt(i));
  const [asIntegers, packed] = READ_X;
  for (const group of READ_X) {
    file.create_group(group);
    file.create_group(`${group}/soma`);
    file.create_dataset({ name: `${group}/soma/v`, data: values });
  }
  file.create_dataset({
    name: `${asIntegers}/x`,
    data: counted,
    dtype: '<q'
  });
  file.create_dataset({
    name: `${packed}/x`,
    data: times,
    chunks: [300_000],
    compression: 'gzip'
  });
  const narrow = Float32Array.from(values);
  file.create_dataset({ name: `${GROUP}/soma/narrow`, data: narrow });
  file.create_dataset({
    name: `${GROUP}/soma/chunked`,
    data: values,
    chunks: [10_000]
  });
  file.create_dataset({
    name: `${GROUP}/soma/other_length`,
    data: values.subarray(1)
  });
  file.close();
  return FS.readFile('/long.h5').slice();
}

function request(path: string, range: ITraceRequest['range'] = null) {
  const x = `${path.split('/').slice(0, 3).join('/')}/x`;
  return { path, x, range, columns: 500, maxPoints: 20_000 };
}

describe.each([
  ['near', Infinity],
  ['far', 0]
])('a long variable on a server that is %s', (_, nearServer) => {
  let data: Uint8Array;
  let page: Page;
  let memory: Reader;

  beforeAll(async () => {
    data = await longFile();
    const hdf5 = await ready;
    const bytes = new MemoryBytes(data);
    memory = new Reader({ hdf5, bytes, access: 'download' });
  });

  afterAll(() => memory.close());

  afterEach(() => jest.restoreAllMocks());

  beforeEach(async () => {
    jest.replaceProperty<{ nearServer: number }, 'nearServer'>(
      LIMITS,
      'nearServer',
      nearServer
    );
    page = new Page(new FakeServer(data));
    const url = 'http://host/files/long.h5';
    await page.call('open', { kind: 'url', url, headers: {} });
  });

  const roughs = (): ITrace[] =>
    page.messages.flatMap(message =>
      message.kind === 'rough' ? [message.trace] : []
    );

  /** Draw, each look at the clock being long after the one before. */
  const traceSlowly = async (path = V) => {
    let time = 0;
    const now = jest.spyOn(performance, 'now');
    now.mockImplementation(() => (time += 150));
    const answer = await page.call('trace', request(path));
    now.mockRestore();
    return answer;
  };

  it.each([
    V,
    `${GROUP}/soma/narrow`,
    `${GROUP}/soma/chunked`,
    `${GROUP}/soma/other_length`,
    '/results/Varying/soma/v',
    ...READ_X.map(group => `${group}/soma/v`)
  ])('is drawn as from memory: %s', async path => {
    for (const range of [null, [1000, 1007], [37_000, 37_499]] as const) {
      expect(await page.call('trace', request(path, range))).toEqual(
        memory.trace(request(path, range))
      );
    }
  });

  it('comes once with its x, whatever is zoomed into', async () => {
    const { seen } = page.server;
    const before = seen.length;
    await page.call('trace', request(V));
    const moved = seen
      .slice(before)
      .reduce((sum, span) => sum + (span ? span[1] - span[0] : Infinity), 0);
    expect(moved).toBeLessThan(2 * LENGTH * 8 + 200_000);
    const after = seen.length;
    for (const range of [
      [0, 10],
      [5000, 9000],
      [37_499, 37_500]
    ] as const) {
      await page.call('trace', request(V, range));
    }
    expect(seen).toHaveLength(after);
  });

  it.each(READ_X)('comes once after an x that is read: %s', async group => {
    const { seen } = page.server;
    const before = seen.length;
    const path = `${group}/soma/v`;
    expect(await traceSlowly(path)).toEqual(memory.trace(request(path)));
    const streams = seen
      .slice(before)
      .filter(span => span && span[1] - span[0] === LENGTH * 8);
    expect(streams).toHaveLength(1);
    expect(roughs().length).toBeGreaterThan(0);
  });

  it('shows what has come so far, each point as in the file', async () => {
    await traceSlowly();
    expect(roughs().length).toBeGreaterThan(1);
    let before = 0;
    for (const { arrived = 0, length, series, extent } of roughs()) {
      expect(arrived).toBeGreaterThan(before);
      expect(length).toBe(LENGTH);
      before = arrived;
      const [{ x, y }] = series;
      expect(extent).toEqual([0, times[arrived - 1]]);
      expect(x[x.length - 1]).toBe(times[arrived - 1]);
      x.forEach((t, i) => {
        const index = Math.round(t / 0.025);
        expect([t, y[i]]).toEqual([times[index], values[index]]);
      });
    }
    expect(before).toBeLessThan(LENGTH);
  });

  it('shows no number of a stream that ends early, and is read anew', async () => {
    page.server.short = 8;
    expect(await page.call('trace', request(V))).toBe('truncated');
    page.server.short = 0;
    expect(await page.call('trace', request(V))).toEqual(
      memory.trace(request(V))
    );
  });

  it('is not mixed of two states of the file', async () => {
    page.server.lastModified = 'Tue, 24 Nov 2026 12:00:00 GMT';
    expect(await page.call('trace', request(V))).toBe('file-changed');
  });

  it('tells how much of it has come', async () => {
    await traceSlowly();
    const told = page.beats.map(({ activity }) => activity);
    const last = told.filter(({ total }) => total === 2 * LENGTH * 8).pop();
    expect(last).toMatchObject({ what: 'reading' });
  });

  describe('for which there is no room', () => {
    const UNEVEN = '/results/Varying/soma/v';
    const trace = async (path: string, range: ITraceRequest['range'] = null) =>
      (await page.call('trace', request(path, range))) as ITrace;

    beforeEach(async () => {
      const url = 'http://host/files/long.h5';
      const cacheBytes = 4 << 20;
      await page.call('open', { kind: 'url', url, headers: {}, cacheBytes });
    });

    it('is drawn whole from the samples of the file, the extremes among them', async () => {
      const { series, extent } = await trace(V);
      const [{ x, y }] = series;
      expect(extent).toEqual([0, times[LENGTH - 1]]);
      expect(y).toContain(Math.max(...chunks(values, Math.max)));
      expect(y).toContain(Math.min(...chunks(values, Math.min)));
      x.forEach((t, i) => {
        const index = Math.round(t / 0.025);
        expect([t, y[i]]).toEqual([times[index], values[index]]);
      });
    });

    it.each([V, `${GROUP}/soma/narrow`, `${GROUP}/soma/chunked`])(
      'is zoomed into as from memory, and little is read for it: %s',
      async path => {
        await trace(path);
        const before = page.server.seen.length;
        for (const range of [
          [1000, 1007],
          [20_000, 20_100]
        ] as const) {
          expect(await trace(path, range)).toEqual(
            memory.trace(request(path, range))
          );
        }
        const moved = page.server.seen
          .slice(before)
          .reduce(
            (sum, span) => sum + (span ? span[1] - span[0] : Infinity),
            0
          );
        expect(moved).toBeLessThan(4 << 20);
      }
    );

    it('is drawn against uneven times that find no room either', async () => {
      for (const range of [null, [1000, 1007]] as const) {
        const { extent, series } = await trace(UNEVEN, range);
        expect(extent).toEqual(memory.trace(request(UNEVEN)).extent);
        const [{ x, y }] = series;
        expect(x.length).toBeGreaterThan(200);
        x.forEach((t, i) => {
          // The times are less than a step late.
          expect(y[i]).toBe(values[Math.floor(t / 0.025 + 1e-6)]);
        });
      }
    });

    it('shows what has come so far, and reads none of it twice', async () => {
      const before = page.server.seen.length;
      await traceSlowly();
      const large = page.server.seen
        .slice(before)
        .filter(span => span && span[1] - span[0] > 1_000_000);
      expect(large).toHaveLength(2);
      expect(roughs().length).toBeGreaterThan(0);
      const arrived = roughs().map(rough => rough.arrived ?? 0);
      expect(arrived).toEqual([...arrived].sort((a, b) => a - b));
      for (const { series } of roughs()) {
        const [{ x, y }] = series;
        x.forEach((t, i) => {
          expect(y[i]).toBe(values[Math.round(t / 0.025)]);
        });
      }
    });
  });

  it('ends the other stream where one fails', async () => {
    page.server.short = 8;
    expect(await page.call('trace', request(V))).toBe('truncated');
    const { length } = page.messages;
    await new Promise(resolve => setImmediate(resolve));
    expect(page.messages.slice(length)).toEqual([]);
  });

  it('leaves its x in memory, uneven as it is, for the next', async () => {
    const cacheBytes = 21 << 20;
    const url = 'http://host/files/long.h5';
    await page.call('open', { kind: 'url', url, headers: {}, cacheBytes });
    const x = '/results/Varying/x';
    const moved = async (path: string) => {
      const before = page.server.seen.length;
      await page.call('trace', { ...request(path), x });
      return page.server.seen
        .slice(before)
        .reduce((sum, span) => sum + (span ? span[1] - span[0] : Infinity), 0);
    };
    await moved('/results/Varying/soma/v');
    expect(await moved(V)).toBeLessThan(LENGTH * 8 + (1 << 20));
    expect(await moved(V)).toBeLessThan(2 << 20);
  });

  it('gives up its numbers, not its extremes, for the next', async () => {
    const cacheBytes = 20 << 20;
    const url = 'http://host/files/long.h5';
    await page.call('open', { kind: 'url', url, headers: {}, cacheBytes });
    const first = await page.call('trace', request(V));
    await page.call('trace', request(`${GROUP}/soma/narrow`));
    const before = page.server.seen.length;
    const again = (await page.call('trace', request(V))) as ITrace;
    expect(page.server.seen.length - before).toBeLessThanOrEqual(2);
    expect(again.extent).toEqual((first as ITrace).extent);
    expect(again.series[0].y).toContain(Math.max(...chunks(values, Math.max)));
  });
});

/** The least or greatest of each part of numbers that are too many for one call. */
function chunks(
  numbers: Float64Array,
  of: (...part: number[]) => number
): number[] {
  const found: number[] = [];
  for (let from = 0; from < numbers.length; from += 10_000) {
    found.push(of(...numbers.subarray(from, from + 10_000)));
  }
  return found;
}
