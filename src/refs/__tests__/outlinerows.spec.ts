import type { IFailure } from '../failure';
import type { NodePath } from '../layout';
import { childPath, nodeName, parentPath } from '../layout';
import type { IOutlineSource } from '../outline';
import { isPlaceholder, nodeRowKind } from '../outline';
import { Outline } from '../outlinerows';
import { ShownTree } from '../shown';
import type { NodeKind } from '../types';
import { dice } from './dice';

const GROUP = '/results/VecRef';
const dend = (i: number): NodePath => `${GROUP}/dend_${i}`;

/** A file in memory of which more and more is known, and that counts what it is asked. */
class Known implements IOutlineSource {
  constructor(public summary: IOutlineSource['summary']) {
    this.children.set('/', summary.rootNames);
  }

  readonly children = new Map<NodePath, readonly string[]>();
  readonly kinds = new Map<NodePath, NodeKind>();
  readonly failures = new Map<NodePath, IFailure>();
  asked = 0;

  childNames(path: NodePath): readonly string[] | null {
    this.asked += 1;
    return this.children.get(path) ?? null;
  }

  facts(path: NodePath): { kind: NodeKind } | null {
    this.asked += 1;
    const kind = this.kinds.get(path);
    return kind ? { kind } : null;
  }

  listingFailure(path: NodePath): IFailure | null {
    return this.failures.get(path) ?? null;
  }

  factsFailure(path: NodePath): IFailure | null {
    return this.failures.get(path) ?? null;
  }
}

function many(count: number): Known {
  const known = new Known({ kind: 'results', rootNames: ['results'] });
  const names = Array.from({ length: count }, (_, i) => `dend_${i}`);
  known.children.set('/results', ['VecRef']);
  known.children.set(GROUP, [...names, 'x']);
  return known;
}

/** How often the file is asked something. */
function askedBy(known: Known, act: () => void): number {
  known.asked = 0;
  act();
  return known.asked;
}

const KINDS: readonly NodeKind[] = ['group', 'dataset', 'other'];
const NAMES = ['a', 'b', 'x', 'y'];

/** Leave no name that is not listed, or has no row. */
function leaveRows(
  known: Known,
  shown: ShownTree | null,
  group: NodePath
): void {
  const listed = known.children.get(group) ?? [];
  for (const name of [...(shown?.at(group)?.below.keys() ?? [])]) {
    const hasRow = nodeRowKind(known, childPath(group, name)) !== null;
    if (!listed.includes(name) || !hasRow) {
      shown?.removeAll(group, name);
    }
  }
}

/** Whether a node and all that is above it is listed and has a row. */
function hasRows(known: Known, path: NodePath): boolean {
  const parent = parentPath(path);
  return (
    path === '/' ||
    (known.children.get(parent)?.includes(nodeName(path)) === true &&
      nodeRowKind(known, path) !== null &&
      hasRows(known, parent))
  );
}

describe('Outline', () => {
  describe('#slice()', () => {
    it('should ask about the rows that are asked for, and not about all', () => {
      const known = many(10_000);
      const toggled = new Set([GROUP]);
      const outline = new Outline({ source: known, shown: null, toggled });
      expect(outline.length).toBe(10_001);
      expect(askedBy(known, () => outline.slice(5000, 5040))).toBe(40);
    });
  });

  describe('#noteRead()', () => {
    it('should ask little when facts and listings of a few rows come', () => {
      const known = many(10_000);
      const toggled = new Set([GROUP, dend(7)]);
      const outline = new Outline({ source: known, shown: null, toggled });
      const asked = askedBy(known, () => {
        known.children.set(dend(7), ['cai', 'v']);
        known.kinds.set(dend(8), 'dataset');
        known.kinds.set(`${GROUP}/x`, 'dataset');
        outline.noteRead([dend(7), dend(8), `${GROUP}/x`]);
      });
      expect(outline.length).toBe(10_003);
      expect(outline.at(11)?.path).toBe(dend(8));
      expect(asked).toBeLessThan(20);
    });

    it('should show an x that turns out to be a section, and count anew', () => {
      const known = many(2);
      const toggled = new Set([GROUP]);
      const outline = new Outline({ source: known, shown: null, toggled });
      known.kinds.set(`${GROUP}/x`, 'group');
      outline.noteRead([`${GROUP}/x`]);
      expect(outline.at(3)).toMatchObject({ name: 'x', setSize: 3 });
    });
  });

  describe('#noteToggled()', () => {
    it('should ask little when a few of many are expanded and collapsed', () => {
      const known = many(10_000);
      known.children.set(dend(3), ['v']);
      const toggled = new Set([GROUP]);
      const outline = new Outline({ source: known, shown: null, toggled });
      const asked = askedBy(known, () => {
        toggled.add(dend(3)).add(dend(9999));
        outline.noteToggled([dend(3), dend(9999)]);
        toggled.delete(dend(9999));
        outline.noteToggled([dend(9999)]);
      });
      expect(outline.length).toBe(10_002);
      expect(outline.indexOf(`${dend(3)}/v`)).toBe(5);
      expect(asked).toBeLessThan(20);
    });
  });

  describe('#noteShown()', () => {
    const filtered = (count: number) => {
      const known = many(count);
      const shown = new ShownTree();
      for (let i = 0; i < count; i++) {
        known.children.set(dend(i), ['cai', 'v']);
        shown.add(dend(i), 'v');
      }
      const toggled = new Set<NodePath>();
      return { known, shown, toggled };
    };

    it('should ask little when a filter finds one more among many', () => {
      const { known, shown, toggled } = filtered(10_000);
      const outline = new Outline({ source: known, shown, toggled });
      expect(outline.length).toBe(20_001);
      shown.takeChanged();
      const asked = askedBy(known, () => {
        shown.add(dend(5), 'cai');
        outline.noteShown(shown.takeChanged());
        expect(outline.length).toBe(20_002);
        expect(outline.indexOf(`${dend(5)}/v`)).toBe(13);
      });
      expect(asked).toBeLessThan(10);
    });

    it('should ask about what is in sight alone of all that a filter leaves', () => {
      const { known, shown, toggled } = filtered(10_000);
      const asked = askedBy(known, () => {
        const outline = new Outline({ source: known, shown, toggled });
        expect(outline.length).toBe(20_001);
        expect(outline.slice(10_001, 10_003).map(row => row.path)).toEqual([
          dend(5000),
          `${dend(5000)}/v`
        ]);
      });
      expect(asked).toBeLessThan(20);
    });

    it('should count what is found below groups that were never in sight', () => {
      const known = new Known({ kind: 'results', rootNames: ['results'] });
      const groups = ['A', 'B', 'C'].map(name => `/results/${name}`);
      const shown = new ShownTree();
      known.children.set('/results', ['A', 'B', 'C']);
      for (const group of groups) {
        known.children.set(group, ['s']);
        known.children.set(`${group}/s`, ['v', 'w']);
        shown.add(`${group}/s`, 'v');
      }
      const toggled = new Set<NodePath>();
      const outline = new Outline({ source: known, shown, toggled });
      shown.takeChanged();
      expect(outline.at(0)?.path).toBe('/results/A');
      expect(outline.length).toBe(9);
      shown.add('/results/B/s', 'w');
      outline.noteShown(shown.takeChanged());
      expect(outline.length).toBe(10);
      expect(outline.at(9)?.path).toBe('/results/C/s/v');
      expect(outline.indexOf('/results/C')).toBe(7);
    });

    it('should count what is there where a filter searched what was there before', () => {
      const { known, shown, toggled } = filtered(3);
      known.children.delete(dend(1));
      const outline = new Outline({
        source: known,
        shown,
        toggled,
        isShownOld: true
      });
      expect(outline.length).toBe(6);
      expect(outline.slice().map(row => row.path)).toEqual([
        GROUP,
        dend(0),
        `${dend(0)}/v`,
        dend(1),
        dend(2),
        `${dend(2)}/v`
      ]);
    });

    it('should count what was collapsed of what a filter leaves', () => {
      const { known, shown, toggled } = filtered(100);
      known.children.set(dend(7), ['more', 'v']);
      known.children.set(`${dend(7)}/more`, ['deep']);
      shown.add(`${dend(7)}/more`, 'deep');
      toggled.add(dend(3)).add(`${dend(7)}/more`);
      const outline = new Outline({ source: known, shown, toggled });
      expect(outline.length).toBe(201);
      expect(outline.indexOf(dend(4))).toBe(8);
      toggled.delete(`${dend(7)}/more`);
      outline.noteToggled([`${dend(7)}/more`]);
      expect(outline.length).toBe(202);
    });
  });

  describe('#findName()', () => {
    it('should find the next name, go on at the top, and ask nothing', () => {
      const known = many(1000);
      known.children.set(dend(10), ['v']);
      const toggled = new Set([GROUP, dend(10)]);
      const outline = new Outline({ source: known, shown: null, toggled });
      expect(outline.length).toBe(1002);
      const find = (from: number, name: string): number =>
        outline.findName(from, other => other === name);
      const asked = askedBy(known, () => {
        expect(find(0, 'v')).toBe(12);
        expect(find(13, 'v')).toBe(12);
        expect(find(13, 'dend_12')).toBe(14);
        expect(find(0, 'none')).toBe(-1);
      });
      expect(asked).toBe(0);
    });
  });

  describe('#beside()', () => {
    it('should tell of as many as are taken', () => {
      const known = many(10_000);
      const toggled = new Set([GROUP]);
      const outline = new Outline({ source: known, shown: null, toggled });
      expect(outline.length).toBe(10_001);
      const asked = askedBy(known, () => {
        for (const row of outline.beside(dend(50))) {
          if (row.name === 'dend_9') {
            break;
          }
        }
      });
      expect(asked).toBe(10);
    });
  });

  it.each(['results', 'plain'] as const)(
    'should be as if it were made anew after any news: %s',
    kind => {
      for (let seed = 1; seed <= 24; seed++) {
        const roll = dice(seed);
        const known = new Known({ kind, rootNames: ['a', 'results', 'x'] });
        const shown = seed % 2 ? null : new ShownTree();
        const toggled = new Set<NodePath>();
        const options = { source: known, shown, toggled };
        const outline = new Outline(options);
        const path = (): NodePath => {
          const depth = roll(5);
          const start = roll(3) ? '/results' : '';
          const names = Array.from({ length: depth }, () => NAMES[roll(4)]);
          return [start, ...names].join('/') || '/';
        };
        for (let step = 0; step < 60; step++) {
          const at = path();
          switch (roll(4)) {
            case 0:
              if (at !== '/') {
                const listed = NAMES.filter(() => roll(4));
                known.children.set(at, listed);
              }
              outline.noteRead([at]);
              leaveRows(known, shown, at);
              break;
            case 1:
              known.kinds.set(at, KINDS[roll(4) % 3]);
              outline.noteRead([at]);
              leaveRows(known, shown, parentPath(at));
              break;
            case 2:
              if (!toggled.delete(at)) {
                toggled.add(at);
              }
              outline.noteToggled([at]);
              break;
            default: {
              if (hasRows(known, at) && roll(4)) {
                shown?.add(parentPath(at), nodeName(at));
              } else {
                shown?.remove(parentPath(at), nodeName(at));
              }
            }
          }
          if (shown) {
            outline.noteShown(shown.takeChanged());
          }
          const anew = new Outline(options);
          const rows = anew.slice();
          expect(outline.slice()).toEqual(rows);
          expect(outline.length).toBe(rows.length);
          const own = rows.filter(row => !isPlaceholder(row));
          expect(own.map(row => outline.indexOf(row.path))).toEqual(
            own.map(row => rows.indexOf(row))
          );
          expect(outline.variables(2, 9)).toEqual(
            rows
              .slice(2, 9)
              .filter(row => row.kind === 'variable')
              .map(row => row.path)
          );
        }
      }
    }
  );
});
