import type { IFailure } from '../failure';
import type { IOutlineSource, IRow } from '../outline';
import { ancestorPaths, nodeRowKind } from '../outline';
import { Outline } from '../outlinerows';
import { ShownTree } from '../shown';
import type { FileKind, NodeKind } from '../types';

interface IGiven {
  kind?: FileKind;
  root?: string[];
  children?: Record<string, string[]>;
  facts?: Record<string, NodeKind>;
  unlisted?: string[];
  unreadable?: string[];
}

function failureAt(paths: string[] | undefined, path: string): IFailure | null {
  return paths?.includes(path)
    ? { code: 'node-unreadable', path, technical: 'broken' }
    : null;
}

function sourceOf(given: IGiven): IOutlineSource {
  const rootNames = given.root ?? ['results'];
  const children: Record<string, string[]> = {
    '/': rootNames,
    ...given.children
  };
  return {
    summary: { kind: given.kind ?? 'results', rootNames },
    childNames: path => children[path] ?? null,
    facts: path => {
      const kind = given.facts?.[path];
      return kind ? { kind } : null;
    },
    listingFailure: path => failureAt(given.unlisted, path),
    factsFailure: path => failureAt(given.unreadable, path)
  };
}

function rowsOf(
  given: IGiven,
  expanded: string[] = [],
  shown: ShownTree | null = null
): IRow[] {
  // A filter expands what it leaves, so that what is not was collapsed.
  const toggled = shown
    ? [...Object.keys(given.children ?? {})].filter(
        path => !expanded.includes(path)
      )
    : expanded;
  return new Outline({
    source: sourceOf(given),
    toggled: new Set(toggled),
    shown
  }).slice();
}

function drawn(rows: IRow[]): string[] {
  return rows.map(row => `${row.level} ${row.kind} ${row.path}`);
}

const RESULTS: IGiven = {
  children: {
    '/results': ['Spikes', 'VecRef'],
    '/results/VecRef': ['dend', 'soma', 'x'],
    '/results/VecRef/soma': ['cai', 'v']
  }
};

describe('Outline', () => {
  it('should show groups, sections and variables of what is expanded', () => {
    const rows = rowsOf(RESULTS, ['/results/VecRef', '/results/VecRef/soma']);
    expect(drawn(rows)).toEqual([
      '1 group /results/Spikes',
      '1 group /results/VecRef',
      '2 section /results/VecRef/dend',
      '2 section /results/VecRef/soma',
      '3 variable /results/VecRef/soma/cai',
      '3 variable /results/VecRef/soma/v'
    ]);
    expect(rows[3]).toEqual({
      path: '/results/VecRef/soma',
      kind: 'section',
      name: 'soma',
      level: 2,
      expandable: true,
      expanded: true,
      posInSet: 2,
      setSize: 2
    });
    expect(rows[5].expandable).toBe(false);
  });

  it('should show an x that is a section, and hide one that is not known to be', () => {
    const x = '/results/VecRef/x';
    for (const kind of ['dataset', 'group'] as const) {
      const rows = rowsOf({ ...RESULTS, facts: { [x]: kind } }, [
        '/results/VecRef'
      ]);
      expect(rows.some(row => row.path === x)).toBe(kind === 'group');
    }
  });

  it('should show a variable called x in a section', () => {
    expect(nodeRowKind(sourceOf({}), '/results/VecRef/soma/x')).toBe(
      'variable'
    );
  });

  it('should show datasets where groups are expected as variables, and groups below sections as folders', () => {
    const source = sourceOf({
      facts: {
        '/results/count': 'dataset',
        '/results/spikes/count': 'dataset',
        '/results/VecRef/soma/zz': 'group',
        '/results/VecRef/soma/named': 'other'
      }
    });
    expect(nodeRowKind(source, '/results/count')).toBe('variable');
    expect(nodeRowKind(source, '/results/spikes/count')).toBe('variable');
    expect(nodeRowKind(source, '/results/VecRef/soma/zz')).toBe('folder');
    expect(nodeRowKind(source, '/results/VecRef/soma/named')).toBe('variable');
  });

  it('should tell what is loading, empty and failed', () => {
    const given: IGiven = {
      children: { '/results': ['a', 'b', 'c'], '/results/b': [] },
      unlisted: ['/results/c']
    };
    const rows = rowsOf(given, ['/results/a', '/results/b', '/results/c']);
    expect(drawn(rows)).toEqual([
      '1 group /results/a',
      '2 loading /results/a',
      '1 group /results/b',
      '2 empty /results/b',
      '1 group /results/c',
      '2 failed /results/c'
    ]);
    expect(drawn(rowsOf({}))).toEqual(['1 loading /results']);
    expect(drawn(rowsOf({ unlisted: ['/results'] }))).toEqual([
      '1 failed /results'
    ]);
  });

  it('should call a group empty that holds its x alone', () => {
    const given = { children: { '/results': ['g'], '/results/g': ['x'] } };
    expect(drawn(rowsOf(given, ['/results/g']))[1]).toBe('2 empty /results/g');
  });

  it('should put what is beside the results last, without the results', () => {
    const given = { ...RESULTS, root: ['geometry', 'results'] };
    const rows = rowsOf(given, ['/']);
    expect(drawn(rows).slice(2)).toEqual(['1 folder /', '2 folder /geometry']);
    expect(rows.slice(0, 3).map(row => [row.posInSet, row.setSize])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3]
    ]);
    expect(drawn(rowsOf(RESULTS))).toHaveLength(2);
  });

  it('should show another file from its root on', () => {
    const given: IGiven = {
      kind: 'plain',
      root: ['a', 'bad', 'results', 'y'],
      facts: { '/y': 'dataset', '/a': 'group' },
      unreadable: ['/bad']
    };
    expect(drawn(rowsOf(given))).toEqual([
      '1 folder /a',
      '1 variable /bad',
      '1 folder /results',
      '1 variable /y'
    ]);
  });

  it('should show only what a filter leaves, collapsed where it is', () => {
    const shown = new ShownTree();
    shown.add('/results/VecRef/soma', 'v');
    const given = { ...RESULTS, root: ['geometry', 'results'] };
    const all = ['/results/VecRef', '/results/VecRef/soma'];
    expect(drawn(rowsOf(given, all, shown))).toEqual([
      '1 group /results/VecRef',
      '2 section /results/VecRef/soma',
      '3 variable /results/VecRef/soma/v'
    ]);
    expect(drawn(rowsOf(given, all.slice(0, 1), shown))).toHaveLength(2);
    expect(rowsOf(given, all, new ShownTree())).toEqual([]);
  });
});

describe('#ancestorPaths()', () => {
  it('should end below the top of the tree', () => {
    expect(ancestorPaths(sourceOf({}), '/results/a/b/c')).toEqual([
      '/results/a/b',
      '/results/a'
    ]);
    expect(ancestorPaths(sourceOf({}), '/geometry/geom')).toEqual([
      '/geometry',
      '/'
    ]);
    expect(ancestorPaths(sourceOf({ kind: 'plain' }), '/a/b')).toEqual(['/a']);
  });
});
