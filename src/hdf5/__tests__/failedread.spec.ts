/**
 * @jest-environment node
 */
import { join } from 'path';
import { ready } from 'h5wasm';
import { ReadError } from '../../refs/failure';
import type { ITrace } from '../../refs/types';
import { MemoryBytes } from '../bytes';
import { Reader } from '../reader';
import { fileBytes, FIXTURES, openFixture } from './fixture';

/** A file of which one read goes wrong. */
class FaultyBytes extends MemoryBytes {
  /** Reads to go until the one that goes wrong. */
  left = Infinity;

  override read(position: number, target: Uint8Array): number {
    this.left -= 1;
    if (this.left < 0) {
      this.left = Infinity;
      throw new ReadError({ code: 'server-gone', technical: 'once' });
    }
    return super.read(position, target);
  }
}

async function openFaulty(name: string) {
  const bytes = new FaultyBytes(fileBytes(join(FIXTURES, `${name}.h5`)));
  const hdf5 = await ready;
  return { bytes, reader: new Reader({ hdf5, bytes, access: 'download' }) };
}

const SOMA_V = '/results/VecRef/soma/v';

describe('a read that goes wrong', () => {
  const draw = (reader: Reader, path = SOMA_V): ITrace =>
    reader.trace({
      path,
      x: '/results/VecRef/x',
      range: null,
      columns: 2000,
      maxPoints: 20000
    });

  it.each([
    ['small', SOMA_V],
    ['storage', '/results/VecRef/chunked/extendible'],
    ['storage', '/results/VecRef/chunked/gzip_shuffle'],
    ['storage', '/results/VecRef/layout/compact'],
    ['storage', '/results/VecRef/dtypes/f8_be']
  ])(
    'leaves nothing behind that the next would take for values: %s %s',
    async (name, path) => {
      const whole = await openFixture(name);
      const expected = draw(whole, path);
      whole.close();
      let failed = 0;
      for (let fault = 0; fault < 50; fault++) {
        const { bytes, reader } = await openFaulty(name);
        bytes.left = fault;
        try {
          draw(reader, path);
        } catch (reason) {
          expect(reason).toMatchObject({ failure: { code: 'server-gone' } });
          failed += 1;
        }
        expect(draw(reader, path)).toEqual(expected);
        reader.close();
      }
      expect(failed).toBeGreaterThan(2);
    }
  );

  it('leaves room for the next, however many there are', async () => {
    const reader = await openFixture('small');
    const missing = '/results/VecRef/soma/nothing';
    for (let i = 0; i < 2500; i++) {
      expect(reader.list([missing])).toMatchObject([
        { failure: { code: 'node-missing' } }
      ]);
      reader.describe([SOMA_V]);
    }
    expect(draw(reader).length).toBe(1601);
    reader.close();
  });

  it('says nothing on the console', async () => {
    const said = jest.spyOn(console, 'error').mockImplementation(() => {});
    const written = jest.spyOn(process.stderr, 'write');
    const { bytes, reader } = await openFaulty('small');
    reader.describe(['/results/VecRef/soma/v', '/results/VecRef/x']);
    bytes.left = 0;
    expect(() => draw(reader)).toThrow();
    expect(said).not.toHaveBeenCalled();
    expect(written).not.toHaveBeenCalled();
    said.mockRestore();
    written.mockRestore();
    reader.close();
  });
});
