/**
 * @jest-environment node
 */
import { BLOCK } from '../blocks';
import type { FailureCode } from '../../refs/failure';
import { failureOf } from '../../refs/failure';
import { MemoryBytes } from '../bytes';
import { RangeBytes } from '../rangebytes';
import { Rounds } from '../rounds';
import { FakeServer } from './server';

const SIZE = 3_000_000;
const DATA = Uint8Array.from({ length: SIZE }, (_, i) => (i * 7919) >> 3);
const START = 64 << 10;

function opened(
  server: FakeServer,
  rounds?: Rounds,
  cacheBytes?: number
): RangeBytes {
  return new RangeBytes({
    request: server.request,
    fetch: (from, to) => Promise.resolve(server.request(from, to)),
    stream: server.stream,
    identity: { size: SIZE, lastModified: server.lastModified },
    start: DATA.slice(0, START),
    rounds,
    cacheBytes
  });
}

function read(bytes: RangeBytes, from: number, length: number): Uint8Array {
  const target = new Uint8Array(length);
  return target.subarray(0, bytes.read(from, target));
}

/** Whether bytes are those of the file at a place; quick where there are many. */
function same(bytes: Uint8Array, from: number, length: number): boolean {
  return Buffer.compare(bytes, DATA.subarray(from, from + length)) === 0;
}

function code(act: () => unknown): FailureCode | null {
  try {
    act();
    return null;
  } catch (reason) {
    return failureOf(reason, 'damaged').code;
  }
}

describe('RangeBytes', () => {
  let server: FakeServer;
  let bytes: RangeBytes;

  beforeEach(() => {
    server = new FakeServer(DATA);
    bytes = opened(server);
  });

  describe('#read()', () => {
    it('gives the bytes of the file, wherever asked', () => {
      for (const [from, length] of [
        [0, 10],
        [START - 5, 10],
        [1_234_567, 9000],
        [SIZE - 3, 3],
        [500_000, 1_000_000]
      ]) {
        expect(same(read(bytes, from, length), from, length)).toBe(true);
      }
    });

    it.each([0, 8 << 10, 64 << 10, 251_658.24])(
      'gives them however little is kept: %i bytes',
      cacheBytes => {
        bytes = opened(server, undefined, cacheBytes);
        for (const length of [40_000, 250_000]) {
          for (let from = START; from + length < SIZE; from += length) {
            expect(same(read(bytes, from, length), from, length)).toBe(true);
          }
        }
      }
    );

    it('asks for no more than a part of what is kept', () => {
      // A linked file's share of what is kept by default.
      const cacheBytes = 251_658.24;
      bytes = opened(server, undefined, cacheBytes);
      for (let from = START; from + 5000 < SIZE; from += 5000) {
        read(bytes, from, 5000);
      }
      const sizes = server.seen.map(range => (range ? range[1] - range[0] : 0));
      expect(Math.max(...sizes)).toBeLessThan(cacheBytes);
      expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(1.5 * SIZE);
    });

    it('ends at the end of the file', () => {
      expect(read(bytes, SIZE - 4, 10)).toEqual(DATA.slice(SIZE - 4));
      expect(read(bytes, SIZE + 4, 10)).toHaveLength(0);
    });

    it('asks for nothing that it has', () => {
      read(bytes, 100, 5000);
      expect(server.seen).toHaveLength(0);
      read(bytes, 1_000_000, 100);
      read(bytes, 1_000_050, 100);
      expect(server.seen).toHaveLength(1);
    });

    it('asks for little where reads are scattered', () => {
      read(bytes, 1_000_000, 10);
      read(bytes, 2_000_000, 10);
      const sizes = server.seen.map(range => range && range[1] - range[0]);
      expect(sizes).toEqual([8192, 8192]);
    });

    it('asks for more and more where reads follow each other', () => {
      for (let at = START; at < START + 600_000; at += 512) {
        read(bytes, at, 512);
      }
      expect(server.seen.length).toBeLessThan(10);
    });

    it('asks once for all that a read misses', () => {
      read(bytes, 200_000, 150_000);
      expect(server.seen).toHaveLength(1);
    });

    it('asks for exactly a large read, and keeps it out of the cache', () => {
      read(bytes, 1_000_001, 900_000);
      expect(server.seen).toEqual([[1_000_001, 1_900_001]]);
      read(bytes, 1_000_001, 10);
      expect(server.seen).toHaveLength(2);
    });

    it('takes a whole file in place of a part', () => {
      server.ranges = false;
      expect(read(bytes, 1_000_000, 10)).toEqual(
        DATA.slice(1_000_000, 1_000_010)
      );
    });

    it('notices that the file has another size', () => {
      server.data = DATA.slice(0, SIZE - 1);
      expect(code(() => read(bytes, 1_000_000, 10))).toBe('file-changed');
    });

    it('notices that the file has another time', () => {
      server.lastModified = 'Mon, 23 Nov 2026 12:00:01 GMT';
      expect(code(() => read(bytes, 1_000_000, 10))).toBe('file-changed');
    });

    it('never takes a part from elsewhere', () => {
      server.early = 80;
      expect(code(() => read(bytes, 1_000_000, 10))).toBe('truncated');
      expect(code(() => read(bytes, 1_000_000, 500_000))).toBe('truncated');
    });

    it('never takes a short answer for the whole', () => {
      server.short = 1;
      expect(code(() => read(bytes, 1_000_000, 10))).toBe('truncated');
      expect(code(() => read(bytes, 1_000_000, 500_000))).toBe('truncated');
    });

    it.each<[number, FailureCode]>([
      [0, 'server-gone'],
      [500, 'server-gone'],
      [502, 'server-gone'],
      [404, 'not-found'],
      [401, 'forbidden'],
      [403, 'forbidden'],
      [416, 'file-changed']
    ])('makes %d a failure', (status, failure) => {
      server.status = status;
      expect(code(() => read(bytes, 1_000_000, 10))).toBe(failure);
      server.status = null;
      expect(read(bytes, 1_000_000, 10)).toEqual(
        DATA.slice(1_000_000, 1_000_010)
      );
    });
  });

  describe('#stream()', () => {
    const streamed = async (from: number, to: number) => {
      const parts: Uint8Array[] = [];
      await bytes.stream([from, to], part => parts.push(part.slice()));
      return Buffer.concat(parts);
    };

    it('passes exactly the bytes along, in one request', async () => {
      expect(same(await streamed(1001, 2_900_000), 1001, 2_898_999)).toBe(true);
      expect(server.seen).toEqual([
        [1001, 2_900_000],
        // The file is the same at the end.
        [2_899_999, 2_900_000]
      ]);
    });

    it('notices that the file changes meanwhile', async () => {
      const coming = bytes.stream([1001, 2_900_000], () => {
        server.lastModified = 'Mon, 23 Nov 2026 12:00:01 GMT';
      });
      await expect(coming).rejects.toMatchObject({
        failure: { code: 'file-changed' }
      });
    });

    it('takes nothing of another file', async () => {
      server.lastModified = 'Mon, 23 Nov 2026 12:00:01 GMT';
      await expect(streamed(1001, 9000)).rejects.toThrow();
      expect(server.cancelled).toBe(1);
    });

    it('takes them out of a whole file', async () => {
      server.ranges = false;
      expect(same(await streamed(1001, 9000), 1001, 7999)).toBe(true);
    });

    it.each<[string, (server: FakeServer) => void, FailureCode]>([
      ['ends early', s => (s.short = 1), 'truncated'],
      ['is of another file', s => (s.data = DATA.slice(1)), 'file-changed'],
      [
        'is of another time',
        s => (s.lastModified = 'Mon, 23 Nov 2026 12:00:01 GMT'),
        'file-changed'
      ],
      ['is refused', s => (s.status = 403), 'forbidden'],
      ['begins elsewhere', s => (s.early = 80), 'truncated'],
      ['breaks off', s => (s.breaks = true), 'server-gone']
    ])('fails where the answer %s', async (_, change, failure) => {
      change(server);
      await expect(streamed(1000, 2_000_000)).rejects.toMatchObject({
        failure: { code: failure }
      });
    });
  });

  describe('#makeRoom()', () => {
    it('keeps more from then on, and tells how much more', async () => {
      const small = opened(server, undefined, 100_000);
      expect(small.makeRoom(1_000_000)).toBe(900_000);
      expect(small.makeRoom(500_000)).toBe(0);
      await small.prefetch([[0, 900_000]]);
      const before = server.seen.length;
      expect(same(read(small, 0, 9000), 0, 9000)).toBe(true);
      expect(same(read(small, 800_000, 9000), 800_000, 9000)).toBe(true);
      expect(server.seen).toHaveLength(before);
    });
  });

  describe('#limit()', () => {
    it('keeps what was used last, and no more than that from then on', async () => {
      await bytes.prefetch([[1_000_000, 1_400_000]]);
      read(bytes, 1_000_000, 9000);
      bytes.limit(100_000);
      const before = server.seen.length;
      expect(same(read(bytes, 1_000_000, 9000), 1_000_000, 9000)).toBe(true);
      expect(server.seen).toHaveLength(before);
      expect(same(read(bytes, 1_100_000, 9000), 1_100_000, 9000)).toBe(true);
      expect(server.seen).toHaveLength(before + 1);
    });
  });

  describe('#moved', () => {
    it('counts what came', () => {
      read(bytes, 1_000_000, 500_000);
      expect(bytes.moved).toBe(500_000);
    });
  });
});

describe('MemoryBytes', () => {
  it('gives the bytes, and fewer at the end', () => {
    const bytes = new MemoryBytes(Uint8Array.of(1, 2, 3));
    const target = new Uint8Array(2);
    expect([bytes.read(2, target), target[0]]).toEqual([1, 3]);
    expect(bytes.size).toBe(3);
  });
});

describe('RangeBytes with rounds', () => {
  let server: FakeServer;
  let rounds: Rounds;
  let bytes: RangeBytes;

  beforeEach(() => {
    server = new FakeServer(DATA);
    rounds = new Rounds();
    bytes = opened(server, rounds);
  });

  it('fetches what several reads miss, and gives the bytes of the file', async () => {
    const places = [1_000_000, 2_000_000, 2_500_000];
    const parts = await rounds.run(() => {
      const found = places.map(place => {
        try {
          return read(bytes, place, 100);
        } catch {
          return null;
        }
      });
      return found;
    });
    expect(parts).toEqual(places.map(place => DATA.slice(place, place + 100)));
    expect(server.seen).toHaveLength(3);
  });

  it('gives them where more is wanted than can be kept', async () => {
    bytes = opened(server, rounds, 64 << 10);
    const places = Array.from({ length: 100 }, (_, i) => START + i * 25_000);
    const found = await rounds.run(() => {
      const parts = places.map(from => {
        try {
          return read(bytes, from, 3000);
        } catch {
          return null;
        }
      });
      return parts;
    });
    places.forEach((from, i) => {
      expect(same(found[i] ?? new Uint8Array(0), from, 3000)).toBe(true);
    });
  });

  it('keeps values for the work that wants them, and no longer', async () => {
    const part = await rounds.run(() => read(bytes, 1_000_001, 900_000));
    expect(same(part, 1_000_001, 900_000)).toBe(true);
    expect(server.seen).toEqual([[1_000_001, 1_900_001]]);
    read(bytes, 1_000_001, 900_000);
    expect(server.seen).toHaveLength(2);
  });

  it('fetches nothing twice that is on its way', async () => {
    await Promise.all([
      bytes.prefetch([[1_000_000, 1_300_000]]),
      bytes.prefetch([[1_100_000, 1_200_000]])
    ]);
    expect(server.seen).toHaveLength(1);
    expect(same(read(bytes, 1_100_000, 5000), 1_100_000, 5000)).toBe(true);
    expect(server.seen).toHaveLength(1);
  });

  it('fetches what is missing beside what is on its way', async () => {
    await Promise.all([
      bytes.prefetch([[1_003_520, 1_101_824]]),
      bytes.prefetch([[946_176, 1_200_128]])
    ]);
    expect(server.seen).toEqual([
      [1_003_520, 1_101_824],
      [946_176, 1_003_520],
      [1_101_824, 1_200_128]
    ]);
    expect(same(read(bytes, 946_176, 200_000), 946_176, 200_000)).toBe(true);
    expect(server.seen).toHaveLength(3);
  });

  it('has what is wanted now come before what somebody waits for in a row', async () => {
    const later = bytes.prefetch(
      [100, 200, 300, 400, 500].map(at => [at * BLOCK, at * BLOCK + 10]),
      1
    );
    await bytes.prefetch([[400 * BLOCK, 400 * BLOCK + 10]]);
    await later;
    expect(server.seen.map(range => range![0] / BLOCK)).toEqual([
      100, 400, 200, 300, 500
    ]);
  });

  it('leaves the failure of what somebody else fetches to them', async () => {
    server.status = 503;
    const [own, other] = await Promise.allSettled([
      bytes.prefetch([[1_000_000, 1_300_000]]),
      bytes.prefetch([[1_100_000, 1_200_000]])
    ]);
    expect([own.status, other.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('gives up on what cannot be fetched, and can try again', async () => {
    server.status = 503;
    await expect(
      bytes.prefetch([[1_000_000, 9_000_000]])
    ).rejects.toMatchObject({ failure: { code: 'server-gone' } });
    server.status = null;
    await bytes.prefetch([[1_000_000, 2_900_000]]);
    const before = server.seen.length;
    read(bytes, 2_000_000, 10);
    expect(server.seen).toHaveLength(before);
  });
});
