/**
 * @jest-environment node
 */
import { join } from 'path';
import { ready } from 'h5wasm';
import type { FailureCode } from '../../refs/failure';
import { ReadError } from '../../refs/failure';
import type { IFileSummary, ITrace, NodeListing } from '../../refs/types';
import { Dispatcher } from '../dispatch';
import { LinkedReader } from '../linkedreader';
import type { Message } from '../protocol';
import { fileBytes, FIXTURES } from './fixture';
import { Page } from './page';
import { FakeServer } from './server';

const V = '/results/VecRef/soma/v';
const SOURCE = { kind: 'url', url: 'http://host/f.h5', headers: {} } as const;

function pageFor(name: string): Page {
  return new Page(new FakeServer(fileBytes(join(FIXTURES, `${name}.h5`))));
}

function trace(page: Page): Promise<ITrace | FailureCode> {
  return page.call('trace', {
    path: V,
    x: '/results/VecRef/x',
    range: null,
    columns: 100,
    maxPoints: 1000
  });
}

describe('Dispatcher', () => {
  it('opens a file in parts and draws from it, moving little', async () => {
    const page = pageFor('morphology');
    const summary = (await page.call('open', SOURCE)) as IFileSummary;
    expect(summary).toMatchObject({ kind: 'results', access: 'ranges' });
    expect(await trace(page)).toMatchObject({
      pairing: { kind: 'x', path: '/results/VecRef/x' },
      withoutX: 0
    });
    const moved = page.server.seen.reduce(
      (sum, range) => sum + (range ? range[1] - range[0] : summary.size),
      0
    );
    expect(moved).toBeLessThan(summary.size / 2);
  });

  it('goes on where it cannot be told how far the metadata reach', async () => {
    const page = pageFor('morphology');
    const reach = jest
      .spyOn(LinkedReader.prototype, 'reach', 'get')
      .mockImplementation(() => {
        throw new Error('memory access out of bounds');
      });
    expect(await page.call('open', SOURCE)).toMatchObject({ kind: 'results' });
    expect(reach).toHaveBeenCalled();
    reach.mockRestore();
    expect(await trace(page)).toMatchObject({ pairing: { kind: 'x' } });
  });

  it.each(['ranges', 'download'])(
    'tells of the groups with the opening: %s',
    async access => {
      const page = pageFor('small');
      page.server.ranges = access === 'ranges';
      const summary = (await page.call('open', SOURCE)) as IFileSummary;
      const [listing] = (await page.call('list', [
        '/results'
      ])) as NodeListing[];
      expect(summary).toMatchObject({ access, groups: listing });
      expect(listing).toMatchObject({
        names: ['MyGroup', 'SynVecRef', 'VecRef']
      });
    }
  );

  it('opens where the groups cannot be had, and says why when they are asked for', async () => {
    const page = pageFor('small');
    const list = jest
      .spyOn(LinkedReader.prototype, 'listSoon')
      .mockRejectedValue(
        new ReadError({ code: 'node-unreadable', technical: '' })
      );
    const summary = (await page.call('open', SOURCE)) as IFileSummary;
    expect(summary.kind).toBe('results');
    expect(summary.groups).toBeUndefined();
    expect(await page.call('list', ['/results'])).toBe('node-unreadable');
    list.mockRestore();
  });

  it('tells how old the file was when its first bytes came', async () => {
    const page = pageFor('morphology');
    expect(await page.call('open', SOURCE)).toMatchObject({
      age: {
        modified: Date.parse(page.server.lastModified),
        told: Date.parse('2026-11-24T12:00:00Z')
      }
    });
  });

  it('says before and after that it waits for the server', async () => {
    const page = pageFor('morphology');
    await page.call('open', SOURCE);
    await trace(page);
    const waits = page.beats.map(beat => beat.network);
    expect(waits.filter(Boolean).length).toBe(page.server.seen.length);
    expect(waits[waits.length - 1]).toBe(false);
    expect(page.beats[page.beats.length - 1].activity.done).toBeGreaterThan(0);
  });

  it('downloads a file whole where the server gives no parts', async () => {
    const page = pageFor('small');
    page.server.ranges = false;
    expect(await page.call('open', SOURCE)).toMatchObject({
      access: 'download'
    });
    expect(page.server.seen).toHaveLength(1);
    expect(await trace(page)).toMatchObject({ path: V });
    const { activity } = page.beats.filter(
      beat => beat.activity.what === 'downloading'
    )[0];
    expect(activity.total).toBe(page.server.data.length);
  });

  it('opens bytes', async () => {
    const page = pageFor('small');
    const buffer = page.server.data.slice().buffer;
    expect(await page.call('open', { kind: 'bytes', buffer })).toMatchObject({
      kind: 'results',
      access: 'download'
    });
  });

  it.each<[number, FailureCode]>([
    [0, 'server-gone'],
    [404, 'not-found'],
    [403, 'forbidden'],
    [503, 'server-gone']
  ])('says what %d means at the opening', async (status, code) => {
    const page = pageFor('small');
    page.server.status = status;
    expect(await page.call('open', SOURCE)).toBe(code);
    page.server.status = null;
    expect(await page.call('open', SOURCE)).toMatchObject({ kind: 'results' });
  });

  it.each<[string, FailureCode]>([
    ['broken/zero-length', 'empty-file'],
    ['broken/text', 'not-hdf5'],
    ['broken/truncated-002048', 'truncated']
  ])('says what is wrong with %s', async (name, code) => {
    expect(await pageFor(name).call('open', SOURCE)).toBe(code);
  });

  it("says the server's failure in place of what HDF5 makes of it", async () => {
    const page = pageFor('morphology');
    await page.call('open', SOURCE);
    page.server.status = 404;
    expect(await trace(page)).toBe('not-found');
    page.server.status = 0;
    expect(await page.call('list', ['/results/VecRef'])).toBe('server-gone');
    page.server.status = null;
    page.server.lastModified = 'Mon, 23 Nov 2026 13:00:00 GMT';
    expect(await trace(page)).toBe('file-changed');
  });

  it('reads on when the server is back', async () => {
    const page = pageFor('morphology');
    await page.call('open', SOURCE);
    page.server.status = 0;
    expect(await trace(page)).toBe('server-gone');
    page.server.status = null;
    expect(await trace(page)).toMatchObject({ path: V });
  });

  it('shows no number of a short answer', async () => {
    const page = pageFor('morphology');
    await page.call('open', SOURCE);
    page.server.short = 8;
    expect(await trace(page)).toBe('truncated');
  });

  it('refuses calls without a file', async () => {
    expect(await pageFor('small').call('preview', '/')).toBe('reader-stopped');
  });

  it('says that the reader itself is missing', async () => {
    const messages: Message[] = [];
    const dispatcher = new Dispatcher(
      Promise.reject(new Error('no such file')),
      new FakeServer(new Uint8Array(0)).network,
      message => messages.push(message)
    );
    await dispatcher.handle({ id: 1, call: 'open', argument: SOURCE });
    expect(messages).toContainEqual(
      expect.objectContaining({
        failure: expect.objectContaining({ code: 'reader-missing' }) as unknown
      })
    );
  });

  it('gives the memory of the points away', async () => {
    const given: ArrayBuffer[] = [];
    const server = new FakeServer(fileBytes(join(FIXTURES, 'small.h5')));
    const dispatcher = new Dispatcher(ready, server.network, (_, transfer) =>
      given.push(...transfer)
    );
    await dispatcher.handle({ id: 1, call: 'open', argument: SOURCE });
    await dispatcher.handle({
      id: 2,
      call: 'trace',
      argument: { path: V, x: null, range: null, columns: 9, maxPoints: 99 }
    });
    expect(given).toHaveLength(2);
  });
});
