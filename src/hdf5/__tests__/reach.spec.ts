/**
 * @jest-environment node
 */
import type { IListing, NodeListing } from '../../refs/types';
import type { IReach } from '../reach';
import { ArrayCache } from '../arraycache';
import { NAMES_ATTRIBUTE } from '../../refs/layout';
import { openBytes, openFixture, sectionsFile } from './fixture';
import { retold } from './makerun';
import { Page } from './page';
import type { Seen } from './server';
import { FakeServer } from './server';

const SOURCE = { kind: 'url', url: 'http://host/f.h5', headers: {} } as const;
const GROUP = '/results/VecRef';
const SECTIONS = Array.from({ length: 2000 }, (_, i) => `${GROUP}/dend_${i}`);
const FIRST = 64 << 10;
/** What the file tells, and where the blocks of that end. */
const TOLD = { names: 75351, metadata: 858338 };
const NAMES = 19 * 4096;
const METADATA = 210 * 4096;
/** Milliseconds that the figures' traces are waited for. */
const MOMENT = 50;

afterEach(() => jest.restoreAllMocks());

const file = sectionsFile('managed');

/** The file, telling of its names what it does not hold. */
function telling(told: string): Promise<Uint8Array> {
  return retold(file, NAMES_ATTRIBUTE, told);
}

/** A server whose answers take a moment. */
function slowServer(): FakeServer {
  const server = new FakeServer(file);
  const { fetch } = server.network;
  const later = async (...asked: Parameters<typeof fetch>) => {
    await new Promise(resolve => setTimeout(resolve, 30));
    return fetch(...asked);
  };
  const network = { ...server.network, fetch: later };
  jest.spyOn(server, 'network', 'get').mockReturnValue(network);
  return server;
}

async function reachOf(data: Uint8Array): Promise<IReach> {
  const reader = await openBytes(data);
  const { reach } = reader;
  reader.close();
  return reach;
}

/** A page that has the file open and its group listed. */
async function opened(server = new FakeServer(file)): Promise<Page> {
  const page = new Page(server);
  await page.call('open', SOURCE);
  await list(page, GROUP);
  return page;
}

async function list(page: Page, ...paths: string[]): Promise<IListing> {
  const listings = (await page.call('list', paths)) as readonly NodeListing[];
  return listings[0] as IListing;
}

/** What is asked of the server for work, once the file was opened anew. */
async function askedFor(
  page: Page,
  work: () => Promise<unknown>
): Promise<readonly (readonly [number, number])[]> {
  await page.call('open', SOURCE);
  page.server.seen.length = 0;
  await work();
  return partsOf(page.server.seen);
}

function partsOf(seen: readonly Seen[]): (readonly [number, number])[] {
  return seen.flatMap(range => (range ? [range] : []));
}

function bytesOf(parts: readonly (readonly [number, number])[]): number {
  return parts.reduce((sum, [from, to]) => sum + to - from, 0);
}

describe('Reader', () => {
  describe('#reach', () => {
    it('is what the file tells of its names and of all its metadata', async () => {
      expect(await reachOf(file)).toEqual(TOLD);
    });

    it('is nothing of names that are more than the whole', async () => {
      const reach = await reachOf(await telling('858339'));
      expect(reach).toEqual({ ...TOLD, names: 0 });
    });

    it('is nothing in a file that tells nothing', async () => {
      const reader = await openFixture('small');
      expect(reader.reach).toEqual({ names: 0, metadata: 0 });
      reader.close();
    });

    it.each(['-75351', '9e15', '1e999', 'all of it', ' '])(
      'is not what is no number of bytes: %p',
      async told => {
        const reach = await reachOf(await telling(told));
        expect(reach).toEqual({ ...TOLD, names: 0 });
      }
    );
  });
});

describe('the names of a file that lie together', () => {
  it('are fetched before the other metadata', async () => {
    const page = await opened();
    const [first, names, ...rest] = partsOf(page.server.seen);
    expect(first).toEqual([0, FIRST]);
    expect(names).toEqual([FIRST, NAMES]);
    expect(rest[0][0]).toBe(names[1]);
  });

  it('are all that is fetched when the group of a file that is opened anew is listed', async () => {
    const page = await opened();
    const before = await list(page, GROUP);
    expect(before.total).toBe(2001);
    const parts = await askedFor(page, async () => {
      expect(await list(page, GROUP)).toEqual(before);
    });
    expect(Math.max(...parts.map(([, to]) => to))).toBe(NAMES);
  });

  it('and the headers of what is looked at are all that is fetched of it', async () => {
    const page = await opened();
    const parts = await askedFor(page, async () => {
      await list(page, GROUP);
      const facts = await page.call('describe', [
        SECTIONS[1200],
        `${SECTIONS[1200]}/v`
      ]);
      expect(facts).toMatchObject([
        { facts: { kind: 'group' } },
        { facts: { shape: [4] } }
      ]);
    });
    expect(parts.length).toBeLessThan(6);
    expect(bytesOf(parts)).toBeLessThan(40_000);
  });

  it('are fetched too when what is in the group is described first', async () => {
    const page = await opened();
    const parts = await askedFor(page, () =>
      page.call('describe', [SECTIONS[1200]])
    );
    expect(parts[0]).toEqual([FIRST, NAMES]);
    expect(bytesOf(parts)).toBeLessThan(40_000);
  });

  it('come with all metadata where many of them are listed', async () => {
    const page = await opened();
    const parts = await askedFor(page, () => list(page, ...SECTIONS));
    expect(parts).toEqual([[FIRST, METADATA]]);
  });

  it('are waited for no longer than they take, beside all metadata', async () => {
    const page = await opened(slowServer());
    const parts = await askedFor(page, () =>
      Promise.all([
        page.call('describe', [SECTIONS[1200]]),
        list(page, ...SECTIONS)
      ])
    );
    // What comes with the names is not asked for again, and nothing is left out.
    expect([...parts].sort((a, b) => a[0] - b[0])).toEqual([
      [FIRST, NAMES],
      [NAMES, METADATA]
    ]);
  });

  it('come with all metadata where many of what they name is described', async () => {
    const page = await opened();
    const parts = await askedFor(page, () =>
      page.call('describe', SECTIONS.slice(0, 200))
    );
    expect(parts).toEqual([[FIRST, METADATA]]);
  });

  it('are fetched of a file of which the other metadata are too many to be kept', async () => {
    const page = new Page(new FakeServer(file));
    const source = { ...SOURCE, cacheBytes: 1 << 20 };
    for (let i = 0; i < 2; i++) {
      page.server.seen.length = 0;
      await page.call('open', source);
      await list(page, GROUP);
    }
    expect(partsOf(page.server.seen)).toEqual([
      [0, FIRST],
      [FIRST, NAMES]
    ]);
  });

  it('are left where they are too many to be kept', async () => {
    const lend = jest.spyOn(ArrayCache.prototype, 'lend');
    const page = new Page(new FakeServer(file));
    await page.call('open', { ...SOURCE, cacheBytes: 128 << 10 });
    expect((await list(page, GROUP)).total).toBe(2001);
    expect(lend).not.toHaveBeenCalled();
  });

  it('take room of the arrays, with all metadata, and stay there', async () => {
    const lend = jest.spyOn(ArrayCache.prototype, 'lend');
    const page = new Page(new FakeServer(file));
    await page.call('open', { ...SOURCE, cacheBytes: 2 << 20 });
    await list(page, ...SECTIONS);
    page.server.seen.length = 0;
    await list(page, ...SECTIONS);
    expect(page.server.seen).toEqual([]);
    const lent = lend.mock.calls.reduce((sum, [bytes]) => sum + bytes, 0);
    expect(lent).toBeGreaterThan(METADATA);
  });

  it('are not waited for at the first opening, which fetches them', async () => {
    const page = new Page(new FakeServer(file));
    await page.call('open', SOURCE);
    const wait = jest.spyOn(global, 'setTimeout');
    await list(page, ...SECTIONS);
    expect(wait).not.toHaveBeenCalledWith(expect.anything(), MOMENT);
  });

  it('are not waited for where the first bytes hold them', async () => {
    const page = await opened(new FakeServer(await telling('60000')));
    const wait = jest.spyOn(global, 'setTimeout');
    await askedFor(page, () => page.call('describe', [`${GROUP}/dend_0`]));
    expect(wait).not.toHaveBeenCalledWith(expect.anything(), MOMENT);
  });

  it('are asked for ahead once only where the server fails', async () => {
    const page = await opened();
    const parts = await askedFor(page, async () => {
      page.server.status = 500;
      await page.call('describe', [SECTIONS[1200]]);
      await page.call('describe', [SECTIONS[1200]]);
    });
    const ahead = parts.filter(([from, to]) => from === FIRST && to === NAMES);
    expect(ahead).toHaveLength(1);
  });

  it.each(['12', '70000', '857000', '999999'])(
    'are listed all the same where the file tells wrong of them: %s',
    async told => {
      const page = await opened(new FakeServer(await telling(told)));
      const listing = await list(page, GROUP);
      expect(listing.total).toBe(2001);
      await askedFor(page, async () => {
        expect(await list(page, GROUP)).toEqual(listing);
      });
    }
  );
});
