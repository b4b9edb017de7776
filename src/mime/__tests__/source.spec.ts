import { FakeFile } from '../../viewer/__tests__/fakefile';
import { WatchedSource } from '../../viewer/watched';
import type { ITraceRequest } from '../../refs/types';
import type { NoFile } from '../source';
import { BundleSource } from '../source';
import { bundleOf } from './canned';

const V = '/results/VecRef/dend_0/v';
const FILE = { results: { VecRef: { x: '', dend_0: { v: '' } } } };

function request(more: Partial<ITraceRequest> = {}): ITraceRequest {
  return {
    path: V,
    x: '/results/VecRef/x',
    range: null,
    columns: 600,
    maxPoints: 20000,
    ...more
  };
}

function setUp(name: string, noFile: NoFile | null = null) {
  const file = new FakeFile(FILE);
  const openFile = jest.fn(async () => ({
    source: new WatchedSource(file),
    summary: file.summary
  }));
  const bundle = bundleOf(name);
  const source = new BundleSource({ bundle, noFile, openFile });
  return { bundle, file, openFile, source };
}

describe('BundleSource', () => {
  describe('#list()', () => {
    it('should tell the tree of the output, and open no file for it', async () => {
      const { openFile, source } = setUp('good-traces');
      const { rootNames } = await source.open();
      expect(rootNames).toEqual(['results']);
      const listings = await source.list([
        '/results',
        '/results/VecRef',
        '/results/VecRef/dend_0'
      ]);
      expect(listings.map(l => ('names' in l ? l.names : l.failure))).toEqual([
        ['Gaps', 'Spikes', 'VecRef'],
        ['dend_0', 'dend_1', 'dend_2', 'x'],
        ['v']
      ]);
      expect(openFile).not.toHaveBeenCalled();
    });

    it('should count the sections that the output does not name', async () => {
      const { source } = setUp('good-names-only');
      const [listing] = await source.list(['/results/VecRef']);
      expect(listing).toMatchObject({ total: 5000 });
      expect('names' in listing && listing.names.length).toBe(300);
    });

    it('should open the file for what the output names only', async () => {
      const { file, openFile, source } = setUp('good-names-only');
      const opened = jest.fn((summary: unknown) => undefined);
      source.fileOpened.connect((_, summary) => {
        opened(summary);
      });
      await source.list(['/results/VecRef/dend_0']);
      expect(openFile).toHaveBeenCalledTimes(1);
      expect(file.listed).toEqual(['/results/VecRef/dend_0']);
      expect(opened).toHaveBeenCalledWith(file.summary);
      await source.describe([V]);
      expect(file.described).toEqual([V]);
    });

    it.each(['untrusted', 'unsaved'] as const)(
      'should say that it is %s, and open nothing',
      async noFile => {
        const { openFile, source } = setUp('good-names-only', noFile);
        const refused = jest.fn((why: unknown) => undefined);
        source.refused.connect((_, why) => {
          refused(why);
        });
        expect(await source.list(['/results/VecRef/dend_0'])).toMatchObject([
          { failure: { code: `output-${noFile}` } }
        ]);
        expect(refused).toHaveBeenCalledWith(noFile);
        expect(openFile).not.toHaveBeenCalled();
      }
    );
  });

  describe('#setBundle()', () => {
    it('should keep the tree while a simulation tells its traces only', async () => {
      const { bundle, source } = setUp('good-not-saved', 'unsaved');
      const [drawn] = bundle.drawn;
      const points = {
        x: new Float64Array(9),
        y: new Float64Array(9),
        exact: null
      };
      source.setBundle({
        ...bundle,
        groups: [],
        groupCount: 0,
        drawn: [{ ...drawn, points }]
      });
      expect((await source.trace(request())).series[0].y).toBe(points.y);
      const [listing] = await source.list(['/results/VecRef']);
      expect(listing).toHaveProperty('names.length', 4);
    });
  });

  describe('#describe()', () => {
    it('should give the facts that the output holds', async () => {
      const { source } = setUp('good-traces');
      const [variable, group] = await source.describe([V, '/results/VecRef']);
      expect(variable).toMatchObject({
        facts: {
          kind: 'dataset',
          shape: [21],
          dtype: 'float64',
          valueClass: 'float',
          detail: 'part 0',
          units: 'mV'
        }
      });
      expect(group).toMatchObject({ facts: { kind: 'group' } });
    });
  });

  describe('#trace()', () => {
    it('should give the points of the output with their x, from no file', async () => {
      const { bundle, openFile, source } = setUp('good-traces');
      const trace = await source.trace(request());
      expect(trace).toMatchObject({
        pairing: { kind: 'x', path: '/results/VecRef/x' },
        xFacts: { units: 'ms' },
        length: 21,
        extent: [0, 5],
        reduced: false
      });
      expect(trace.series[0].y).toBe(bundle.drawn[0].points?.y);
      // Nothing was left out, so that a zoom shows no more.
      await source.trace(request({ range: [1, 2] }));
      expect(openFile).not.toHaveBeenCalled();
    });

    it('should tell why a trace is drawn against its index', async () => {
      const { source } = setUp('good-traces');
      const path = '/results/Spikes/soma/count';
      const trace = await source.trace(
        request({ path, x: '/results/Spikes/x' })
      );
      expect(trace).toMatchObject({
        pairing: { kind: 'index', reason: 'no-x', yLength: 3 },
        xFacts: null
      });
      expect(trace.series[0].exact?.[1]).toBe('9007199254740993');
    });

    it('should read a zoom from the file where points were left out', async () => {
      const { bundle, file, openFile } = setUp('good-traces');
      const drawn = bundle.drawn.map(d => ({ ...d, reduced: true }));
      const source = new BundleSource({
        bundle: { ...bundle, drawn },
        noFile: null,
        openFile
      });
      await source.trace(request());
      expect(openFile).not.toHaveBeenCalled();
      await source.trace(request({ range: [1, 2] }));
      expect(file.traced).toEqual([V]);
    });

    it('should keep the points where the file may not be read', async () => {
      const { bundle, openFile } = setUp('good-traces');
      const drawn = bundle.drawn.map(d => ({ ...d, reduced: true }));
      const source = new BundleSource({
        bundle: { ...bundle, drawn },
        noFile: 'untrusted',
        openFile
      });
      const trace = await source.trace(request({ range: [1, 2] }));
      expect(trace.series[0].y.length).toBe(21);
      await expect(
        source.trace(request({ path: '/results/VecRef/dend_1/v' }))
      ).rejects.toMatchObject({ failure: { code: 'output-untrusted' } });
      await expect(source.trace(request({ x: null }))).rejects.toMatchObject({
        failure: { code: 'output-untrusted' }
      });
      expect(openFile).not.toHaveBeenCalled();
    });

    it('should open the file once for many that are asked for', async () => {
      const { file, openFile, source } = setUp('good-tree-only');
      await Promise.all([
        source.trace(request()),
        source.trace(request({ path: '/results/VecRef/dend_1/v' }))
      ]);
      expect(openFile).toHaveBeenCalledTimes(1);
      expect(file.traced).toHaveLength(2);
    });
  });

  describe('#tryAgain()', () => {
    it('should ask no more once the file was refused, until the user does', async () => {
      const { bundle, file } = setUp('good-tree-only');
      const openFile = jest.fn(async () => null);
      const source = new BundleSource({ bundle, noFile: null, openFile });
      for (let i = 0; i < 3; i++) {
        await expect(source.trace(request())).rejects.toMatchObject({
          failure: { code: 'output-unreadable' }
        });
      }
      expect(openFile).toHaveBeenCalledTimes(1);
      await source.tryAgain(async () => ({
        source: new WatchedSource(file),
        summary: file.summary
      }));
      expect(source.isFromFile).toBe(true);
    });
  });

  describe('#dispose()', () => {
    it('should close the file, also one that is opened too late', async () => {
      const { file, source } = setUp('good-tree-only');
      const late = source.trace(request()).catch(() => undefined);
      source.dispose();
      source.dispose();
      await late;
      expect(file.isDisposed).toBe(true);
    });
  });
});
