/**
 * @jest-environment node
 */
import type { NodeListing } from '../../refs/types';
import { fetchGroup } from '../groupcheck';
import { treeNode } from '../oldgroup';
import type { IRelisted } from '../protocol';
import { RangeBytes } from '../rangebytes';
import { sectionsFile } from './fixture';
import { Page } from './page';
import { FakeServer } from './server';

const GROUP = '/results/VecRef';
const file = sectionsFile('sections');

/** The names that the file holds; see `make.py` beside it. */
const NAMES = Array.from({ length: 910 }, (_, i) => i)
  .filter(i => i >= 100 || i % 10 !== 0)
  .map(i => `dend_${i}`)
  .concat('alias', 'x')
  .sort();

async function opened(): Promise<Page> {
  const page = new Page(new FakeServer(file));
  await page.call('open', {
    kind: 'url',
    url: 'http://host/f.h5',
    headers: {}
  });
  return page;
}

async function listed(page: Page): Promise<NodeListing> {
  const value = await page.call('list', [GROUP]);
  return (value as readonly NodeListing[])[0];
}

/** Settles when the worker has told of a list that it corrects. */
async function relisted(page: Page): Promise<NodeListing> {
  for (let turn = 0; turn < 10_000; turn++) {
    const message = page.messages.find(
      (candidate): candidate is IRelisted => candidate.kind === 'relisted'
    );
    if (message) {
      return message.listing;
    }
    await new Promise(resolve => setImmediate(resolve));
  }
  throw new Error('no list was corrected');
}

describe('a large group of the original layout', () => {
  it('is listed by a few requests', async () => {
    const page = await opened();
    const before = page.server.seen.length;
    const listing = await listed(page);
    expect(page.server.seen.length - before).toBeLessThan(10);
    expect(listing).toMatchObject({ unchecked: true });
    expect('names' in listing && listing.names).toEqual(
      expect.arrayContaining(NAMES)
    );
  });

  it('loses a name that is none as soon as HDF5 has looked', async () => {
    const page = await opened();
    const early = await listed(page);
    expect('names' in early && early.names).toContain('nowhere');
    const listing = await relisted(page);
    expect('names' in listing && [...listing.names].sort()).toEqual(NAMES);
    expect(listing).toMatchObject({ total: NAMES.length });
  });

  it('is listed by HDF5 itself where all of it is there', async () => {
    const page = await opened();
    await listed(page);
    await relisted(page);
    const listing = await listed(page);
    expect('unchecked' in listing).toBe(false);
    expect(listing).toMatchObject({ total: NAMES.length });
  });

  it('answers other calls while it looks', async () => {
    const page = await opened();
    await listed(page);
    const value = await page.call('list', [`${GROUP}/dend_700`]);
    expect(value).toEqual([
      { path: `${GROUP}/dend_700`, names: ['v'], total: 1 }
    ]);
  });
});

describe('fetchGroup()', () => {
  it('comes to an end where nodes lead in a circle', async () => {
    const at = 100_000;
    const data = new Uint8Array(200_000);
    const view = new DataView(data.buffer, at);
    data.set([...'TREE'].map(letter => letter.charCodeAt(0)).concat(0, 1), at);
    view.setUint16(6, 1, true);
    view.setBigUint64(32, BigInt(at), true);
    const server = new FakeServer(data);
    const bytes = new RangeBytes({
      request: server.request,
      fetch: (from, to) => Promise.resolve(server.request(from, to)),
      stream: server.stream,
      identity: { size: data.length, lastModified: server.lastModified },
      start: data.slice(0, 65_536)
    });
    const root = treeNode(data.subarray(at, at + 1024));
    expect(root).toMatchObject({ level: 1, children: [at] });
    expect(await fetchGroup(bytes, root!)).toBe(true);
  });
});

describe('treeNode()', () => {
  it('is none where a text only begins like one', () => {
    expect(treeNode(Uint8Array.from([84, 82, 69, 69, 0, 0]))).toBeNull();
  });
});
