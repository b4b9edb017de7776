/**
 * @jest-environment node
 */
import { createHash } from 'crypto';
import { GEOMETRY_TEXT_PATH, RESULTS_PATH, childPath } from '../../refs/layout';
import { notDrawable } from '../../refs/drawable';
import type { INodeFacts, ITrace, NodeDescription } from '../../refs/types';
import type { Reader } from '../reader';
import type { IExpectedChild, IExpectedDataset } from './fixture';
import { expectedOf, fixtureNames, openFixture, sha256 } from './fixture';

const NAMES = ['', 'edge'].flatMap(folder =>
  fixtureNames(folder, '.expected.json')
);

/** What h5py brings a filter for, and HDF5 itself does not. */
const WITHOUT_FILTER = /lzf/;

/** The type that a numpy type is shown as. */
function shownType(dtype: string): string {
  const match = /^[<>|=]([biufc])(\d+)$/.exec(dtype);
  if (!match) {
    return /string/.test(dtype) ? 'text' : dtype;
  }
  const kind = { b: 'bool', i: 'int', u: 'uint', f: 'float', c: 'complex' }[
    match[1] as 'b' | 'i' | 'u' | 'f' | 'c'
  ];
  return kind === 'bool' ? kind : `${kind}${Number(match[2]) * 8}`;
}

/** A name as the expectations spell it, as the reader shows it. */
function shownName(name: string): string {
  // Each letter that is not ASCII is marked in a name that is not UTF-8.
  return name.replace(/\\x[0-9a-f]{2}/g, '\ufffd');
}

function allListed(reader: Reader, path: string): string[] {
  const [listing] = reader.list([path]);
  if ('failure' in listing) {
    throw new Error(`${path}: ${listing.failure.technical}`);
  }
  expect(listing.total).toBe(listing.names.length);
  return [...listing.names];
}

function describeOne(reader: Reader, path: string): NodeDescription {
  return reader.describe([path])[0];
}

function factsOf(reader: Reader, path: string): INodeFacts {
  const description = describeOne(reader, path);
  if ('failure' in description) {
    throw new Error(`${path}: ${description.failure.technical}`);
  }
  return description.facts;
}

function rawSha(reader: Reader, path: string): string {
  const hash = createHash('sha256');
  reader.raw(path, bytes => hash.update(bytes));
  return hash.digest('hex');
}

/** Every sample that can be drawn. */
function wholeTrace(reader: Reader, path: string): ITrace {
  return reader.trace({
    path,
    x: null,
    range: null,
    columns: 1e6,
    maxPoints: 1e7
  });
}

function checkDrawn(
  reader: Reader,
  path: string,
  expected: IExpectedDataset
): void {
  const { series, columnsTotal } = wholeTrace(reader, path);
  if (columnsTotal > series.length) {
    return;
  }
  const values = series.flatMap(({ y }) => [...y]).filter(Number.isFinite);
  const drawn = values.reduce(
    ([low, high], y) => [Math.min(low, y), Math.max(high, y)],
    [Infinity, -Infinity]
  );
  expect([path, ...drawn]).toEqual([
    path,
    Number(expected.min ?? 'Infinity'),
    Number(expected.max ?? '-Infinity')
  ]);
  if (series.length === 1) {
    const ends = [expected.first, expected.last].map(Number);
    const y = [...series[0].y];
    ends
      .filter(Number.isFinite)
      .forEach(end => expect([y[0], y[y.length - 1]]).toContainEqual(end));
  }
}

function checkUnsupported(reader: Reader, facts: INodeFacts): void {
  const { path } = facts;
  expect([path, facts.valueClass]).toEqual([path, 'other']);
  expect(facts.dtype).toMatch(/^unsupported (float|int)\d+$/);
  expect(notDrawable(facts)).toBe('other-type');
  expect(() => wholeTrace(reader, path)).toThrow(/type-unsupported/);
  expect(reader.preview(path)).toMatchObject({
    values: [],
    failure: { code: 'type-unsupported' }
  });
}

function checkDataset(
  reader: Reader,
  path: string,
  expected: IExpectedDataset
): void {
  const facts = factsOf(reader, path);
  expect([path, facts.kind, facts.shape]).toEqual([
    path,
    'dataset',
    expected.shape
  ]);
  if (expected.unsupported) {
    checkUnsupported(reader, facts);
    return;
  }
  if (expected.numeric !== false) {
    expect([path, facts.dtype]).toEqual([
      path,
      shownType(expected.dtype ?? '')
    ]);
  }
  if (expected.read_error || WITHOUT_FILTER.test(path)) {
    expect(() => reader.raw(path, () => undefined)).toThrow(/filter-missing/);
    expect(() => wholeTrace(reader, path)).toThrow(/filter-missing/);
    return;
  }
  if (expected.sha256 !== undefined) {
    expect([path, rawSha(reader, path)]).toEqual([path, expected.sha256]);
    if (notDrawable(facts) === null) {
      checkDrawn(reader, path, expected);
    }
  }
  if (expected.text !== undefined) {
    expect(reader.preview(path).values).toEqual(
      typeof expected.text === 'string' ? [expected.text] : expected.text
    );
  }
}

/** The detail that a title must be shown as; null where any text will do. */
function shownTitle(title: IExpectedChild['title']): string | null {
  if (title === null || title === undefined) {
    return '';
  }
  return typeof title === 'string' && title.length <= 10_000 ? title : null;
}

function checkChild(
  reader: Reader,
  parent: string,
  expected: IExpectedChild
): void {
  const path = childPath(parent, shownName(expected.name));
  const description = describeOne(reader, path);
  if (expected.link === 'external') {
    expect([path, description]).toMatchObject([
      path,
      { failure: { code: 'external-link' } }
    ]);
  } else if (path.includes('\ufffd')) {
    expect(description).toMatchObject({ failure: { code: 'node-name' } });
  } else if (expected.dangling) {
    expect([path, description]).toMatchObject([
      path,
      { failure: { code: 'node-missing' } }
    ]);
  } else if (expected.group) {
    expect(factsOf(reader, path).kind).toBe('group');
  } else {
    checkDataset(reader, path, expected);
    const title = shownTitle(expected.title);
    if (title !== null) {
      expect([path, factsOf(reader, path).detail]).toEqual([path, title]);
    }
  }
}

describe('every fixture', () => {
  it('is there', () => {
    expect(NAMES.length).toBeGreaterThan(20);
  });

  it.each(NAMES)('%s reads as h5py reads it', async name => {
    const expected = expectedOf(name);
    const reader = await openFixture(name);
    const { summary } = reader;
    expect([...summary.rootNames].sort()).toEqual([...expected.root].sort());
    expect(summary.kind).toBe(expected.groups === null ? 'plain' : 'results');
    for (const group of expected.groups ?? []) {
      const path = childPath(RESULTS_PATH, group.name);
      if (group.not_a_group) {
        checkChild(reader, RESULTS_PATH, group);
        continue;
      }
      const sections = group.sections ?? [];
      const direct = group.direct ?? [];
      const names = [...sections, ...direct].map(child =>
        shownName(child.name)
      );
      expect(allListed(reader, path).sort()).toEqual(
        [...names, ...(group.x ? ['x'] : [])].sort()
      );
      if (group.x) {
        checkDataset(reader, childPath(path, 'x'), group.x);
      }
      direct.forEach(child => checkChild(reader, path, child));
      for (const section of sections) {
        const below = childPath(path, shownName(section.name));
        if (below.includes('\ufffd')) {
          checkChild(reader, path, { name: section.name });
          continue;
        }
        expect(allListed(reader, below).sort()).toEqual(
          section.vars.map(child => shownName(child.name)).sort()
        );
        section.vars.forEach(child => checkChild(reader, below, child));
      }
    }
    reader.close();
  });

  it.each(NAMES)('%s has the tree that h5py walks', async name => {
    const { tree } = expectedOf(name);
    const reader = await openFixture(name);
    for (const [path, kind] of tree ?? []) {
      if (!path.includes('\\x')) {
        expect([path, factsOf(reader, `/${path}`).kind]).toEqual([
          path,
          kind === 'type' ? 'other' : kind
        ]);
      }
    }
    reader.close();
  });

  it.each(NAMES)('%s has its geometry text whole', async name => {
    const { geometry } = expectedOf(name);
    const reader = await openFixture(name);
    if (geometry) {
      const text = reader.text(GEOMETRY_TEXT_PATH);
      expect([text.length, sha256(text)]).toEqual([
        geometry.bytes,
        geometry.sha256
      ]);
    } else {
      expect(() => reader.text(GEOMETRY_TEXT_PATH)).toThrow();
    }
    reader.close();
  });
});
