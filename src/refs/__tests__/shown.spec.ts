import { childPath, nodeName, parentPath } from '../layout';
import type { IShown } from '../shown';
import { ShownTree } from '../shown';
import { dice } from './dice';

const GROUP = '/results/VecRef';
const DEND = `${GROUP}/dend_1`;

function names(tree: ShownTree, path: string): string[] {
  return [...(tree.at(path)?.below.keys() ?? [])];
}

/** Every path that is left, variables with a `*`. */
function all(tree: ShownTree, path = '/', shown?: IShown): string[] {
  const found: string[] = [];
  (shown ?? tree.at(path))?.below.forEach((item, name) => {
    const child = childPath(path, name);
    found.push(item ? child : `${child}*`);
    found.push(...(item ? all(tree, child, item) : []));
  });
  return found.sort();
}

describe('ShownTree', () => {
  it('should leave a variable with all that is above it', () => {
    const tree = new ShownTree();
    tree.add(DEND, 'v');
    expect(names(tree, DEND)).toEqual(['v']);
    expect(names(tree, GROUP)).toEqual(['dend_1']);
    expect(names(tree, '/results')).toEqual(['VecRef']);
    expect(tree.count).toBe(1);
    expect(tree.at(GROUP)?.size).toBe(2);
  });

  it('should keep a section above a variable when the section itself is none', () => {
    const tree = new ShownTree();
    tree.add(DEND, 'v');
    tree.remove(GROUP, 'dend_1');
    expect(names(tree, GROUP)).toEqual(['dend_1']);
    expect(tree.count).toBe(1);
  });

  it('should take away a variable, and what stood above it alone', () => {
    const tree = new ShownTree();
    tree.add(DEND, 'v');
    tree.add('/results/SynVecRef/dend_1', 'g');
    tree.remove(DEND, 'v');
    expect(names(tree, '/results')).toEqual(['SynVecRef']);
    expect(tree.at(GROUP)).toBeUndefined();
    expect(tree.count).toBe(1);
  });

  it('should tell once of the groups below which other names are left', () => {
    const tree = new ShownTree();
    tree.add(DEND, 'v');
    tree.takeChanged();
    tree.add(DEND, 'v');
    expect(tree.takeChanged()).toEqual([]);
    tree.add(DEND, 'cai');
    expect(tree.takeChanged()).toEqual([DEND]);
    expect(tree.takeChanged()).toEqual([]);
  });

  it('should be as a list of variables is after any additions and removals', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const roll = dice(seed);
      const tree = new ShownTree();
      let list = new Set<string>();
      for (let step = 0; step < 80; step++) {
        const path = Array.from(
          { length: 1 + roll(4) },
          () => `/${'abc'.charAt(roll(3))}`
        ).join('');
        const [parent, name] = [parentPath(path), nodeName(path)];
        const isAt = (other: string): boolean =>
          other === path || other.startsWith(`${path}/`);
        switch (roll(4)) {
          case 0:
            tree.remove(parent, name);
            list.delete(path);
            break;
          case 1:
            tree.removeAll(parent, name);
            list = new Set([...list].filter(other => !isAt(other)));
            break;
          default:
            tree.add(parent, name);
            // What is a variable has nothing below it, and stands in no variable.
            list = new Set(
              [...list].filter(
                other => !isAt(other) && !path.startsWith(`${other}/`)
              )
            ).add(path);
        }
        const expected = new Set<string>();
        for (const variable of list) {
          expected.add(`${variable}*`);
          for (let at = parentPath(variable); at !== '/'; at = parentPath(at)) {
            expected.add(at);
          }
        }
        expect(all(tree)).toEqual([...expected].sort());
        expect(tree.count).toBe(list.size);
        expect(tree.at('/')?.size).toBe(expected.size);
      }
    }
  });
});
