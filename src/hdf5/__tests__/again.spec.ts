/**
 * @jest-environment node
 */
import type { IListing, NodeListing } from '../../refs/types';
import { LIMITS } from '../limits';
import { LinkedReader } from '../linkedreader';
import type { IRelisted } from '../protocol';
import { RangeBytes } from '../rangebytes';
import { sectionsFile } from './fixture';
import { Page } from './page';
import type { Seen } from './server';
import { FakeServer } from './server';

const SOURCE = { kind: 'url', url: 'http://host/f.h5', headers: {} } as const;
const GROUP = '/results/VecRef';
const SECTIONS = Array.from({ length: 60 }, (_, i) => `${GROUP}/dend_${i}`);
/** What the file is made to tell of its metadata. */
const METADATA = 75 * 4096;

const pages: Page[] = [];

afterEach(async () => {
  jest.restoreAllMocks();
  // Nothing is put off of a file that is not open any more.
  const buffer = new ArrayBuffer(8);
  for (const page of pages.splice(0)) {
    await page.call('open', { kind: 'bytes', buffer });
  }
});

function newPage(data: Uint8Array): Page {
  const page = new Page(new FakeServer(data));
  pages.push(page);
  return page;
}

/** A page that has the file open and its group looked through. */
async function pageOf(data: Uint8Array): Promise<Page> {
  const page = newPage(data);
  await page.call('open', SOURCE);
  await list(page, GROUP);
  await relisted(page, 1);
  return page;
}

async function list(page: Page, ...paths: string[]): Promise<IListing> {
  const listings = (await page.call('list', paths)) as readonly NodeListing[];
  return listings[0] as IListing;
}

function trace(page: Page, section: string): Promise<unknown> {
  return page.call('trace', {
    path: `${section}/v`,
    x: `${GROUP}/x`,
    range: null,
    columns: 100,
    maxPoints: 1000
  });
}

/** Settles when the worker has told of so many lists that it corrects. */
async function relisted(page: Page, count: number): Promise<NodeListing> {
  const end = Date.now() + 4000;
  while (correctedBy(page).length < count && Date.now() < end) {
    await new Promise(resolve => setTimeout(resolve, 1));
  }
  const told = correctedBy(page)[count - 1];
  if (!told) {
    throw new Error('no list was corrected');
  }
  return told.listing;
}

function correctedBy({ messages }: Page): IRelisted[] {
  return messages.filter(message => message.kind === 'relisted');
}

/** Open the file once more; answers the parts asked for from then on. */
async function openAgain(page: Page): Promise<Seen[]> {
  page.server.seen.length = 0;
  await page.call('open', SOURCE);
  return page.server.seen;
}

/** Makes the look through a group, which asks for three parts at a time, wait until it may end. */
function slowLook(): { end(): void } {
  const { prefetch } = RangeBytes.prototype;
  let end: () => void = () => undefined;
  const ended = new Promise<void>(resolve => {
    end = resolve;
  });
  jest
    .spyOn(RangeBytes.prototype, 'prefetch')
    .mockImplementation(async function (this: RangeBytes, spans, atOnce) {
      await (atOnce === 3 ? ended : null);
      return prefetch.call(this, spans, atOnce);
    });
  return { end: () => end() };
}

/** Whether the metadata were fetched in one piece, which ends where they do. */
function hasMetadata(seen: readonly Seen[]): boolean {
  return seen.some(range => range && range[1] === METADATA);
}

/** Settles when what was begun has gone on for a while. */
function aWhile(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 20));
}

function renamed(data: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(data);
  const at = text.indexOf(`${from}\0`, 0, 'latin1');
  text.write(to, at, 'latin1');
  return new Uint8Array(text);
}

describe('a large group of a file that is opened anew', () => {
  it('is listed as before by its names alone', async () => {
    const page = await pageOf(sectionsFile('plain'));
    const before = (await relisted(page, 1)) as IListing;
    const seen = await openAgain(page);
    const listing = await list(page, GROUP);
    expect(listing).toEqual({ ...before, unchecked: true });
    expect(listing.order).toHaveLength(401);
    await aWhile();
    expect(seen.length).toBeLessThan(8);
    expect(correctedBy(page)).toHaveLength(1);
  });

  it('is looked through once the file was left alone for a while', async () => {
    jest.replaceProperty(LIMITS, 'calm', 20 as never);
    const page = await pageOf(sectionsFile('plain'));
    page.server.data = sectionsFile('deleted');
    await openAgain(page);
    expect((await list(page, GROUP)).names).toContain('dend_50');
    const listing = (await relisted(page, 2)) as IListing;
    expect(listing).toMatchObject({ total: 400 });
    expect(listing.names).not.toContain('dend_50');
  });

  const V_OF_50 = `${SECTIONS[50]}/v`;

  it.each<[string, (page: Page) => Promise<unknown>]>([
    ['listed', page => page.call('list', [SECTIONS[50]])],
    ['described', page => page.call('describe', [SECTIONS[50]])],
    ['described by its variable', page => page.call('describe', [V_OF_50])],
    ['drawn', page => trace(page, SECTIONS[50])]
  ])(
    'is looked through at once where one is missing that is %s',
    async (_, ask) => {
      const page = await pageOf(sectionsFile('plain'));
      page.server.data = sectionsFile('deleted');
      await openAgain(page);
      await list(page, GROUP);
      await page.call('list', [SECTIONS[49], `${GROUP}/none`]);
      await page.call('describe', [SECTIONS[49], `${GROUP}/none`]);
      await aWhile();
      expect(correctedBy(page)).toHaveLength(1);
      await ask(page);
      expect(await relisted(page, 2)).toMatchObject({ total: 400 });
    }
  );

  it('is looked through at the next opening too where one was missing', async () => {
    const page = await pageOf(sectionsFile('plain'));
    page.server.data = sectionsFile('deleted');
    await openAgain(page);
    await list(page, GROUP);
    const missing = page.call('describe', [SECTIONS[50]]);
    await openAgain(page);
    await missing;
    await list(page, GROUP);
    expect(await relisted(page, 2)).toMatchObject({ total: 400 });
  });

  it('is looked through once more where that failed', async () => {
    jest.replaceProperty(LIMITS, 'calm', 20 as never);
    const page = await pageOf(sectionsFile('plain'));
    page.server.data = sectionsFile('deleted');
    await openAgain(page);
    await list(page, GROUP);
    page.server.status = 500;
    await aWhile();
    await aWhile();
    expect(correctedBy(page)).toHaveLength(1);
    page.server.status = null;
    expect(await relisted(page, 2)).toMatchObject({ total: 400 });
  });

  it('is known as HDF5 listed it last', async () => {
    const page = await pageOf(sectionsFile('plain'));
    page.server.data = sectionsFile('deleted');
    await openAgain(page);
    // All of it is there then, and HDF5 lists it.
    await list(page, ...SECTIONS);
    await list(page, ...SECTIONS);
    await relisted(page, 1);
    expect(await list(page, GROUP)).toMatchObject({ total: 400 });
    await openAgain(page);
    const listing = await list(page, GROUP);
    expect(listing).toMatchObject({ total: 400, unchecked: true });
    expect(await relisted(page, 2)).toMatchObject({ total: 400 });
  });

  it('is looked through once many of its sections are listed', async () => {
    const page = await pageOf(sectionsFile('plain'));
    const before = await relisted(page, 1);
    await openAgain(page);
    await list(page, GROUP);
    expect(await list(page, ...SECTIONS)).toMatchObject({ names: ['v'] });
    expect(await relisted(page, 2)).toEqual(before);
  });

  it('is looked through before more than the first of its sections are listed', async () => {
    const page = await pageOf(sectionsFile('plain'));
    await openAgain(page);
    await list(page, GROUP);
    const look = slowLook();
    expect(await list(page, ...SECTIONS.slice(0, 30))).toMatchObject({
      names: ['v']
    });
    let isListed = false;
    const more = list(page, ...SECTIONS.slice(30)).then(() => {
      isListed = true;
    });
    await aWhile();
    expect(isListed).toBe(false);
    look.end();
    await more;
    expect(correctedBy(page)).toHaveLength(2);
  });

  it('is told of no more when another file is open', async () => {
    const page = newPage(sectionsFile('plain'));
    await page.call('open', SOURCE);
    await list(page, GROUP);
    await page.call('open', { ...SOURCE, url: 'http://host/g.h5' });
    await aWhile();
    expect(correctedBy(page)).toEqual([]);
  });

  it('is looked through at once where a name is another', async () => {
    const page = await pageOf(sectionsFile('plain'));
    page.server.data = renamed(page.server.data, 'dend_399', 'dend_3z9');
    await openAgain(page);
    const listing = await list(page, GROUP);
    expect(listing.unchecked).toBe(true);
    expect(listing.names).toContain('dend_3z9');
    expect(await relisted(page, 2)).toMatchObject({ names: listing.names });
  });

  it('is looked through at once where HDF5 found fewer names than stand there', async () => {
    const page = await pageOf(sectionsFile('sections'));
    await openAgain(page);
    const listing = await list(page, GROUP);
    expect(listing.unchecked).toBe(true);
    expect(listing.names).not.toContain('nowhere');
    expect(await relisted(page, 2)).toMatchObject({ names: listing.names });
  });

  it('is not known at another address', async () => {
    const page = await pageOf(sectionsFile('plain'));
    await page.call('open', { ...SOURCE, url: 'http://host/g.h5' });
    expect(await list(page, GROUP)).toMatchObject({ unchecked: true });
  });

  it.each([
    ['a section', [SECTIONS[51]]],
    ['sections', [SECTIONS[51], SECTIONS[52]]]
  ])('is listed soon beside %s', async (_, paths) => {
    const page = newPage(sectionsFile('sections'));
    await page.call('open', SOURCE);
    page.server.seen.length = 0;
    const listings = (await page.call('list', [
      ...paths,
      GROUP
    ])) as readonly NodeListing[];
    expect(page.server.seen.length).toBeLessThan(15);
    const [group, ...sections] = [...listings].sort((a, b) =>
      a.path.localeCompare(b.path)
    );
    expect(group).toMatchObject({ path: GROUP, unchecked: true });
    expect(sections).toEqual(
      paths.map(path => ({ path, names: ['v'], total: 1 }))
    );
  });
});

describe('the metadata of a file', () => {
  beforeEach(() => {
    jest
      .spyOn(LinkedReader.prototype, 'reach', 'get')
      .mockReturnValue({ names: 0, metadata: METADATA });
  });

  it('are fetched with the first opening of a file, and not with the next', async () => {
    const page = newPage(sectionsFile('plain'));
    await page.call('open', SOURCE);
    await aWhile();
    expect(hasMetadata(page.server.seen)).toBe(true);
    const seen = await openAgain(page);
    await page.call('describe', [SECTIONS[7], `${SECTIONS[7]}/v`]);
    await aWhile();
    expect(hasMetadata(seen)).toBe(false);
    await page.call('open', { ...SOURCE, url: 'http://host/g.h5' });
    await aWhile();
    expect(hasMetadata(seen)).toBe(true);
  });

  it.each<[string, (page: Page) => Promise<unknown>]>([
    ['many groups are listed', page => list(page, ...SECTIONS)],
    ['a large group is listed', page => list(page, GROUP)],
    [
      'what is in a large group is described',
      page => page.call('describe', [SECTIONS[7]])
    ]
  ])('are fetched of a file that is opened anew when %s', async (_, ask) => {
    const page = await pageOf(sectionsFile('plain'));
    const seen = await openAgain(page);
    expect(hasMetadata(seen)).toBe(false);
    await ask(page);
    expect(hasMetadata(seen)).toBe(true);
  });

  it('are fetched once the traces of the figures are there', async () => {
    const page = await pageOf(sectionsFile('plain'));
    const seen = await openAgain(page);
    const described = page.call('describe', [SECTIONS[7]]);
    const drawn = await trace(page, SECTIONS[7]);
    expect(drawn).toMatchObject({ pairing: { kind: 'x' } });
    expect(hasMetadata(seen)).toBe(false);
    await described;
    expect(hasMetadata(seen)).toBe(true);
  });

  it('are left when the file is opened anew before they are asked for', async () => {
    const page = await pageOf(sectionsFile('plain'));
    const seen = await openAgain(page);
    const described = page.call('describe', [SECTIONS[7]]);
    await openAgain(page);
    await described;
    expect(hasMetadata(seen)).toBe(false);
  });

  it('are said to be waited for after each answer meanwhile', async () => {
    const page = await pageOf(sectionsFile('plain'));
    await openAgain(page);
    const described = page.call('describe', [SECTIONS[7]]);
    await page.call('describe', ['/results']);
    expect(page.beats[page.beats.length - 1].network).toBe(true);
    await described;
    expect(page.beats[page.beats.length - 1].network).toBe(false);
  });

  it('are left where the file is opened anew while its names come', async () => {
    jest
      .spyOn(LinkedReader.prototype, 'reach', 'get')
      .mockReturnValue({ names: 70 * 4096, metadata: METADATA });
    const page = newPage(sectionsFile('plain'));
    await page.call('open', SOURCE);
    const seen = await openAgain(page);
    await aWhile();
    expect(hasMetadata(seen)).toBe(false);
  });

  it('are left where the x of a large group is described', async () => {
    const page = await pageOf(sectionsFile('plain'));
    const seen = await openAgain(page);
    await page.call('describe', [GROUP, `${GROUP}/x`]);
    expect(hasMetadata(seen)).toBe(false);
  });
});
