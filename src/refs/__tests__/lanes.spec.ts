import { inLanes } from '../lanes';

describe('inLanes()', () => {
  it('does so many at once, in order, and all of them', async () => {
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const all = inLanes(['a', 'b', 'c', 'd'], 2, item => {
      begun.push(item);
      return new Promise<void>(resolve => ends.push(resolve));
    });
    expect(begun).toEqual(['a', 'b']);
    while (begun.length < 4) {
      ends.shift()?.();
      await Promise.resolve();
    }
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
    ends.forEach(end => end());
    await all;
  });

  it('rejects with what goes wrong, and leaves what was not begun in the queue', async () => {
    const wrong = new Error('gone');
    const queue = ['a', 'b'];
    await expect(inLanes(queue, 1, () => Promise.reject(wrong))).rejects.toBe(
      wrong
    );
    expect(queue).toEqual(['b']);
  });
});
