import type { IFailure } from '../../refs/failure';
import { ReadError } from '../../refs/failure';
import type { ITraceRequest, NodeListing } from '../../refs/types';
import { WatchedSource } from '../watched';
import { FakeFile, TWO, V } from './fakefile';

const GONE: IFailure = { code: 'server-gone', technical: 'no answer' };
const REQUEST: ITraceRequest = {
  path: V,
  x: null,
  range: null,
  columns: 100,
  maxPoints: 1000
};

let file: FakeFile;
let watched: WatchedSource;
let told: string[];

beforeEach(() => {
  file = new FakeFile(TWO);
  watched = new WatchedSource(file);
  told = [];
  watched.fileFailed.connect((_, failure) => told.push(failure.code));
});

describe('WatchedSource', () => {
  it('should hand on the answers of the source', async () => {
    expect(await watched.open()).toEqual(file.summary);
    expect(await watched.list(['/results'])).toEqual([
      { path: '/results', names: ['VecRef'], total: 1 }
    ]);
    const [described] = await watched.describe([V]);
    expect(described).toHaveProperty('facts.path', V);
    expect((await watched.preview(V)).facts.path).toBe(V);
    expect((await watched.trace(REQUEST)).path).toBe(V);
    expect(told).toEqual([]);
  });

  it('should hand on what the source is busy with, and the wish to stop', () => {
    const seen: unknown[] = [];
    watched.activityChanged.connect((_, activity) => seen.push(activity));
    const activity = { what: 'reading', done: 1, total: null } as const;
    file.setActivity(activity);
    watched.stop();
    expect(watched.activity).toBe(activity);
    expect(seen).toEqual([activity]);
    expect(file.stopped).toBe(1);
  });

  describe('#fileFailed', () => {
    it.each([
      ['list', () => watched.list(['/results'])],
      ['describe', () => watched.describe([V])],
      ['trace', () => watched.trace(REQUEST)],
      ['preview', () => watched.preview(V)]
    ])(
      'should tell that the file failed in %s, whose caller is told too',
      async (_, call) => {
        file.isGone = true;
        file.failure = GONE;
        await expect(call()).rejects.toMatchObject({ failure: GONE });
        expect(told).toEqual(['server-gone']);
      }
    );

    it('should tell once of a file that failed in several answers of one call', async () => {
      const answers: NodeListing[] = [
        { path: '/a', names: [], total: 0 },
        { path: '/b', failure: GONE },
        { path: '/c', failure: GONE }
      ];
      jest.spyOn(file, 'list').mockResolvedValue(answers);
      expect(await watched.list(['/a', '/b', '/c'])).toBe(answers);
      expect(told).toEqual(['server-gone']);
    });

    it('should not tell of one node, be it thrown or in an answer', async () => {
      file.failure = { code: 'filter-missing', path: V, technical: 'blosc' };
      await expect(watched.trace(REQUEST)).rejects.toBeInstanceOf(ReadError);
      await watched.describe(['/results/none']);
      expect(told).toEqual([]);
    });

    it('should leave an opening that failed to its caller', async () => {
      file.failure = GONE;
      await expect(watched.open()).rejects.toMatchObject({ failure: GONE });
      expect(told).toEqual([]);
    });

    it('should not be emitted after it was disposed', async () => {
      file.failure = GONE;
      const late = watched.trace(REQUEST);
      watched.dispose();
      await expect(late).rejects.toBeInstanceOf(ReadError);
      expect(told).toEqual([]);
    });
  });

  describe('#dispose()', () => {
    it('should be safe twice, and dispose of the source', () => {
      watched.dispose();
      watched.dispose();
      expect(file.isDisposed).toBe(true);
      expect(watched.isDisposed).toBe(true);
    });
  });
});
