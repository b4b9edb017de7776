/**
 * @jest-environment node
 */
import type { IListing, NodeListing } from '../../refs/types';
import type { IReach } from '../reader';
import { openBytes, openFixture, sectionsFile } from './fixture';
import { Page } from './page';
import type { Seen } from './server';
import { FakeServer } from './server';

const SOURCE = { kind: 'url', url: 'http://host/f.h5', headers: {} } as const;
const GROUP = '/results/VecRef';
const SECTIONS = Array.from({ length: 2000 }, (_, i) => `${GROUP}/dend_${i}`);
const BLOCK = 4096;
const FIRST = 64 << 10;

const file = sectionsFile('managed');

/** The file, telling of its names what it does not hold. */
function telling(told: string): Uint8Array {
  const data = Buffer.from(file);
  const now = data.indexOf('000000074839', 0, 'latin1');
  data.write(told.padEnd(12, '\0'), now, 'latin1');
  return new Uint8Array(data);
}

async function reachOf(data: Uint8Array): Promise<IReach> {
  const reader = await openBytes(data);
  const { reach } = reader;
  reader.close();
  return reach;
}

/** A page that has the file open and its group listed. */
async function opened(data = file): Promise<Page> {
  const page = new Page(new FakeServer(data));
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
      expect(await reachOf(file)).toEqual({ names: 74839, metadata: 857972 });
    });

    it('is nothing in a file that tells nothing', async () => {
      const reader = await openFixture('small');
      expect(reader.reach).toEqual({ names: 0, metadata: 0 });
      reader.close();
    });

    it.each(['-74839', '9e15', '1e999', 'all of it', ''])(
      'is not what is no number of bytes: %p',
      async told => {
        expect(await reachOf(telling(told))).toMatchObject({ names: 0 });
      }
    );
  });
});

describe('the names of a file that lie together', () => {
  it('are fetched before the other metadata', async () => {
    const page = await opened();
    const [first, names, ...rest] = partsOf(page.server.seen);
    expect(first).toEqual([0, FIRST]);
    expect(names).toEqual([FIRST, Math.ceil(74839 / BLOCK) * BLOCK]);
    expect(rest[0][0]).toBe(names[1]);
  });

  it('are all that is fetched when the group of a file that is opened anew is listed', async () => {
    const page = await opened();
    const before = await list(page, GROUP);
    expect(before.total).toBe(2001);
    const parts = await askedFor(page, async () => {
      expect(await list(page, GROUP)).toEqual(before);
    });
    expect(Math.max(...parts.map(([, to]) => to))).toBeLessThan(74839 + BLOCK);
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
    expect(parts[0]).toEqual([FIRST, Math.ceil(74839 / BLOCK) * BLOCK]);
    expect(bytesOf(parts)).toBeLessThan(40_000);
  });

  it('come with all metadata where many of them are listed', async () => {
    const page = await opened();
    const parts = await askedFor(page, () => list(page, ...SECTIONS));
    expect(parts).toEqual([[FIRST, Math.ceil(857972 / BLOCK) * BLOCK]]);
  });

  it.each(['000000000012', '000000070000', '000000999999'])(
    'are listed all the same where the file tells wrong of them: %s',
    async told => {
      const page = await opened(telling(told));
      const listing = await list(page, GROUP);
      expect(listing.total).toBe(2001);
      await askedFor(page, async () => {
        expect(await list(page, GROUP)).toEqual(listing);
      });
    }
  );
});
