import { ToolbarKeys } from '../toolbarkeys';

/** A toolbar as JupyterLab's tells of itself, with these items, hidden where they are null. */
function setUp(items: readonly (string | null)[], activeIndex: number) {
  const focusableElements = items.map(name => {
    const button = document.createElement('button');
    const rects = name === null ? [] : [{}];
    button.getClientRects = () => rects as unknown as DOMRectList;
    return button;
  });
  const node = Object.assign(document.createElement('div'), {
    focusableElements,
    activeIndex,
    setFocusedElement: jest.fn((place: number) => {
      node.activeIndex = place;
    })
  });
  node.append(...focusableElements);
  const keys = new ToolbarKeys(node);
  /** What the toolbar does when it looked for its items. */
  const look = async () => {
    focusableElements[0].tabIndex = -1;
    await Promise.resolve();
  };
  return { node, keys, look };
}

describe('ToolbarKeys', () => {
  it('leads the keys from a hidden item to the first in sight', async () => {
    const { node, look } = setUp([null, 'figure', 'legend', null], 3);
    await look();
    expect(node.setFocusedElement).toHaveBeenCalledTimes(1);
    expect(node.activeIndex).toBe(1);
  });

  it('leaves them where they are in sight', async () => {
    const { node, look } = setUp(['figure', 'legend', null], 1);
    await look();
    expect(node.setFocusedElement).not.toHaveBeenCalled();
  });

  it('does nothing while the whole toolbar is out of sight', async () => {
    const { node, look } = setUp([null, null], 1);
    await look();
    expect(node.setFocusedElement).not.toHaveBeenCalled();
  });

  it('passes over a toolbar that is another than expected', async () => {
    const node = document.createElement('div');
    const keys = new ToolbarKeys(node);
    node.tabIndex = 0;
    await Promise.resolve();
    expect(node.tabIndex).toBe(0);
    keys.dispose();
  });

  describe('#dispose()', () => {
    it('watches no more', async () => {
      const { node, keys, look } = setUp(['figure', null], 1);
      keys.dispose();
      expect(keys.isDisposed).toBe(true);
      await look();
      expect(node.setFocusedElement).not.toHaveBeenCalled();
    });
  });
});
