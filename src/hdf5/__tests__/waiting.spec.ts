/**
 * @jest-environment node
 */
import type { ITrace } from '../../refs/types';
import { Arrays } from '../arrays';
import { LinkedFolder } from './folder';
import { makeRun } from './makerun';
import { Page } from './page';
import { FakeServer } from './server';

const SECTIONS = 60;
const GROUP = '/results/VecRef';

describe('traces that are asked for together', () => {
  let page: Page;
  let opened: number;

  beforeEach(async () => {
    const run = await makeRun(1, SECTIONS);
    page = new Page(new FakeServer(run.get('rank_0.h5')!));
    const url = 'http://host/files/rank_0.h5';
    await page.call('open', { kind: 'url', url, headers: {} });
    opened = page.server.seen.length;
  });

  const moved = () =>
    page.server.seen
      .slice(opened)
      .reduce((sum, range) => sum + (range ? range[1] - range[0] : 0), 0);

  const request = (section: string) => ({
    path: `${GROUP}/${section}/v`,
    x: `${GROUP}/x`,
    range: null,
    columns: 100,
    maxPoints: 1000
  });

  const trace = (section: string) => page.call('trace', request(section));

  const sections = (count: number) =>
    Array.from({ length: count }, (_, i) => `dend_${i}`);

  const expectWhole = (answer: unknown) => {
    const { series, pairing } = answer as ITrace;
    const [{ x, y }] = series;
    expect(pairing).toEqual({ kind: 'x', path: `${GROUP}/x` });
    expect(y[y.length - 1]).toBe(19_999);
    expect([...y]).toEqual([...x]);
  };

  it('need a few requests for all', async () => {
    const answers = await Promise.all(sections(SECTIONS).map(trace));
    answers.forEach(expectWhole);
    expect(page.server.seen.length - opened).toBeLessThan(SECTIONS / 2);
  });

  it('come one after another, the first before all were fetched', async () => {
    let atFirst = 0;
    await Promise.all(
      sections(SECTIONS).map(async (section, i) => {
        await trace(section);
        atFirst = i === 0 ? moved() : atFirst;
      })
    );
    expect(atFirst).toBeLessThan(moved() / 2);
  });

  it('are not read again for another look', async () => {
    await Promise.all(sections(SECTIONS).map(trace));
    const before = page.server.seen.length;
    await Promise.all(sections(SECTIONS).map(trace));
    expect(page.server.seen).toHaveLength(before);
  });

  it('fail each for itself', async () => {
    const [first, missing, last] = await Promise.all(
      ['dend_0', 'axon', 'dend_1'].map(trace)
    );
    expectWhole(first);
    expect(missing).toBe('node-missing');
    expectWhole(last);
  });

  it('are made one by one where nothing is to be fetched', async () => {
    page.server.ranges = false;
    const url = 'http://host/files/rank_0.h5';
    await page.call('open', { kind: 'url', url, headers: {} });
    const read = jest.spyOn(Arrays.prototype, 'line');
    let atFirst = 0;
    await Promise.all(
      sections(8).map(async (section, i) => {
        await trace(section);
        atFirst = i === 0 ? read.mock.calls.length : atFirst;
      })
    );
    // The next one has begun by then.
    expect(atFirst).toBeLessThan(6);
    read.mockRestore();
  });

  it('open no linked file for another', async () => {
    const ranks = 6;
    const folder = new LinkedFolder(await makeRun(ranks, ranks));
    await folder.open('run.h5');
    let atFirst = 0;
    await Promise.all(
      sections(ranks).map(async (section, i) => {
        await folder.call('trace', { ...request(section), x: null });
        atFirst = i === 0 ? folder.wanted.length : atFirst;
      })
    );
    expect(atFirst).toBeLessThan(3);
    expect(folder.wanted).toHaveLength(ranks);
  });
});
