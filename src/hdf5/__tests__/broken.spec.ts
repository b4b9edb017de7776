/**
 * @jest-environment node
 */
import { join } from 'path';
import type { FailureCode } from '../../refs/failure';
import { failureOf } from '../../refs/failure';
import { childPath } from '../../refs/layout';
import type { Reader } from '../reader';
import { FIXTURES, fixtureNames, openFile, openFixture } from './fixture';

/** The failure that opening a file ends in. */
async function openingFailure(name: string): Promise<FailureCode> {
  const reader = await openFixture(name).catch((reason: unknown) => reason);
  return failureOf(reader, 'cancelled').code;
}

/** What a look at a node ends in: its failure, or 'drawn'. */
function outcome(reader: Reader, path: string): FailureCode | 'drawn' {
  try {
    reader.trace({ path, x: null, range: null, columns: 100, maxPoints: 1000 });
    return 'drawn';
  } catch (reason) {
    return failureOf(reason, 'reader-stopped').code;
  }
}

/** The outcome of every node, groups walked twice at most. */
function outcomes(
  reader: Reader,
  path = '/',
  depth = 0
): Record<string, FailureCode | 'drawn' | 'group'> {
  const [listing] = reader.list([path]);
  if ('failure' in listing) {
    return { [path]: listing.failure.code };
  }
  const found: Record<string, FailureCode | 'drawn' | 'group'> = {};
  for (const name of listing.names) {
    const child = childPath(path, name);
    const [description] = reader.describe([child]);
    if ('failure' in description) {
      found[child] = description.failure.code;
    } else if (description.facts.kind === 'group') {
      found[child] = 'group';
      if (depth < 4) {
        Object.assign(found, outcomes(reader, child, depth + 1));
      }
    } else {
      found[child] = outcome(reader, child);
      // Every node that can be described can be looked at.
      expect(reader.preview(child).facts.path).toBe(child);
    }
  }
  return found;
}

const BROKEN: Record<string, FailureCode> = {
  'zero-length': 'empty-file',
  'garbage-1k': 'not-hdf5',
  html: 'not-hdf5',
  'lfs-pointer': 'not-hdf5',
  matlab5: 'not-hdf5',
  netcdf3: 'not-hdf5',
  'prepended-3': 'not-hdf5',
  text: 'not-hdf5',
  zeros: 'not-hdf5',
  'signature-only': 'truncated',
  'signature-then-garbage': 'damaged',
  'superblock-then-zeros': 'damaged'
};

describe('a broken file', () => {
  it.each(fixtureNames('broken', '.h5'))(
    '%s says what is wrong',
    async name => {
      const short = name.replace('broken/', '');
      expect(await openingFailure(name)).toBe(
        short.startsWith('truncated') ? 'truncated' : BROKEN[short]
      );
    }
  );

  it('leaves the reader fit for the next file', async () => {
    for (const name of fixtureNames('broken', '.h5')) {
      await openingFailure(name);
    }
    const reader = await openFixture('small');
    expect(outcome(reader, '/results/VecRef/x')).toBe('drawn');
    reader.close();
  });
});

describe('a hostile file', () => {
  it.each(fixtureNames('hostile', '.h5'))('%s opens', async name => {
    const reader = await openFixture(name);
    const found = outcomes(reader);
    expect(Object.values(found)).not.toContain('reader-stopped');
    reader.close();
  });

  it.each<[string, string, FailureCode]>([
    ['petabyte-chunked', '/results/VecRef/dend/v', 'node-too-large'],
    ['exabyte-2d', '/results/VecRef/x', 'node-too-large'],
    ['contiguous-late-alloc-8TiB', '/big', 'node-too-large'],
    ['one-chunk-3GiB-unallocated', '/x', 'node-too-large'],
    ['gzip-gzip-bomb-3GiB', '/x', 'node-too-large'],
    ['external-links', '/results/VecRef/ext0', 'external-link'],
    ['external-links', '/results/VecRef/ext8', 'external-link'],
    ['external-storage-passwd', '/results/VecRef/leak/v', 'external-link'],
    ['vds-other-file', '/v', 'external-link'],
    ['softlink-cycle', '/a', 'node-missing'],
    ['rank32', '/x', 'not-drawable'],
    ['zero-dims', '/null', 'not-drawable']
  ])('%s: %s is refused', async (name, path, code) => {
    const reader = await openFixture(`hostile/${name}`);
    expect(outcome(reader, path)).toBe(code);
    reader.close();
  });

  it('does not hide the good nodes beside the bad', async () => {
    const reader = await openFixture('hostile/external-links');
    const found = outcomes(reader);
    expect(found['/results/VecRef/x']).toBe('drawn');
    expect(found['/results/VecRef/soma/v']).toBe('drawn');
    expect(found['/results/VecRef/ext1']).toBe('external-link');
    reader.close();
  });

  it('shows names as they are, and says which are not UTF-8', async () => {
    const reader = await openFixture('hostile/names-odd');
    const found = outcomes(reader);
    expect(found['/results/VecRef/__proto__']).toBe('drawn');
    expect(found['/results/VecRef/..']).toBe('drawn');
    const bad = Object.keys(found).filter(path => path.includes('\ufffd'));
    expect(bad.length).toBeGreaterThan(0);
    bad.forEach(path => expect(found[path]).toBe('node-name'));
    reader.close();
  });

  it('shows pickles as text', async () => {
    const reader = await openFixture('hostile/pickle-attr');
    const { attributes } = reader.preview('/results/VecRef/soma/v');
    const evil = attributes.find(({ name }) => name === 'evil');
    expect(evil?.text).toContain('open');
    reader.close();
  });
});

describe('a file outside the fixtures', () => {
  it('is not reached by a link to a file that lies beside', async () => {
    const reader = await openFile(join(FIXTURES, 'edge/links.h5'));
    expect(outcome(reader, '/results/VecRef/soma/external')).toBe(
      'external-link'
    );
    expect(outcome(reader, '/results/VecRef/soma/v')).toBe('drawn');
    reader.close();
  });
});
