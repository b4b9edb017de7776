import { StateDB } from '@jupyterlab/statedb';
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';
import { DEFAULT_SIZES, PaneSizes } from '../sizes';

const KEY = 'jupyterlab-neuronvisio:pane-sizes';
const SIZES = { main: [0.5, 0.5], side: [0.8, 0.2] };

async function sizesOf(state: StateDB | null): Promise<PaneSizes> {
  const sizes = new PaneSizes(state);
  await sizes.ready;
  return sizes;
}

describe('PaneSizes', () => {
  it('should remember sizes from one page to the next', async () => {
    const state = new StateDB();
    (await sizesOf(state)).update(SIZES);
    const later = await sizesOf(state);
    expect(later.current).toEqual(SIZES);
  });

  it('should remember sizes as long as the page without a store', async () => {
    const sizes = await sizesOf(null);
    expect(sizes.current).toEqual(DEFAULT_SIZES);
    sizes.update(SIZES);
    expect(sizes.current).toEqual(SIZES);
  });

  it.each<[string, ReadonlyPartialJSONValue]>([
    ['a null', null],
    ['a text', 'wide'],
    ['a list', [1, 2]],
    ['nothing', {}],
    ['half of it', { main: [1, 2] }],
    ['too few sizes', { main: [1], side: [3, 1] }],
    ['too many sizes', { main: [1, 2, 3], side: [3, 1] }],
    ['texts for sizes', { main: ['1', '2'], side: [3, 1] }],
    ['a pane of no size', { main: [1, 2], side: [3, 0] }],
    ['a pane of less than no size', { main: [-1, 2], side: [3, 1] }]
  ])('should take the defaults where %s is stored', async (_, stored) => {
    const state = new StateDB();
    await state.save(KEY, stored);
    expect((await sizesOf(state)).current).toEqual(DEFAULT_SIZES);
  });

  it('should take the defaults where the store cannot be read, and say so', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const state = new StateDB();
    const reason = new Error('no store');
    jest.spyOn(state, 'fetch').mockRejectedValue(reason);
    expect((await sizesOf(state)).current).toEqual(DEFAULT_SIZES);
    expect(warn).toHaveBeenCalledWith(expect.any(String), reason);
    warn.mockRestore();
  });

  it('should keep what was dragged before the store was read', async () => {
    const state = new StateDB();
    await state.save(KEY, { main: [1, 9], side: [1, 9] });
    const sizes = new PaneSizes(state);
    sizes.update(SIZES);
    await sizes.ready;
    expect(sizes.current).toEqual(SIZES);
  });
});
