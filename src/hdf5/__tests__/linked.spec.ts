/**
 * @jest-environment node
 */
import type { IFailure } from '../../refs/failure';
import type { INodeFacts, ITrace, NodeDescription } from '../../refs/types';
import { LIMITS } from '../limits';
import { LinkedFolder } from './folder';
import { makeRun, mountedFiles } from './makerun';

const G = '/results/VecRef';
const X = `${G}/x`;

function draw(
  folder: LinkedFolder,
  path: string,
  x: string | null = X,
  range: readonly [number, number] | null = null
): Promise<ITrace> {
  const request = { path, x, range, columns: 200, maxPoints: 2000 };
  return folder.call('trace', request);
}

async function describeOne(
  folder: LinkedFolder,
  path: string
): Promise<NodeDescription> {
  const [description] = await folder.call('describe', [path]);
  return description;
}

async function factsOf(
  folder: LinkedFolder,
  path: string
): Promise<INodeFacts> {
  const description = await describeOne(folder, path);
  if ('failure' in description) {
    throw new Error(JSON.stringify(description.failure));
  }
  return description.facts;
}

async function failureAt(
  folder: LinkedFolder,
  path: string
): Promise<IFailure> {
  const description = await describeOne(folder, path);
  if ('facts' in description) {
    throw new Error(`${path} was read`);
  }
  return description.failure;
}

describe('a file that links to files beside it', () => {
  let folder: LinkedFolder;

  beforeEach(async () => {
    folder = new LinkedFolder();
    await folder.open('master.h5');
  });

  it('lists the sections by the names of the links, opening no linked file', async () => {
    const [listing] = await folder.call('list', [G]);
    expect(listing).toMatchObject({
      names: [
        'axon_0',
        'dend_1',
        'dend_2',
        'dend_3',
        'dend_10',
        'gone',
        'own',
        'soma',
        'x'
      ],
      total: 9
    });
    expect(folder.opened).toEqual([]);
    expect(new Set(folder.asked)).toEqual(
      new Set(['http://host/files/folder/master.h5'])
    );
  });

  it('opens the file of a section when it is looked at, and once', async () => {
    expect(await factsOf(folder, `${G}/dend_3`)).toMatchObject({
      path: `${G}/dend_3`,
      file: 'master_rank_1.h5',
      kind: 'group'
    });
    const paths = [`${G}/dend_1`, `${G}/dend_3`, `${G}/axon_0`];
    expect(await folder.call('list', paths)).toEqual(
      paths.map(path => ({ path, names: ['v'], total: 1 }))
    );
    expect(await factsOf(folder, `${G}/axon_0/v`)).toMatchObject({
      path: `${G}/axon_0/v`,
      file: 'master_rank_1.h5',
      shape: [101],
      detail: 'of rank 1',
      units: 'mV'
    });
    expect(folder.wanted).toHaveLength(1);
  });

  it('names no file for what lies in the opened file', async () => {
    expect(await factsOf(folder, `${G}/own/v`)).not.toHaveProperty('file');
    expect(folder.opened).toEqual([]);
  });

  it("draws each rank's values against the group's x of another rank", async () => {
    const of0 = await draw(folder, `${G}/dend_10/v`);
    const of1 = await draw(folder, `${G}/dend_3/v`);
    expect(of0.pairing).toEqual({ kind: 'x', path: X });
    expect(of1.pairing).toEqual({ kind: 'x', path: X });
    expect(of1.xFacts).toMatchObject({
      path: X,
      units: 'ms',
      file: 'master_rank_0.h5'
    });
    expect(of1.facts).toMatchObject({
      path: `${G}/dend_3/v`,
      file: 'master_rank_1.h5'
    });
    expect(of1.path).toBe(`${G}/dend_3/v`);
    expect(of0.series[0].y[100]).toBe(300);
    expect(of1.series[0].y[100]).toBe(-200);
    expect(of1.series[0].x[100]).toBe(25);
  });

  it('reads the visible part anew', async () => {
    const { series, extent } = await draw(folder, `${G}/dend_1/v`, X, [10, 12]);
    expect(extent).toEqual([0, 25]);
    expect(series[0].x.length).toBeLessThan(20);
    expect([...series[0].x]).toContain(11);
    expect([...series[0].y]).toContain(-44);
  });

  it('draws its own section against the linked x', async () => {
    const { series, pairing, facts } = await draw(folder, `${G}/own/v`);
    expect(pairing).toEqual({ kind: 'x', path: X });
    expect(series[0].y[2]).toBe(200);
    expect(facts.file).toBeUndefined();
  });

  it('shows the first values and the attributes', async () => {
    const preview = await folder.call('preview', `${G}/dend_2/v`);
    expect(preview.facts).toMatchObject({
      path: `${G}/dend_2/v`,
      file: 'master_rank_0.h5'
    });
    expect(preview.values.slice(0, 3)).toEqual(['0', '2', '4']);
    expect(preview.attributes).toContainEqual({ name: 'units', text: 'mV' });
    expect(preview.failure).toBeNull();
  });

  it('follows the link of a whole group, and none in it', async () => {
    const whole = '/results/Whole';
    expect(await factsOf(folder, whole)).toMatchObject({
      kind: 'group',
      file: 'master_rank_1.h5'
    });
    const [listing] = await folder.call('list', [whole]);
    expect(listing).toMatchObject({
      names: ['dend_1', 'dend_3', 'hop', 'soft', 'x']
    });
    const trace = await draw(folder, `${whole}/dend_3/v`, `${whole}/x`);
    expect(trace.pairing).toEqual({ kind: 'x', path: `${whole}/x` });
    expect(await failureAt(folder, `${whole}/hop`)).toMatchObject({
      code: 'external-link',
      path: `${whole}/hop`
    });
    expect(folder.opened).toEqual(['master_rank_1.h5']);
  });

  it('tells of a missing file at what lies in it, and reads the rest', async () => {
    const rows = [`${G}/gone`, `${G}/soma`, `${G}/dend_1`];
    const answers = await folder.call('describe', rows);
    const gone = answers.find(({ path }) => path === `${G}/gone`);
    expect(answers).toHaveLength(3);
    expect(gone).toMatchObject({
      failure: {
        code: 'linked-file',
        path: `${G}/gone`,
        file: 'master_rank_2.h5',
        cause: 'not-found'
      }
    });
    expect(answers.filter(answer => 'facts' in answer)).toHaveLength(2);
    expect(await folder.failure('preview', `${G}/gone`)).toMatchObject({
      code: 'linked-file'
    });
    expect(
      await folder.failure('trace', {
        path: `${G}/gone/v`,
        x: X,
        range: null,
        columns: 9,
        maxPoints: 99
      })
    ).toMatchObject({ code: 'linked-file', cause: 'not-found' });
    // One question by its address, one for the other way; none for each section.
    expect(
      folder.asked.filter(url => url.endsWith('master_rank_2.h5'))
    ).toHaveLength(1);
  });

  it('finds a missing file when all is opened anew', async () => {
    expect(await failureAt(folder, `${G}/gone`)).toMatchObject({
      cause: 'not-found'
    });
    const server = folder.files.get('master_rank_1.h5');
    if (server) {
      folder.files.set('master_rank_2.h5', server);
    }
    await folder.open('master.h5');
    expect(await failureAt(folder, `${G}/gone`)).toMatchObject({
      code: 'linked-file',
      cause: 'node-missing'
    });
  });

  it('reads a file whole by the other way where it has no address', async () => {
    folder.hasFallback = true;
    const server = folder.files.get('master_rank_1.h5');
    const { data } = server ?? { data: new Uint8Array(0) };
    expect(server).toBeDefined();
    if (server) {
      server.status = 404;
    }
    expect((await draw(folder, `${G}/dend_3/v`)).series[0].y[100]).toBe(-200);
    expect(folder.wanted.slice(0, 2)).toMatchObject([
      { file: 'master_rank_1.h5', whole: false },
      { file: 'master_rank_1.h5', whole: true }
    ]);
    expect(data.length).toBeGreaterThan(0);
  });

  it.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['truncated', bytes => bytes.slice(0, 2048)],
    ['empty-file', () => new Uint8Array(0)],
    ['not-hdf5', bytes => bytes.map(byte => byte ^ 0x55)]
  ])('tells that a linked file is broken: %s', async (cause, broken) => {
    const server = folder.files.get('master_rank_1.h5');
    if (server) {
      server.data = broken(server.data);
    }
    expect(await failureAt(folder, `${G}/dend_3`)).toMatchObject({
      code: 'linked-file',
      file: 'master_rank_1.h5',
      cause
    });
    expect(await factsOf(folder, `${G}/soma`)).toMatchObject({ kind: 'group' });
    expect((await draw(folder, `${G}/soma/v`)).series[0].y[100]).toBe(100);
  });

  it('draws against the index where only the x lies in a broken file', async () => {
    const server = folder.files.get('master_rank_0.h5');
    if (server) {
      server.status = 404;
    }
    const { pairing, xFacts } = await draw(folder, `${G}/dend_1/v`);
    expect(pairing).toMatchObject({ reason: 'x-unreadable', path: X });
    expect(xFacts).toBeNull();
  });
});

describe('odd links', () => {
  let folder: LinkedFolder;

  beforeEach(async () => {
    folder = new LinkedFolder();
    await folder.open('master_odd.h5');
  });

  it.each([
    'up',
    'up_within',
    'passwd',
    'absolute',
    'url',
    'drive',
    'backslash',
    'hidden',
    'other_kind'
  ])('%s is refused, and nothing is asked for', async name => {
    const before = folder.asked.length;
    for (const path of [`${G}/${name}`, `${G}/${name}/v`]) {
      expect((await failureAt(folder, path)).code).toBe('external-link');
      expect((await folder.failure('preview', path)).code).toBe(
        'external-link'
      );
      const request = { path, x: X, range: null, columns: 9, maxPoints: 9 };
      expect((await folder.failure('trace', request)).code).toBe(
        'external-link'
      );
    }
    const [listing] = await folder.call('list', [`${G}/${name}`]);
    expect(listing).toMatchObject({ failure: { code: 'external-link' } });
    expect(folder.opened).toEqual([]);
    expect(folder.asked).toHaveLength(before);
  });

  it.each(['/other', '/results/Up', `${G}/own/deep`])(
    'a link at %s is not followed',
    async path => {
      expect((await failureAt(folder, path)).code).toBe('external-link');
      expect(folder.opened).toEqual([]);
    }
  );

  it.each([
    ['missing_file', 'nowhere.h5', 'not-found'],
    ['missing_node', 'master_rank_0.h5', 'node-missing'],
    ['link_to_link', 'master_rank_1.h5', 'external-link'],
    ['link_to_soft', 'master_rank_1.h5', 'external-link'],
    ['no_hdf5', 'no_hdf5.h5', 'not-hdf5']
  ])('%s tells of %s that it is %s', async (name, file, cause) => {
    const failure = { code: 'linked-file', file, cause };
    const path = `${G}/${name}`;
    expect(await failureAt(folder, path)).toMatchObject({ ...failure, path });
    expect(await failureAt(folder, `${path}/v`)).toMatchObject(failure);
    const [listing] = await folder.call('list', [path]);
    expect(listing).toMatchObject({ failure });
    expect(folder.opened).toEqual([file]);
  });

  it('leaves the good nodes beside them readable', async () => {
    expect((await draw(folder, `${G}/good/v`)).series[0].y[100]).toBe(100);
    expect((await draw(folder, `${G}/own/v`)).series[0].y[100]).toBe(10000);
    expect(await factsOf(folder, `${G}/to_dataset`)).toMatchObject({
      kind: 'dataset',
      shape: [101]
    });
  });

  it('answers for bad and good at once', async () => {
    const [listing] = await folder.call('list', [G]);
    const names = 'names' in listing ? listing.names : [];
    const paths = names.map(name => `${G}/${name}`);
    let rest = paths;
    const answered: string[] = [];
    while (rest.length > 0) {
      const answers = await folder.call('describe', rest);
      answered.push(...answers.map(({ path }) => path));
      rest = rest.filter(path => !answered.includes(path));
    }
    expect(answered.sort()).toEqual([...paths].sort());
  });
});

describe('the master of a sweep', () => {
  const RUN = '/results/run_10';
  let folder: LinkedFolder;

  beforeEach(async () => {
    folder = new LinkedFolder();
    await folder.open('sweep.h5');
  });

  it('lists its runs and tells their parameters, opening no file of theirs', async () => {
    const [listing] = await folder.call('list', ['/results']);
    expect(listing).toMatchObject({ names: ['run_2', 'run_10'], total: 2 });
    expect(await factsOf(folder, RUN)).toEqual({
      path: RUN,
      file: 'runs/run_10.h5',
      kind: 'group',
      shape: null,
      dtype: '',
      valueClass: 'other',
      detail: 'amp = 1.0',
      units: null
    });
    const preview = await folder.call('preview', RUN);
    expect(preview.facts).toMatchObject({
      path: RUN,
      file: 'runs/run_10.h5',
      detail: 'amp = 1.0'
    });
    expect(preview.attributes).toEqual(
      expect.arrayContaining([
        { name: 'run', text: 'run_10' },
        { name: 'parameters', text: '{"amp": 1.0}' }
      ])
    );
    expect(preview.failure).toBeNull();
    expect(folder.wanted).toEqual([]);
  });

  it('opens the file of the run that is looked into, and no other', async () => {
    const [listing] = await folder.call('list', [RUN]);
    expect(listing).toMatchObject({
      path: RUN,
      names: ['dend_0', 'dend_1', 'dend_2', 'x']
    });
    const { series, pairing } = await draw(
      folder,
      `${RUN}/dend_1/v`,
      `${RUN}/x`
    );
    expect(pairing).toEqual({ kind: 'x', path: `${RUN}/x` });
    expect(series[0].y[100]).toBe(10_200);
    expect(folder.opened).toEqual(['runs/run_10.h5']);
    expect(folder.wanted).toHaveLength(1);
  });

  it('draws the same variable of two runs, each against its own x', async () => {
    const [two, ten] = await Promise.all(
      ['run_2', 'run_10'].map(run =>
        draw(folder, `/results/${run}/dend_0/v`, `/results/${run}/x`)
      )
    );
    expect([two.series[0].y[0], ten.series[0].y[0]]).toEqual([2000, 10_000]);
    expect(two.xFacts?.file).toBe('runs/run_2.h5');
    expect(ten.xFacts?.file).toBe('runs/run_10.h5');
  });

  it('tells of a parallel run where its x lies, and opens nothing for it', async () => {
    await folder.open('sweep_parallel.h5');
    expect(await factsOf(folder, '/results/both')).toMatchObject({
      kind: 'group',
      detail: 'ranks = 2',
      xFile: 'runs/run_2.h5'
    });
    expect(folder.wanted).toEqual([]);
    const path = '/results/both/rank_10_dend_0/v';
    const { series, xFacts } = await draw(folder, path, '/results/both/x');
    expect(series[0].y[0]).toBe(10_000);
    expect(xFacts?.file).toBe('runs/run_2.h5');
  });
});

describe('odd links of whole groups', () => {
  let folder: LinkedFolder;

  beforeEach(async () => {
    folder = new LinkedFolder();
    await folder.open('sweep_odd.h5');
  });

  it.each(['up', 'up_within', 'absolute'])(
    '%s is refused, and nothing is asked for',
    async name => {
      const path = `/results/${name}`;
      const before = folder.asked.length;
      expect((await failureAt(folder, path)).code).toBe('external-link');
      expect((await failureAt(folder, `${path}/x`)).code).toBe('external-link');
      const [listing] = await folder.call('list', [path]);
      expect(listing).toMatchObject({ failure: { code: 'external-link' } });
      expect(folder.asked).toHaveLength(before);
      expect(folder.wanted).toEqual([]);
    }
  );

  it.each([
    ['missing_file', 'runs/run_3.h5', 'not-found'],
    ['second_hop', 'sweep.h5', 'external-link']
  ])('%s is told when it is looked into', async (name, file, cause) => {
    const path = `/results/${name}`;
    const [listing] = await folder.call('list', [path]);
    expect(listing).toMatchObject({
      path,
      failure: { code: 'linked-file', file, cause }
    });
    expect(folder.opened).toEqual([file]);
  });

  it('a dataset where a group should be cannot be listed', async () => {
    const [listing] = await folder.call('list', ['/results/to_dataset']);
    expect(listing).toMatchObject({ failure: { code: 'node-unreadable' } });
    const [good] = await folder.call('list', ['/results/good']);
    expect(good).toMatchObject({ total: 4 });
  });
});

/** Bytes in which the first of numbers that count up from one is another. */
function withFirst(data: Uint8Array, from: number, first: number): Uint8Array {
  const bytes = Buffer.from(data);
  const numbers = Buffer.from(Float64Array.of(from, from + 1).buffer);
  bytes.writeDoubleLE(first, bytes.indexOf(numbers));
  return new Uint8Array(bytes);
}

describe('a run of many ranks', () => {
  const RANKS = LIMITS.linkedFiles + 8;
  const SECTIONS = 3 * RANKS;
  const section = (i: number) => `${G}/dend_${i}`;
  const paths = Array.from({ length: SECTIONS }, (_, i) => section(i));
  let folder: LinkedFolder;

  /** Ask as the page does, until there is an answer for each. */
  async function listAll(): Promise<string[]> {
    const answered: string[] = [];
    while (answered.length < paths.length) {
      const rest = paths.filter(path => !answered.includes(path));
      for (const answer of await folder.call('list', rest)) {
        expect(answer).toMatchObject({ names: ['v'] });
        answered.push(answer.path);
      }
    }
    return answered;
  }

  /** Linked files that HDF5 sees now; other tests leave theirs open. */
  async function openFiles(): Promise<number> {
    return (await mountedFiles()).length - others;
  }

  let others: number;
  let run: Map<string, Uint8Array>;

  beforeAll(async () => {
    run = await makeRun(RANKS, SECTIONS);
  });

  beforeEach(async () => {
    folder = new LinkedFolder(run);
    await folder.open('run.h5');
    others = (await mountedFiles()).length;
  });

  it('lists its sections without opening any', async () => {
    const [listing] = await folder.call('list', [G]);
    expect(listing).toMatchObject({ total: SECTIONS + 2 });
    expect(folder.wanted).toEqual([]);
  });

  it('opens each file once to search all, and few at a time', async () => {
    const answered = await listAll();
    expect(answered.sort()).toEqual([...paths].sort());
    expect(folder.wanted).toHaveLength(RANKS);
    expect(await openFiles()).toBe(LIMITS.linkedFiles);
  });

  it('keeps open what was used last', async () => {
    const request = { range: null, columns: 9, maxPoints: 99, x: X };
    await listAll();
    const last = folder.wanted[RANKS - 1].file;
    const ofLast = section(Number(/\d+/.exec(last)?.[0]));
    const trace = await folder.call('trace', {
      ...request,
      path: `${ofLast}/v`
    });
    expect(trace.pairing.kind).toBe('x');
    expect(folder.wanted.slice(RANKS).map(({ file }) => file)).not.toContain(
      last
    );
  });

  it('closes all of them where another file is opened', async () => {
    await listAll();
    await folder.open('run.h5');
    await folder.open('rank_0.h5');
    expect(await openFiles()).toBe(0);
  });

  describe('that is opened anew', () => {
    const V = `${section(1)}/v`;
    const LATER = 'Tue, 24 Nov 2026 11:59:59 GMT';

    /** What is asked of a server until a variable is drawn once more, in a file that changed. */
    async function drawAnew(): Promise<{ y: number; requests: number }> {
      folder.files.get('run.h5')!.lastModified = LATER;
      await folder.open('run.h5');
      const { seen } = folder.files.get('rank_1.h5')!;
      const { length } = seen;
      const { series } = await draw(folder, V);
      return { y: series[0].y[0], requests: seen.length - length };
    }

    it('reads nothing again of a linked file that did not change', async () => {
      await draw(folder, V);
      // Its date is looked at, with the first bytes.
      expect(await drawAnew()).toEqual({ y: 1000, requests: 1 });
      expect(await drawAnew()).toEqual({ y: 1000, requests: 1 });
    });

    it('reads one anew that changed', async () => {
      await draw(folder, V);
      const server = folder.files.get('rank_1.h5')!;
      server.data = withFirst(server.data, 1000, 5);
      server.lastModified = LATER;
      expect((await drawAnew()).y).toBe(5);
    });

    it('reads one anew whose date may tell no further change', async () => {
      folder.files.get('rank_1.h5')!.lastModified = LATER;
      await draw(folder, V);
      expect((await drawAnew()).requests).toBeGreaterThan(1);
    });

    it('keeps no more files open than before', async () => {
      await listAll();
      await drawAnew();
      await listAll();
      expect(await openFiles()).toBeLessThanOrEqual(LIMITS.linkedFiles);
    });
  });

  it('says that a file changed while it was open, and reads it anew when asked again', async () => {
    const path = `${section(1)}/v`;
    expect(await factsOf(folder, path)).toMatchObject({ kind: 'dataset' });
    const server = folder.files.get('rank_1.h5');
    if (server) {
      server.lastModified = 'Tue, 24 Nov 2026 12:00:00 GMT';
    }
    const request = { path, x: null, range: null, columns: 9, maxPoints: 99 };
    expect(await folder.failure('trace', request)).toMatchObject({
      code: 'linked-file',
      path,
      file: 'rank_1.h5',
      cause: 'file-changed'
    });
    expect(await folder.call('trace', request)).toMatchObject({ path });
  });

  it('shows no number of a linked file that ends too early', async () => {
    const path = `${section(1)}/v`;
    await factsOf(folder, path);
    const server = folder.files.get('rank_1.h5');
    if (server) {
      server.short = 8;
    }
    const request = { path, x: null, range: null, columns: 9, maxPoints: 99 };
    expect(await folder.failure('trace', request)).toMatchObject({
      code: 'linked-file',
      cause: 'truncated'
    });
  });

  it('draws against the index where the x cannot be read to its end', async () => {
    await factsOf(folder, X);
    const server = folder.files.get('rank_0.h5');
    if (server) {
      server.status = 503;
    }
    const trace = await draw(folder, `${section(1)}/v`);
    expect(trace.pairing).toMatchObject({ reason: 'x-unreadable' });
    expect(trace.series[0].y[0]).toBe(1000);
  });

  it('tells of a failure of the opened file as one of the whole file', async () => {
    const server = folder.files.get('run.h5');
    if (server) {
      server.status = 503;
    }
    const path = `${G}/big`;
    const request = { path, x: null, range: null, columns: 9, maxPoints: 99 };
    expect((await folder.failure('trace', request)).code).toBe('server-gone');
  });

  it('names files in memory so that no link can name them', async () => {
    const before = await mountedFiles();
    await factsOf(folder, section(1));
    await folder.open('run.h5');
    await factsOf(folder, section(1));
    const fresh = (await mountedFiles()).filter(name => !before.includes(name));
    expect(fresh).toHaveLength(2);
    fresh.forEach(name => expect(name).toMatch(/^\d+-\d+-\d+-\d+$/));
  });
});
