import type { NodePath } from '../../refs/layout';
import type { FileKind } from '../../refs/types';
import { Contents } from '../contents';
import type { IFilterProgress } from '../filterrun';
import { TreeModel } from '../treemodel';
import type { IFakeGroup } from './fakesource';
import { FakeSource, manySections, pathsOf } from './fakesource';

const GROUP = '/results/VecRef';
const dend = (i: number, variable?: string): NodePath =>
  `${GROUP}/dend_${i}${variable ? `/${variable}` : ''}`;

function modelOf(
  root: IFakeGroup,
  kind: FileKind = 'results'
): { model: TreeModel; source: FakeSource } {
  const source = new FakeSource(root, kind);
  const contents = new Contents({ source, summary: source.summary });
  return { model: new TreeModel({ contents }), source };
}

/** Wait until the model says that something became true. */
function until(model: TreeModel, isTrue: () => boolean): Promise<void> {
  return new Promise(resolve => {
    const look = (): void => {
      if (isTrue()) {
        model.changed.disconnect(look);
        resolve();
      }
    };
    model.changed.connect(look);
    look();
  });
}

/** The rows down to a variable of a soma. */
function pathsIn(group: NodePath, variable: string): NodePath[] {
  return [group, `${group}/soma`, `${group}/soma/${variable}`];
}

function paths(model: TreeModel): NodePath[] {
  return model.rows.slice().map(row => row.path);
}

async function expanded(model: TreeModel, path: NodePath): Promise<void> {
  model.setExpanded(path, true);
  await until(model, () => model.contents.childNames(path) !== null);
}

async function searched(model: TreeModel, text: string): Promise<void> {
  model.setFilter(text);
  await until(model, () => model.matchCount !== null);
  await until(model, () => model.progress === null);
}

const TWO_GROUPS: IFakeGroup = {
  geometry: { geom: '' },
  results: {
    Spikes: { x: '', count: 'spikes in a bin' },
    VecRef: { soma: { v: '', cai: '' }, x: '' }
  }
};

describe('TreeModel', () => {
  describe('#restore()', () => {
    it('should expand these alone, and read what comes in sight of them', async () => {
      const { model, source } = modelOf(manySections(50));
      model.restore([GROUP, dend(0), dend(40)], null);
      expect(model.expanded).toEqual([GROUP, dend(0), dend(40)]);
      await until(model, () => model.contents.childNames('/results') !== null);
      expect(source.listed).not.toContain(GROUP);
      model.setVisibleRange(0, 9);
      await until(model, () => model.contents.childNames(dend(0)) !== null);
      expect(paths(model).slice(0, 3)).toEqual([
        GROUP,
        dend(0),
        dend(0, 'cai')
      ]);
      expect(source.listed).not.toContain(dend(40));
      model.setVisibleRange(40, 49);
      await until(model, () => model.contents.childNames(dend(40)) !== null);
    });

    it('should give a node in one of them the focus, and read what is above it', async () => {
      const { model, source } = modelOf(manySections(50));
      model.restore([GROUP, dend(0), dend(40)], dend(40, 'v'));
      model.setVisibleRange(0, 9);
      expect(model.isFocusAwaited).toBe(true);
      await until(model, () => model.focusedIndex >= 0);
      expect(model.isFocusAwaited).toBe(false);
      expect(model.focusedPath).toBe(dend(40, 'v'));
      expect(source.listed).toContain(dend(40));
    });

    it('should await no focus that does not come', async () => {
      const { model } = modelOf(manySections(5));
      model.restore([GROUP, dend(0)], dend(3, 'v'));
      expect(model.focusedPath).toBeNull();
      model.restore([GROUP, '/results/VecRef/gone'], '/results/VecRef/gone/v');
      expect(model.isFocusAwaited).toBe(true);
      await until(model, () => !model.isFocusAwaited);
      expect(model.focusedIndex).toBe(-1);
    });

    it('should ask for each but once', async () => {
      const { model, source } = modelOf(manySections(3));
      model.setVisibleRange(0, 20);
      model.restore([GROUP, dend(0), '/results/gone'], null);
      await until(model, () => model.contents.childNames(dend(0)) !== null);
      await until(model, () => model.contents.facts(dend(2)) !== null);
      expect(source.listed).toEqual(['/results', GROUP, dend(0)]);
    });
  });

  describe('#expanded', () => {
    it('should be unknown before the file told what there is', async () => {
      const { model } = modelOf(manySections(3));
      expect(model.expanded).toBeNull();
      await until(model, () => model.expanded !== null);
      expect(model.expanded).toEqual([GROUP]);
    });

    it('should be what is expanded without the filter', async () => {
      const { model } = modelOf(manySections(3));
      await until(model, () => model.expanded !== null);
      await searched(model, 'v');
      model.setExpanded(dend(1), false);
      expect(model.expanded).toEqual([GROUP]);
    });
  });

  describe('#rows', () => {
    it('should start with a collapsed group each, and the other contents', async () => {
      const { model, source } = modelOf(TWO_GROUPS);
      expect(model.rows.at(0)?.kind).toBe('loading');
      await until(model, () => model.rows.at(0)?.kind === 'group');
      expect(paths(model)).toEqual(['/results/Spikes', GROUP, '/']);
      expect(source.listed).toEqual(['/results']);
      expect(source.described).toEqual([]);
    });

    it('should start with the only group expanded', async () => {
      const { model, source } = modelOf(manySections(3));
      await until(model, () => model.rows.length === 4);
      expect(paths(model)).toEqual([GROUP, dend(0), dend(1), dend(2)]);
      expect(source.listed).toEqual(['/results', GROUP]);
    });

    it('should show a failure where children cannot be listed', async () => {
      const { model } = modelOf(TWO_GROUPS);
      await until(model, () => model.rows.length === 3);
      model.setExpanded('/results/none', true);
      await expanded(model, '/results/Spikes');
      expect(model.rows.at(1)?.path).toBe('/results/Spikes/count');
      model.setExpanded('/results/Spikes/count', true);
      await until(model, () => model.rows.at(2)?.kind === 'failed');
    });
  });

  describe('#setVisibleRange()', () => {
    it('should read the facts of these rows only, and of the x of a group', async () => {
      const { model, source } = modelOf(manySections(100));
      await until(model, () => model.rows.length === 101);
      model.setVisibleRange(0, 2);
      await until(model, () => model.contents.facts(dend(1)) !== null);
      expect([...source.described].sort()).toEqual(
        [GROUP, `${GROUP}/x`, dend(0), dend(1)].sort()
      );
    });

    it.each([null, 'v'])(
      'should ask about the rows in sight of many, and not about all, when facts come: filter %s',
      async text => {
        const { model } = modelOf(manySections(10_000));
        const { contents } = model;
        await until(model, () => model.rows.length === 10_001);
        if (text !== null) {
          await searched(model, text);
          expect(model.rows).toHaveLength(20_001);
          await contents.requestFacts(pathsOf(10_000, text));
          await until(model, () => model.progress === null);
        }
        const facts = jest.spyOn(contents, 'facts');
        const childNames = jest.spyOn(contents, 'childNames');
        model.setVisibleRange(5000, 5039);
        const last = model.rows.at(5039)!.path;
        await until(model, () => contents.facts(last) !== null);
        expect(model.rows.slice(5000, 5040)).toHaveLength(40);
        expect(facts.mock.calls.length).toBeLessThan(1500);
        expect(childNames.mock.calls.length).toBeLessThan(1500);
      }
    );

    it('should show what the facts say', async () => {
      const { model } = modelOf(TWO_GROUPS);
      await until(model, () => model.rows.length === 3);
      await expanded(model, '/results/Spikes');
      expect(model.rows.at(1)?.kind).toBe('section');
      model.setVisibleRange(0, 10);
      await until(model, () => model.rows.at(1)?.kind === 'variable');
      expect(model.rows.at(1)?.path).toBe('/results/Spikes/count');
    });

    it.each(['file', 'xFile'])(
      'should leave an x in another file until its group is expanded: %s',
      async name => {
        const { model, source } = modelOf(TWO_GROUPS);
        source.more.set(GROUP, { [name]: 'runs/run_1.h5' });
        await until(model, () => model.rows.length === 3);
        model.setVisibleRange(0, 10);
        const { contents } = model;
        await until(model, () => contents.facts('/results/Spikes/x') !== null);
        expect(source.described).not.toContain(`${GROUP}/x`);
        model.setExpanded(GROUP, true);
        await until(model, () => contents.facts(`${GROUP}/x`) !== null);
        expect(source.described).toContain(`${GROUP}/x`);
      }
    );

    it('should not ask again for what failed', async () => {
      const { model, source } = modelOf({ results: { VecRef: { a: {} } } });
      await until(model, () => model.rows.length === 2);
      const x = `${GROUP}/x`;
      model.setVisibleRange(0, 9);
      await until(model, () => model.contents.failure(x) !== null);
      model.setVisibleRange(0, 9);
      await expanded(model, `${GROUP}/a`);
      expect(source.described.filter(path => path === x)).toHaveLength(1);
    });
  });

  describe('#activate()', () => {
    it('should select a variable alone, and expand or collapse others', async () => {
      const { model } = modelOf(manySections(2));
      await until(model, () => model.rows.length === 3);
      model.activate(dend(0));
      await until(model, () => model.rows.length === 5);
      let gestures = 0;
      model.selectionChanged.connect(() => {
        gestures += 1;
      });
      model.activate(dend(0, 'cai'));
      model.activate(dend(0, 'v'));
      expect(model.selection).toEqual([dend(0, 'v')]);
      expect(model.focusedVariable).toBe(dend(0, 'v'));
      expect(gestures).toBe(2);
      model.activate(dend(0));
      expect(model.rows).toHaveLength(3);
      expect(model.selection).toEqual([dend(0, 'v')]);
      expect(model.focusedVariable).toBeNull();
    });
  });

  describe('#toggle()', () => {
    it('should add and take out, in the order of the gestures', async () => {
      const { model } = modelOf(manySections(2));
      await until(model, () => model.rows.length === 3);
      await expanded(model, dend(0));
      model.toggle(dend(0, 'v'));
      model.toggle(dend(0, 'cai'));
      expect(model.selection).toEqual([dend(0, 'v'), dend(0, 'cai')]);
      model.toggle(dend(0, 'v'));
      expect(model.selection).toEqual([dend(0, 'cai')]);
      expect(model.isSelected(dend(0, 'v'))).toBe(false);
    });
  });

  describe('#extendTo()', () => {
    it('should select the variables from the last gesture to a row, both ways', async () => {
      const { model } = modelOf(manySections(3));
      await until(model, () => model.rows.length === 4);
      await Promise.all([0, 1, 2].map(i => expanded(model, dend(i))));
      model.activate(dend(1, 'cai'));
      model.extendTo(dend(2, 'cai'));
      expect(model.selection).toEqual([
        dend(1, 'cai'),
        dend(1, 'v'),
        dend(2, 'cai')
      ]);
      model.extendTo(dend(0, 'v'));
      expect(model.selection).toEqual([dend(0, 'v'), dend(1, 'cai')]);
    });
  });

  describe('#setSelection()', () => {
    it('should tell of a change, but not as a gesture', async () => {
      const { model } = modelOf(manySections(1));
      await until(model, () => model.rows.length === 2);
      let gestures = 0;
      let changes = 0;
      model.selectionChanged.connect(() => {
        gestures += 1;
      });
      await Promise.resolve();
      model.changed.connect(() => {
        changes += 1;
      });
      model.setSelection([dend(0, 'v')]);
      await Promise.resolve();
      model.setSelection([dend(0, 'v')]);
      await Promise.resolve();
      expect([changes, gestures]).toEqual([1, 0]);
    });
  });

  describe('#setExpanded()', () => {
    it('should move the focus to what hides it', async () => {
      const { model } = modelOf(manySections(2));
      await until(model, () => model.rows.length === 3);
      await expanded(model, dend(0));
      model.focus(dend(0, 'v'));
      expect(model.focusedIndex).toBe(3);
      model.setExpanded(GROUP, false);
      expect([model.focusedPath, model.focusedIndex]).toEqual([GROUP, 0]);
    });
  });

  describe('#focusIndex()', () => {
    it('should move to a row that stands for children, and to their parent when it goes', async () => {
      const { model } = modelOf(manySections(1));
      await until(model, () => model.rows.at(1)?.kind === 'section');
      model.setExpanded(dend(0), true);
      model.focusIndex(2);
      expect(model.rows.at(2)?.kind).toBe('loading');
      expect([model.focusedPath, model.focusedIndex]).toEqual([dend(0), 2]);
      await until(model, () => model.rows.length === 4);
      expect([model.focusedPath, model.focusedIndex]).toEqual([dend(0), 1]);
    });
  });

  describe('#expandSiblings()', () => {
    it('should expand the rows beside, and nothing else', async () => {
      const { model, source } = modelOf(TWO_GROUPS);
      await until(model, () => model.rows.length === 3);
      model.expandSiblings(GROUP);
      await until(model, () => model.rows.length === 6);
      expect(source.listed).toEqual(['/results', '/results/Spikes', GROUP]);
      expect(paths(model)).toContain('/geometry');
    });
  });

  describe('#setFilter()', () => {
    it('should read on its own and find variables, with what is above them', async () => {
      const { model } = modelOf(manySections(120));
      await searched(model, 'dend 10 v');
      expect(paths(model)).toEqual([GROUP, dend(10), dend(10, 'v')]);
      expect(model.rows.at(1)).toMatchObject({ expanded: true, setSize: 1 });
      expect(model.matchCount).toBe(1);
    });

    it('should find details of variables whose names do not match', async () => {
      const { model, source } = modelOf(manySections(20));
      await searched(model, 'cai TUFT');
      expect(paths(model)).toEqual([GROUP, dend(7), dend(7, 'cai')]);
      expect(source.described).toContain(dend(3, 'cai'));
    });

    it('should read the details in a section soon after its names, near which they lie', async () => {
      const { model, source } = modelOf(manySections(1000));
      await expanded(model, GROUP);
      let listed = 0;
      const { describe: read } = source;
      source.describe = asked => {
        if (listed === 0 && asked.includes(dend(0, 'v'))) {
          listed = source.listed.length;
        }
        return read.call(source, asked);
      };
      await searched(model, 'tuft');
      expect(listed).toBeGreaterThan(0);
      expect(listed).toBeLessThan(500);
    });

    it('should read sections in the order in which they lie in the file', async () => {
      const { model, source } = modelOf(manySections(300));
      const inFile = Array.from({ length: 300 }, (_, i) => (i * 7) % 300);
      source.inFile.set(
        GROUP,
        inFile.map(i => `dend_${i}`)
      );
      await searched(model, 'v');
      const sections = inFile.map(i => dend(i));
      expect(source.listed.slice(-300)).toEqual(sections);
    });

    it('should look through names that turn up later', async () => {
      const { model, source } = modelOf(manySections(3));
      source.mostNames = 3;
      await searched(model, 'v');
      expect(model.matchCount).toBe(2);
      source.mostNames = Infinity;
      const [listing] = await source.list([GROUP]);
      source.relisted.emit(listing);
      await until(model, () => model.matchCount === 3);
    });

    it('should count no names that turn out not to be there', async () => {
      const { model, source } = modelOf(manySections(3));
      await searched(model, 'v');
      expect(model.matchCount).toBe(3);
      source.mostNames = 2;
      const [listing] = await source.list([GROUP]);
      source.relisted.emit(listing);
      await until(model, () => model.matchCount === 1);
      expect(model.rows.length).toBe(paths(model).length);
      expect(paths(model)).not.toContain(dend(0));
    });

    it('should do so from when that order is known', async () => {
      const { model, source } = modelOf(manySections(600));
      await expanded(model, GROUP);
      const backwards = Array.from({ length: 600 }, (_, i) => 599 - i);
      source.inFile.set(
        GROUP,
        backwards.map(i => `dend_${i}`)
      );
      const { list } = source;
      source.list = async paths => {
        if (paths.includes(dend(0))) {
          const [listing] = await list.call(source, [GROUP]);
          source.relisted.emit(listing);
        }
        return list.call(source, paths);
      };
      await searched(model, 'v');
      // The first few were wanted before.
      const later = backwards.filter(i => i >= 200).map(i => dend(i));
      expect(source.listed.slice(-400)).toEqual(later);
    });

    it('should read the details of what the names match only when it is done', async () => {
      const { model, source } = modelOf(manySections(20));
      const details = () =>
        source.described.filter(path => path.split('/').length === 5);
      const before: number[] = [];
      model.changed.connect(() => {
        if (model.matchCount === 40 && model.progress === null) {
          before.push(details().length);
        }
      });
      await searched(model, 'dend');
      expect(before[0]).toBe(0);
      // The next key ends the search, and not this.
      model.setFilter('');
      await until(
        model,
        () => model.contents.facts(dend(0, 'cai'))?.detail !== undefined
      );
      expect(details()).toHaveLength(40);
      // All is known: the next search reads nothing.
      await searched(model, 'dend tuft');
      expect(details()).toHaveLength(40);
    });

    it('should leave the details of what lies in other files', async () => {
      const { model, source } = modelOf(manySections(20));
      source.more.set(GROUP, { file: 'rank.h5' });
      await model.contents.requestFacts([GROUP]);
      await searched(model, 'dend');
      await searched(model, 'dend v');
      expect(source.described).toContain(dend(0, 'cai'));
      expect(source.described).not.toContain(dend(0, 'v'));
    });

    it('should list folders in their order', async () => {
      const folders = Object.fromEntries(
        ['a', 'b', 'c', 'd'].map(name => [name, { in: { v: '' } }])
      );
      const { model, source } = modelOf(folders, 'plain');
      source.listed.length = 0;
      await searched(model, 'v');
      expect(source.listed).toEqual([
        ...['/a', '/b', '/c', '/d'],
        ...['/a/in', '/b/in', '/c/in', '/d/in']
      ]);
    });

    it('should show what was found before for the moment that a search takes', async () => {
      const { model } = modelOf(manySections(100));
      await searched(model, 'dend 10 v');
      let now = performance.now();
      // A few looks at the clock are a slice of the search's, and no news.
      jest.spyOn(performance, 'now').mockImplementation(() => (now += 6));
      model.setFilter('dend 20 v');
      expect(paths(model)).toEqual([GROUP, dend(10), dend(10, 'v')]);
      await until(model, () => paths(model).includes(dend(20, 'v')));
      await until(model, () => model.progress === null);
      expect(paths(model)).toEqual([GROUP, dend(20), dend(20, 'v')]);
      jest.restoreAllMocks();
    });

    it('should count the sections it has read', async () => {
      const { model } = modelOf(manySections(30));
      const seen: number[] = [];
      let total = 0;
      model.changed.connect(() => {
        if (model.progress) {
          seen.push(model.progress.done);
          total = Math.max(total, model.progress.total);
        }
      });
      await searched(model, 'tuft');
      expect(total).toBe(30);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
    });

    it('should count on, against a total that does not shrink, when a word turns out to be a name', async () => {
      const { model } = modelOf(manySections(3000));
      const seen: IFilterProgress[] = [];
      model.changed.connect(() => {
        if (model.progress) {
          seen.push(model.progress);
        }
      });
      let now = performance.now();
      jest.spyOn(performance, 'now').mockImplementation(() => (now += 4));
      await searched(model, 'cai');
      jest.restoreAllMocks();
      for (const of of ['done', 'total'] as const) {
        const counts = seen.map(progress => progress[of]);
        expect(counts).toEqual([...counts].sort((a, b) => a - b));
      }
      expect(seen[seen.length - 1].total).toBe(3000);
    });

    it('should look first into groups and sections whose names match', async () => {
      const groups = Array.from({ length: 40 }, (_, i) => [
        `run_${i}`,
        { soma: { v: '' }, dend: { v: '' } }
      ]);
      const { model, source } = modelOf({
        results: Object.fromEntries(groups) as IFakeGroup
      });
      await until(model, () => model.rows.length === 40);
      model.setFilter('run_31 dend v');
      await until(model, () => model.matchCount === 1);
      expect(source.listed.slice(0, 3)).toEqual([
        '/results',
        '/results/run_31',
        '/results/run_31/dend'
      ]);
      await until(model, () => model.progress === null);
      expect(model.matchCount).toBe(1);
    });

    it('should show all again when it ends, the focused variable in sight', async () => {
      const { model, source } = modelOf(manySections(20));
      await searched(model, 'dend 3 v');
      model.focus(dend(3, 'v'));
      model.setFilter(' ');
      expect(model.matchCount).toBeNull();
      expect(model.progress).toBeNull();
      expect(model.rows).toHaveLength(23);
      expect(model.rows.at(model.focusedIndex)?.path).toBe(dend(3, 'v'));
      expect(source.listed).toHaveLength(22);
    });

    it('should keep collapsed what was collapsed, and select it with all', async () => {
      const { model } = modelOf(manySections(3));
      await searched(model, 'v');
      model.setExpanded(dend(1), false);
      expect(paths(model)).not.toContain(dend(1, 'v'));
      await searched(model, 'dend v');
      expect(paths(model)).not.toContain(dend(1, 'v'));
      model.selectAll();
      expect(model.selection).toEqual(pathsOf(3, 'v'));
      expect(model.selectedEarly).toBeNull();
    });

    it('should tell that all was selected while it went on, until that is all or something else is', async () => {
      const { model } = modelOf(manySections(2000));
      model.setFilter('v');
      await until(model, () => (model.matchCount ?? 0) > 0);
      expect(model.progress).not.toBeNull();
      model.selectAll();
      const early = model.selection.length;
      expect(model.selectedEarly).toBe(early);
      await until(model, () => model.progress === null);
      expect(early).toBeLessThan(2000);
      expect(model.selectedEarly).toBe(early);
      model.selectAll();
      expect(model.selection).toHaveLength(2000);
      expect(model.selectedEarly).toBeNull();
    });

    it('should not tell so of a selection of rows, or under another filter', async () => {
      const { model } = modelOf(manySections(2000));
      model.setFilter('v');
      await until(model, () => (model.matchCount ?? 0) > 0);
      model.selectAll();
      model.activate(model.selection[0]);
      expect(model.selectedEarly).toBeNull();
      model.selectAll();
      expect(model.selectedEarly).not.toBeNull();
      model.setFilter('dend');
      expect(model.selectedEarly).toBeNull();
    });

    it('should stop reading when it is cleared', async () => {
      const { model, source } = modelOf(manySections(2000));
      model.setFilter('tuft');
      await until(model, () => (model.progress?.total ?? 0) > 0);
      model.setFilter('');
      const asked = source.listed.length;
      await model.contents.requestFacts([GROUP]);
      await until(model, () => model.contents.facts(GROUP) !== null);
      expect(source.listed).toHaveLength(asked);
      expect(asked).toBeLessThan(1000);
    });

    it('should keep what it found when more is read of the rows in sight', async () => {
      const { model } = modelOf(manySections(30));
      await searched(model, 'cai');
      model.setVisibleRange(0, 100);
      const { contents } = model;
      await until(model, () => contents.facts(dend(9)) !== null);
      expect(model.matchCount).toBe(30);
      expect(paths(model)).toHaveLength(61);
    });

    it('should find variables directly under a group or under the results, and not x', async () => {
      const root = {
        results: { loose: 'odd', Spikes: { x: 'odd', count: 'odd' } }
      };
      const { model } = modelOf(root);
      await searched(model, 'odd');
      expect(paths(model)).toEqual([
        '/results/loose',
        '/results/Spikes',
        '/results/Spikes/count'
      ]);
      expect(model.matchCount).toBe(2);
    });

    it('should find variables in groups inside sections, and in a section called x', async () => {
      const root = {
        results: { g: { x: { v: '' }, s: { inner: { v: '', w: '' } } } }
      };
      const { model } = modelOf(root);
      await searched(model, 'v');
      expect(paths(model).slice(1)).toEqual([
        '/results/g/s',
        '/results/g/s/inner',
        '/results/g/s/inner/v',
        '/results/g/x',
        '/results/g/x/v'
      ]);
    });

    it('should search another file, and end where its links make a circle', async () => {
      const root = { a: { y1: '' }, loop: {}, y2: '' };
      const { model } = modelOf(root, 'plain');
      await searched(model, 'y2');
      expect(paths(model)[0]).toBe('/loop');
      expect(paths(model).at(-1)).toBe('/y2');
      expect(model.matchCount).toBeLessThan(12);
    });

    describe('of the detail of a group', () => {
      const RUNS: IFakeGroup = {
        results: Object.fromEntries(
          [1, 2, 3].map(run => [
            `run_${run}`,
            { soma: { v: '', cai: '' }, x: '' }
          ])
        )
      };
      const group = (run: number) => `/results/run_${run}`;

      function runs() {
        const { model, source } = modelOf(RUNS);
        for (const run of [1, 2, 3]) {
          const detail = `amp = 0.${run}`;
          source.more.set(group(run), { detail, file: `run_${run}.h5` });
        }
        return { model, source };
      }

      it('should find what is in that group', async () => {
        const { model } = runs();
        await searched(model, 'amp 0.2 v');
        expect(paths(model)).toEqual(pathsIn(group(2), 'v'));
        await searched(model, '0.2 cai');
        expect(paths(model)).toEqual(pathsIn(group(2), 'cai'));
        await searched(model, '0.25');
        expect(model.matchCount).toBe(0);
      });

      it('should list that group before the others', async () => {
        const { model, source } = runs();
        await until(model, () => model.rows.length === 3);
        model.setFilter('amp 0.3 v');
        await until(model, () => model.matchCount === 1);
        const listed = source.listed.filter(path => path.includes('run_'));
        expect(listed.slice(0, 2)).toEqual([group(3), `${group(3)}/soma`]);
      });

      it('should ask once more in each search where the server did not answer', async () => {
        const { model, source } = runs();
        source.away.add(group(2));
        await searched(model, 'amp 0.2 v');
        expect(model.matchCount).toBe(0);
        expect(model.unsearched).toBe(1);
        source.away.clear();
        model.setFilter('amp 0.2 cai');
        await until(model, () => model.matchCount === 1);
        expect(paths(model)).toEqual(pathsIn(group(2), 'cai'));
        expect(model.unsearched).toBe(0);
      });

      it('should find it by another detail once the file was opened anew', async () => {
        const { model, source } = runs();
        await searched(model, '0.7 v');
        expect(model.matchCount).toBe(0);
        source.more.set(group(2), { detail: 'amp = 0.7', file: 'run_2.h5' });
        model.contents.renew(source.summary);
        await until(model, () => model.matchCount === 1);
        expect(paths(model)).toEqual(pathsIn(group(2), 'v'));
      });

      it('should find it where the group was listed before its detail is known', async () => {
        const { model, source } = runs();
        await model.contents.requestChildren([group(2)]);
        await model.contents.requestChildren([`${group(2)}/soma`]);
        expect(source.described).not.toContain(group(2));
        await searched(model, '0.2 v');
        expect(paths(model)).toEqual(pathsIn(group(2), 'v'));
      });
    });

    it('should stay visibly unfinished when the file is gone', async () => {
      const { model, source } = modelOf(manySections(500));
      await until(model, () => model.rows.length === 501);
      source.isGone = true;
      model.setFilter('v');
      await until(model, () => model.matchCount !== null);
      const failure = () => model.contents.failure(dend(0));
      await until(model, () => failure() !== null);
      expect(failure()?.code).toBe('server-gone');
      await until(model, () => model.progress?.isCutOff === true);
      expect(model.progress).toMatchObject({ done: 0, total: 500 });
    });
  });

  describe('#contents', () => {
    it('should keep expanded, focus and selection when it is reset, and read anew', async () => {
      const { model, source } = modelOf(manySections(3));
      await until(model, () => model.rows.length === 4);
      await expanded(model, dend(1));
      model.activate(dend(1, 'v'));
      model.contents.reset(source.summary);
      expect(model.rows.slice().map(row => row.kind)).toEqual(['loading']);
      await until(model, () => model.rows.length === 6);
      expect(model.selection).toEqual([dend(1, 'v')]);
      expect(model.rows.at(model.focusedIndex)?.path).toBe(dend(1, 'v'));
    });

    it('should keep its rows when it is renewed, and read those in sight', async () => {
      const { model, source } = modelOf(manySections(40));
      await until(model, () => model.rows.length === 41);
      await expanded(model, dend(1));
      await expanded(model, dend(30));
      model.setVisibleRange(0, 9);
      await until(model, () => model.contents.facts(dend(5)) !== null);
      const before = paths(model);
      source.replace(manySections(41));
      model.contents.renew(source.summary);
      expect(paths(model)).toEqual(before);
      await until(model, () => model.rows.length === before.length + 1);
      expect(source.listed.sort()).toEqual(['/results', GROUP, dend(1)]);
      expect(source.described).toContain(dend(1, 'v'));
      expect(source.described).not.toContain(dend(20));
      model.setVisibleRange(30, 39);
      await until(model, () => source.listed.includes(dend(30)));
      expect(source.described).toContain(dend(30));
    });

    it('should leave what a filter found until the renewed file was searched', async () => {
      const { model, source } = modelOf(manySections(3));
      await searched(model, 'v');
      const before = paths(model);
      source.replace(manySections(5));
      model.contents.renew(source.summary);
      const seen = new Set<number>();
      model.changed.connect(() => seen.add(model.rows.length));
      expect(paths(model)).toEqual(before);
      await until(model, () => model.matchCount === 5);
      expect(Math.min(...seen)).toBe(before.length);
    });

    it('should be searched again when it is reset', async () => {
      const { model, source } = modelOf(manySections(3));
      await searched(model, 'v');
      model.contents.reset(source.summary);
      await until(model, () => model.matchCount === 3);
    });
  });

  describe('#dispose()', () => {
    it('should be safe twice, with a search under way', async () => {
      const { model } = modelOf(manySections(50));
      model.setFilter('tuft');
      await until(model, () => model.matchCount !== null);
      let changes = 0;
      model.changed.connect(() => {
        changes += 1;
      });
      model.dispose();
      model.dispose();
      await model.contents.requestChildren([dend(1)]);
      expect(model.isDisposed).toBe(true);
      expect(changes).toBe(0);
    });
  });
});
