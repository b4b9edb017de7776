import { DragWatch } from '../drag';

const nodes: HTMLElement[] = [];

function setUp() {
  const node = document.createElement('div');
  document.body.append(node);
  nodes.push(node);
  const drag = new DragWatch(node);
  const ended = jest.fn();
  drag.ended.connect(() => void ended());
  return { node, drag, ended };
}

/** A pointer event; jsdom has no other class for it than that of the mouse. */
function pointer(type: string, init: MouseEventInit = {}): MouseEvent {
  return new MouseEvent(type, { bubbles: true, ...init });
}

describe('DragWatch', () => {
  afterEach(() => {
    nodes.splice(0).forEach(node => node.remove());
  });

  it('should be active from the press to the release, wherever that is', () => {
    const { node, drag, ended } = setUp();
    expect(drag.active).toBe(false);
    node.dispatchEvent(pointer('pointerdown'));
    expect(drag.active).toBe(true);
    document.body.dispatchEvent(pointer('pointermove', { buttons: 1 }));
    expect(drag.active).toBe(true);
    document.body.dispatchEvent(pointer('pointerup'));
    expect(drag.active).toBe(false);
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['a drag that the browser takes over', pointer('pointercancel')],
    ['a release that was missed', pointer('pointermove', { buttons: 0 })]
  ])('should end with %s', (_, event) => {
    const { node, drag, ended } = setUp();
    node.dispatchEvent(pointer('pointerdown'));
    document.body.dispatchEvent(event);
    expect(drag.active).toBe(false);
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it('should not take a menu or a press elsewhere for a drag', () => {
    const { node, drag, ended } = setUp();
    node.dispatchEvent(pointer('pointerdown', { button: 2 }));
    document.body.dispatchEvent(pointer('pointerdown'));
    document.body.dispatchEvent(pointer('pointerup'));
    expect(drag.active).toBe(false);
    expect(ended).not.toHaveBeenCalled();
  });

  it('should stop the event from no one', () => {
    const { node } = setUp();
    const inside = document.createElement('span');
    node.append(inside);
    const seen = jest.fn();
    inside.addEventListener('pointerdown', seen);
    inside.dispatchEvent(pointer('pointerdown'));
    expect(seen).toHaveBeenCalledTimes(1);
  });

  describe('#dispose()', () => {
    it('should end a drag without a word, and watch no more', () => {
      const { node, drag, ended } = setUp();
      node.dispatchEvent(pointer('pointerdown'));
      drag.dispose();
      drag.dispose();
      expect(drag.active).toBe(false);
      document.body.dispatchEvent(pointer('pointerup'));
      node.dispatchEvent(pointer('pointerdown'));
      expect(drag.active).toBe(false);
      expect(ended).not.toHaveBeenCalled();
    });
  });
});
