/**
 * @jest-environment node
 */
import type { IListing, NodeDescription, NodeListing } from '../../refs/types';
import { symbolsOf } from '../oldgroup';
import { sectionsFile } from './fixture';
import { Page } from './page';
import { FakeServer } from './server';

const GROUP = '/results/VecRef';
const file = sectionsFile('sections');
const SECTIONS = Array.from(
  { length: 60 },
  (_, i) => `${GROUP}/dend_${201 + i * 10}`
);

/** A page that has listed the group, so that all that lists it was seen. */
async function opened(server = new FakeServer(file)): Promise<Page> {
  const page = new Page(server);
  await page.call('open', {
    kind: 'url',
    url: 'http://host/f.h5',
    headers: {}
  });
  await page.call('list', [GROUP]);
  for (let turn = 0; turn < 10_000; turn++) {
    if (page.messages.some(({ kind }) => kind === 'relisted')) {
      return page;
    }
    await new Promise(resolve => setImmediate(resolve));
  }
  throw new Error('the list was not looked at');
}

describe('sections of the original layout', () => {
  it('are listed as HDF5 lists them, many at a time', async () => {
    const page = await opened();
    const listings = await page.call('list', SECTIONS);
    for (const listing of listings as readonly NodeListing[]) {
      expect(listing).toMatchObject({ names: ['v'], total: 1 });
    }
    expect(listings.length).toBeGreaterThan(0);
  });

  it('are fetched together with what is in them, before HDF5 asks', async () => {
    const server = new FakeServer(file);
    // What HDF5 asks for, and waits.
    const asked = jest.spyOn(server, 'request');
    const page = await opened(server);
    asked.mockClear();
    const listings = (await page.call(
      'list',
      SECTIONS
    )) as readonly NodeListing[];
    const variables = listings.map(({ path }) => `${path}/v`);
    const facts = (await page.call(
      'describe',
      variables
    )) as readonly NodeDescription[];
    expect(facts[0]).toMatchObject({ facts: { kind: 'dataset' } });
    expect(asked).not.toHaveBeenCalled();
  });

  it('are told of with the order in which they lie in the file', async () => {
    const page = await opened();
    const [listing] = (await page.call('list', [GROUP])) as readonly IListing[];
    const { names, order } = listing;
    expect([...order!].sort((a, b) => a - b)).toEqual([...names.keys()]);
    const other = (await page.call('list', [SECTIONS[0]])) as readonly object[];
    expect(other[0]).not.toHaveProperty('order');
  });

  it('leave other calls in front while they are fetched', async () => {
    const page = await opened();
    const order: string[] = [];
    const many = page.call('list', SECTIONS).then(() => order.push('many'));
    const one = page
      .call('list', [`${GROUP}/dend_700`])
      .then(() => order.push('one'));
    await Promise.all([many, one]);
    expect(order).toEqual(['one', 'many']);
  });
});

describe('#symbolsOf()', () => {
  it('gives nothing of what is no symbol node, or not whole', () => {
    const node = new Uint8Array(48);
    expect(symbolsOf(node)).toBeNull();
    node.set([...'SNOD'].map(letter => letter.charCodeAt(0)));
    node[6] = 2;
    expect(symbolsOf(node)).toBeNull();
    node[6] = 1;
    expect(symbolsOf(node)).toEqual([{ name: 0, header: 0, group: null }]);
  });

  it('tells where the parts of a group are, where that is told', () => {
    const node = new Uint8Array(48);
    node.set([...'SNOD'].map(letter => letter.charCodeAt(0)));
    const view = new DataView(node.buffer);
    view.setUint16(6, 1, true);
    view.setBigUint64(8, 16n, true);
    view.setBigUint64(16, 800n, true);
    view.setUint32(24, 1, true);
    view.setBigUint64(32, 1000n, true);
    view.setBigUint64(40, 2000n, true);
    expect(symbolsOf(node)).toEqual([
      { name: 16, header: 800, group: { tree: 1000, heap: 2000 } }
    ]);
  });
});
