/**
 * @jest-environment node
 */
import { join } from 'path';
import { ready } from 'h5wasm';
import { failureOf } from '../../refs/failure';
import { MemoryBytes } from '../bytes';
import { Reader } from '../reader';
import { withoutWriter } from '../superblock';
import { fileBytes, FIXTURES, openFixture } from './fixture';

const V = '/results/VecRef/soma/v';

/** Where the superblock says that the file is open, and where it ends. */
const MARKS = 11;
const END = 28;

function start(name: string): Uint8Array {
  return fileBytes(join(FIXTURES, `${name}.h5`));
}

/** Opens bytes as the reader does. */
async function failureOfOpening(data: Uint8Array): Promise<string> {
  try {
    const bytes = new MemoryBytes(data);
    new Reader({ hdf5: await ready, bytes, access: 'download' }).close();
    return 'none';
  } catch (reason) {
    return failureOf(reason, 'cancelled').code;
  }
}

describe('a file that is open for writing', () => {
  it.each(['open/swmr', 'open/writing'])(
    '%s shows what was flushed',
    async name => {
      expect(start(name)[MARKS]).not.toBe(0);
      const reader = await openFixture(name);
      const { extent, series } = reader.trace({
        path: V,
        x: '/results/VecRef/x',
        range: null,
        columns: 500,
        maxPoints: 1000
      });
      expect(extent).toEqual([0, 47.5]);
      expect(Array.from(series[0].y)).toEqual(
        Array.from({ length: 96 }, (_, i) => i * 2 - 65)
      );
      reader.close();
    }
  );

  it('is cut short where it is not as long as it says', async () => {
    const data = start('open/writing');
    expect(await failureOfOpening(data)).toBe('none');
    expect(await failureOfOpening(data.slice(0, -512))).toBe('truncated');
  });
});

describe('withoutWriter()', () => {
  const bytes = (data: Uint8Array) => new MemoryBytes(data);
  const [swmr, closed] = [start('open/swmr'), start('storage-v110')];

  /** All that a reader sees of bytes. */
  const read = (data: Uint8Array, position = 0, length = data.length) => {
    const target = new Uint8Array(length);
    const count = withoutWriter(bytes(data)).read(position, target);
    return target.slice(0, count);
  };

  it('should take the marks away, and end the file where it ends', () => {
    const seen = read(swmr);
    expect(seen[MARKS]).toBe(0);
    const view = new DataView(seen.buffer);
    expect(Number(view.getBigUint64(END, true))).toBe(swmr.length);
    expect(seen.slice(48)).toEqual(swmr.slice(48));
    expect(withoutWriter(bytes(swmr)).size).toBe(swmr.length);
  });

  it('should answer for every part alike', () => {
    const whole = read(swmr);
    for (const [position, length] of [
      [0, 8],
      [8, 8],
      [40, 16],
      [47, 1],
      [48, 8],
      [swmr.length - 4, 8]
    ]) {
      const part = whole.slice(position, position + length);
      expect(read(swmr, position, length)).toEqual(part);
    }
  });

  it.each<[string, Uint8Array]>([
    ['a closed file', closed],
    ['an older file', start('small')],
    ['a damaged superblock', swmr.map((byte, at) => (at === 13 ? 1 : byte))],
    ['a few bytes', swmr.slice(0, 40)],
    ['nothing', new Uint8Array()]
  ])('should leave %s alone', (_, data) => {
    const given = bytes(data);
    expect(withoutWriter(given)).toBe(given);
  });
});
