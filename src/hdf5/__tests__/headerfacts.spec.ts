/**
 * @jest-environment node
 */
import { existsSync } from 'fs';
import { join } from 'path';
import { ready } from 'h5wasm';
import { childPath } from '../../refs/layout';
import type { NodeDescription, NodeListing } from '../../refs/types';
import { MemoryBytes } from '../bytes';
import { HeaderFacts } from '../headerfacts';
import type { Reader } from '../reader';
import { wanted } from '../rounds';
import { fileBytes, fixtureNames, FIXTURES, openFixture } from './fixture';

const NAMES = ['', 'edge', 'hostile', 'linked', 'linked/runs', 'open']
  .filter(folder => existsSync(join(FIXTURES, folder)))
  .flatMap(folder => fixtureNames(folder, '.h5'))
  .filter(name => name !== 'linked/no_hdf5');

/** Some fixtures have groups that hold themselves, and many of the same. */
const DEPTH = 6;
const MOST = 400;

/** The paths of a file's nodes. */
function pathsOf(reader: Reader): string[] {
  const paths = ['/'];
  for (let i = 0; i < paths.length && paths.length < MOST; i++) {
    const [listing] = reader.list([paths[i]]);
    if ('names' in listing && paths[i].split('/').length <= DEPTH) {
      paths.push(...listing.names.map(name => childPath(paths[i], name)));
    }
  }
  return paths;
}

function describeAll(reader: Reader, paths: string[]): NodeDescription[] {
  return paths.flatMap(path => reader.describe([path]));
}

function listAll(reader: Reader, paths: string[]): NodeListing[] {
  return paths.flatMap(path => reader.list([path]));
}

/** The calls of HDF5 that work makes. */
async function callsOf(work: () => void): Promise<string[]> {
  const hdf5 = (await ready) as unknown as Record<string, () => unknown>;
  const calls: string[] = [];
  const spies = Object.keys(hdf5)
    .filter(name => /^(get|create|open)_[a-z_]+$/.test(name))
    .map(name => {
      const call = hdf5[name];
      return jest.spyOn(hdf5, name).mockImplementation((...args) => {
        calls.push(name);
        return call(...args);
      });
    });
  work();
  spies.forEach(spy => spy.mockRestore());
  return calls;
}

const ADDRESS = 'create_object_reference';

async function callsOfDescribing(
  name: string,
  path: string
): Promise<string[]> {
  const reader = await openFixture(name);
  const calls = await callsOf(() => {
    expect(reader.describe([path])).toMatchObject([{ facts: { path } }]);
  });
  reader.close();
  return calls;
}

/** Where newer headers begin in a file. */
function headers(data: Uint8Array): number[] {
  const text = Buffer.from(data).toString('latin1');
  return [...text.matchAll(/OHDR/g)].map(({ index }) => index);
}

afterEach(() => jest.restoreAllMocks());

describe('what headers tell', () => {
  it.each(NAMES)('of %s is what HDF5 tells', async name => {
    const reader = await openFixture(name);
    const paths = pathsOf(reader);
    const told = [describeAll(reader, paths), listAll(reader, paths)];
    reader.close();
    jest.spyOn(HeaderFacts.prototype, 'at').mockReturnValue(null);
    jest.spyOn(HeaderFacts.prototype, 'links').mockReturnValue(null);
    const other = await openFixture(name);
    expect(told).toEqual([describeAll(other, paths), listAll(other, paths)]);
    other.close();
  });

  it.each([
    ['small', '/results/VecRef/soma/v'],
    ['pytables', '/results/VecRef/latin/v'],
    ['storage', '/results/VecRef/layout/compact'],
    ['storage', '/results/VecRef/dtypes/f8_be'],
    ['small', '/results/VecRef/soma']
  ])('of %s: %s takes one call of HDF5', async (name, path) => {
    expect(await callsOfDescribing(name, path)).toEqual([ADDRESS]);
  });

  it('of groups of the old form is that no link leads into another file', async () => {
    const reader = await openFixture('small');
    const find = (path: string) => () => expect(reader.linked(path)).toBeNull();
    // The headers of the group and of what it lies in.
    expect(await callsOf(find('/results/VecRef/soma/v'))).toEqual([
      ADDRESS,
      ADDRESS
    ]);
    expect(await callsOf(find('/results/VecRef/dend_1/v'))).toEqual([]);
    reader.close();
  });

  it('of groups of the new form is where their few links lead', async () => {
    const reader = await openFixture('edge/number-forms-latest');
    const root = ['/results/VecRef'];
    const calls = await callsOf(() => {
      expect(reader.list(root)).toMatchObject([{ names: ['soma', 'x'] }]);
      expect(reader.describe(root)).toMatchObject([
        { facts: { kind: 'group' } }
      ]);
      expect(reader.linked('/results/VecRef/soma/v')).toBeNull();
    });
    expect(calls).toEqual([]);
    reader.close();
  });

  it('of an array in chunks leaves one question to HDF5', async () => {
    expect(
      await callsOfDescribing('storage-latest', '/results/VecRef/dend_0/v')
    ).toEqual([ADDRESS, 'get_dataset_metadata']);
  });

  it.each([
    ['a wrong sum', 200],
    ['a version that is not known', 4]
  ])('is not taken from a header with %s', async (_, at) => {
    const data = fileBytes(join(FIXTURES, 'storage-latest.h5'));
    const whole = new HeaderFacts(new MemoryBytes(data), []);
    const header = headers(data)[0];
    expect(whole.at(header)).not.toBeNull();
    data[header + at] ^= 1;
    expect(new HeaderFacts(new MemoryBytes(data), []).at(header)).toBeNull();
  });

  it('is not taken from a header that goes on where it has been', () => {
    const before = fileBytes(join(FIXTURES, 'small.h5'));
    const header = before.length;
    const first = header + 16;
    const length = 1 << 16;
    const data = new Uint8Array(first + length);
    data.set(before);
    const view = new DataView(data.buffer);
    view.setUint8(header, 1);
    view.setUint16(header + 2, 0xffff, true);
    view.setUint32(header + 8, 24, true);
    view.setUint16(first, 0x10, true);
    view.setUint16(first + 2, 16, true);
    view.setBigUint64(first + 8, BigInt(first), true);
    view.setBigUint64(first + 16, BigInt(length), true);
    const bytes = new MemoryBytes(data);
    const read = jest.spyOn(bytes, 'read');
    expect(new HeaderFacts(bytes, []).at(header)).toBeNull();
    expect(read.mock.calls.length).toBeLessThan(10);
  });

  it('waits for bytes that are fetched first', () => {
    const data = fileBytes(join(FIXTURES, 'storage-latest.h5'));
    const [, header] = headers(data);
    const bytes = new MemoryBytes(data);
    const facts = new HeaderFacts(bytes, []);
    const read = jest.spyOn(bytes, 'read');
    const expected = facts.at(header);
    expect(expected).not.toBeNull();
    const reads = read.mock.calls.length;
    for (let i = 0; i < reads; i++) {
      const missing = new MemoryBytes(data);
      let left = i;
      jest.spyOn(missing, 'read').mockImplementation((position, target) => {
        if (left-- === 0) {
          throw wanted();
        }
        return bytes.read(position, target);
      });
      const again = new HeaderFacts(missing, []);
      expect(() => again.at(header)).toThrow(wanted().message);
      expect(again.at(header)).toEqual(expected);
    }
  });
});

describe('a trace that is looked at again', () => {
  it('asks HDF5 for nothing', async () => {
    const reader = await openFixture('small');
    const look = () =>
      reader.trace({
        path: '/results/VecRef/soma/v',
        x: '/results/VecRef/x',
        range: null,
        columns: 100,
        maxPoints: 100
      });
    const first = await callsOf(() => expect(look().pairing.kind).toBe('x'));
    expect(first.filter(call => call !== 'get_dataset_data')).toEqual([
      ADDRESS,
      'get_dataset_metadata',
      ADDRESS,
      'get_dataset_metadata'
    ]);
    expect(await callsOf(look)).toEqual([]);
    reader.close();
  });
});
