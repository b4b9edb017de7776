/**
 * @jest-environment node
 */
import { existsSync } from 'fs';
import { join } from 'path';
import type { Group } from 'h5wasm';
import { ready } from 'h5wasm';
import { childPath } from '../../refs/layout';
import { MemoryBytes } from '../bytes';
import { checksum } from '../checksum';
import { Fields } from '../fields';
import type { HardLinks } from '../grouplinks';
import { HeaderFacts } from '../headerfacts';
import { Headers } from '../headers';
import { Session } from '../session';
import { fileBytes, fixtureNames, FIXTURES } from './fixture';
import { makeNewGroup } from './makerun';

const GROUP = '/results/VecRef';
/** As many as make a tree of three heights. */
const MANY = 3000;

const NAMES = ['', 'edge', 'hostile', 'linked', 'open']
  .filter(folder => existsSync(join(FIXTURES, folder)))
  .flatMap(folder => fixtureNames(folder, '.h5'))
  .filter(name => name !== 'linked/no_hdf5');

const NONE: HardLinks = new Map();

async function sessionOf(bytes: Uint8Array): Promise<Session> {
  return new Session(await ready, new MemoryBytes(bytes));
}

/** What HDF5 tells of where a node lies. */
function addressIn(session: Session, path: string): number {
  const reference = session.call(path, (hdf5, file) =>
    hdf5.create_object_reference(file, path)
  );
  return new Fields(Uint8Array.from(reference)).number(8);
}

async function addressOfGroup(bytes: Uint8Array): Promise<number> {
  const session = await sessionOf(bytes);
  const address = addressIn(session, GROUP);
  session.close();
  return address;
}

function namesIn(session: Session, path: string): string[] {
  return session.call(path, (hdf5, file) => hdf5.get_names(file, path, false));
}

/** Assert of the links that headers tell of a group, and of all below it, that HDF5 tells the same; how many they are. */
function assertSame(session: Session, path: string, depth = 5): number {
  const facts = new HeaderFacts(session.bytes, []);
  const links = facts.links(addressIn(session, path), true) ?? NONE;
  if (links.size > 0) {
    expect([...links.keys()].sort()).toEqual(namesIn(session, path).sort());
  }
  let count = links.size;
  for (const [name, address] of links) {
    const child = childPath(path, name);
    expect(address).toBe(addressIn(session, child));
    count += depth > 0 ? assertSame(session, child, depth - 1) : 0;
  }
  return count;
}

/** Change a letter in the header at an address, and its sum. */
function rename(bytes: Uint8Array, at: number, from: string, to: string): void {
  const flags = bytes[at + 5];
  const size = at + 6 + (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0);
  const width = 1 << (flags & 3);
  const length = new Fields(bytes).skip(size).number(width);
  const end = size + width + length;
  bytes[bytes.indexOf(from.charCodeAt(0), at)] = to.charCodeAt(0);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint32(end, checksum(bytes.subarray(at, end)), true);
}

describe('Headers', () => {
  describe('the links that it knows', () => {
    it.each(NAMES)('should be those that HDF5 tells of %s', async name => {
      const session = await sessionOf(fileBytes(join(FIXTURES, `${name}.h5`)));
      assertSame(session, '/');
      session.close();
    });

    it('should be all of a group of thousands, in a tree of any height', async () => {
      const session = await sessionOf(await makeNewGroup(MANY));
      expect(assertSame(session, '/')).toBe(MANY + 2);
      session.close();
    });

    it('should be none where one of them is wrong', async () => {
      const bytes = await makeNewGroup(MANY);
      const text = Buffer.from(bytes).toString('latin1');
      const address = await addressOfGroup(bytes);
      for (const letters of ['BTHD', 'BTIN', 'BTLF', 'FRHP', 'FHIB']) {
        const at = text.indexOf(letters);
        expect(at).toBeGreaterThan(0);
        const broken = bytes.slice();
        broken[at] ^= 1;
        const facts = new HeaderFacts(new MemoryBytes(broken), []);
        expect(facts.links(address, true)).toBeNull();
      }
      const renamed = bytes.slice();
      // In the heap, where no sum is looked at.
      renamed[text.indexOf('dend_2999')] ^= 1;
      const facts = new HeaderFacts(new MemoryBytes(renamed), []);
      expect(facts.links(address, true)).toBeNull();
    });
  });

  describe('#isInFile()', () => {
    it('should come to know of many without HDF5', async () => {
      const session = await sessionOf(await makeNewGroup(MANY));
      const headers = new Headers(session);
      const told = Array.from({ length: MANY }, (_, i) =>
        headers.isInFile(childPath(GROUP, `dend_${i}`))
      );
      expect(told[0]).toBe(false);
      expect(told.slice(200)).not.toContain(false);
      session.close();
    });

    it.each([
      [
        'into another file',
        (group: Group) => group.create_external_link('a.h5', '/b', 'other')
      ],
      [
        'by a path',
        (group: Group) => group.create_soft_link('/results', 'other')
      ],
      ['of an odd name', (group: Group) => group.create_group('dend_\u00e9')]
    ])(
      'should leave a group with a link %s to HDF5, be it large or small',
      async (_, more) => {
        for (const count of [2, 300]) {
          const bytes = await makeNewGroup(count, group => void more(group));
          const session = await sessionOf(bytes);
          const headers = new Headers(session);
          for (let i = 0; i < count; i++) {
            expect(headers.isInFile(`${GROUP}/dend_${i}`)).toBe(false);
          }
          expect(headers.isInFile(`${GROUP}/other`)).toBe(false);
          expect(headers.names(GROUP)).toBeNull();
          expect(headers.address(`${GROUP}/dend_1`)).toBe(
            addressIn(session, `${GROUP}/dend_1`)
          );
          session.close();
        }
      }
    );
  });

  describe('#names()', () => {
    it('should ask HDF5 for a name that leads to the group itself', async () => {
      const bytes = await makeNewGroup(
        1,
        group => void group.create_group('Q')
      );
      const address = await addressOfGroup(bytes);
      const facts = new HeaderFacts(new MemoryBytes(bytes), []);
      expect(facts.links(address, true)?.has('Q')).toBe(true);
      rename(bytes, address, 'Q', '.');
      const renamed = new HeaderFacts(new MemoryBytes(bytes), []);
      expect(renamed.at(address)?.kind).toBe('group');
      expect(renamed.links(address, true)).toBeNull();
    });

    it('should be those in the header, and of more ask HDF5', async () => {
      for (const [count, names] of [
        [2, ['dend_0', 'dend_1']],
        [50, null]
      ] as const) {
        const session = await sessionOf(await makeNewGroup(count));
        expect(new Headers(session).names(GROUP)).toEqual(names);
        session.close();
      }
    });
  });
});
