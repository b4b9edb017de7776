/**
 * @jest-environment node
 */
import type { FailureCode } from '../../refs/failure';
import { ReadError } from '../../refs/failure';
import { LinkedFiles } from '../linkedfiles';
import { MemoryBytes } from '../bytes';
import { Places } from '../places';
import type { Reader } from '../reader';
import { wanted } from '../rounds';

const LINKED = '/results/VecRef/soma_1';

const failed = (code: FailureCode, file?: string) =>
  new ReadError({ code, technical: 'test', ...(file && { file }) });

/** A reader of a file in which `soma_N` leads to `/soma` of `rank_N.h5`. */
function readerOf(linked: string | null): Reader {
  const reader: Partial<Reader> = {
    linked: path => {
      const [, rank] = /soma_(\d+)$/.exec(path) ?? [];
      return rank && !linked
        ? { file: `rank_${rank}.h5`, target: '/soma', path: '/soma' }
        : null;
    },
    assertHardLinks: () => undefined,
    close: () => undefined
  };
  return reader as Reader;
}

let found: string[];
let failure: ReadError | null;
let files: LinkedFiles;
let places: Places;
let master: Reader;

beforeEach(() => {
  found = [];
  failure = null;
  files = new LinkedFiles({
    find: async file => {
      found.push(file);
      if (failure) {
        throw failure;
      }
      return { bytes: new MemoryBytes(new Uint8Array(8)), access: 'ranges' };
    },
    read: readerOf,
    cacheBytes: 1 << 20,
    now: () => 0
  });
  master = readerOf(null);
  places = new Places(master, files);
});

describe('Places', () => {
  describe('#of()', () => {
    it('should be the opened file where there is no link', async () => {
      const path = '/results/VecRef/x';
      expect(await places.of(path)).toEqual({ reader: master, path });
      expect(found).toEqual([]);
    });

    it('should open the file that a link names, once', async () => {
      const place = await places.of(LINKED);
      expect(place).toMatchObject({ path: '/soma', file: 'rank_1.h5' });
      expect(place.reader).not.toBe(master);
      expect((await places.of(LINKED)).reader).toBe(place.reader);
      expect(found).toEqual(['rank_1.h5']);
    });

    it('should name the node and the file where that fails', async () => {
      failure = failed('forbidden');
      await expect(places.of(LINKED)).rejects.toMatchObject({
        failure: { code: 'linked-file', path: LINKED, file: 'rank_1.h5' }
      });
    });
  });

  describe('#error()', () => {
    it('should leave alone what only waits for bytes, and what is no failure', () => {
      const waits = wanted();
      const other = new TypeError();
      expect(places.error(LINKED, waits)).toBe(waits);
      expect(places.error(LINKED, other)).toBe(other);
    });

    it('should name a node of a linked file by its path in the opened one', () => {
      expect(places.error(LINKED, failed('node-missing'))).toMatchObject({
        failure: { code: 'node-missing', path: LINKED }
      });
    });

    it('should close a linked file that failed as a whole', async () => {
      await places.of(LINKED);
      const error = places.error(LINKED, failed('file-changed', 'rank_1.h5'));
      expect(error).toMatchObject({
        failure: { code: 'linked-file', path: LINKED, file: 'rank_1.h5' }
      });
      expect(files.isOpen('rank_1.h5')).toBe(false);
    });
  });

  describe('#ordered()', () => {
    it('should go file by file, after the opened one those that are open', async () => {
      await places.of('/soma_2');
      const paths = ['/soma_1', '/soma_2', '/a', '/d/soma_1', '/d/soma_2'];
      expect(places.ordered(paths)).toEqual([
        '/a',
        '/soma_2',
        '/d/soma_2',
        '/soma_1',
        '/d/soma_1'
      ]);
    });

    it('should go through no more files than are open at a time', async () => {
      const sections = Array.from({ length: 40 }, (_, i) => `/soma_${i}`);
      const paths = ['/d', ''].flatMap(group => sections.map(s => group + s));
      for (const section of sections.slice(8)) {
        await places.of(section);
      }
      found.length = 0;
      const some = places.ordered(paths);
      for (const path of [...some, ...places.ordered(paths)]) {
        await places.of(path);
      }
      expect(found).toEqual([]);
      expect(some).toHaveLength(64);
    });
  });
});
