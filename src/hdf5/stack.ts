import type { IHdf5 } from './mount';

const WORK = 'neuronvisio_work';

/**
 * Let HDF5 work, with its stack afterwards as before.
 *
 * An error that is thrown through compiled code leaves on the stack what lay
 * there; after some thousands there is no room. Emscripten's `ccall` puts the
 * stack back behind a function that was given a text.
 */
export function onStack<T>(hdf5: IHdf5, work: () => T): T {
  const outcomes: ({ readonly value: T } | { readonly reason: unknown })[] = [];
  const functions = hdf5 as unknown as Record<string, () => number>;
  functions[`_${WORK}`] = () => {
    try {
      outcomes.push({ value: work() });
    } catch (reason) {
      outcomes.push({ reason });
    }
    return 0;
  };
  hdf5.ccall(WORK, 'number', ['string'], ['']);
  const [outcome] = outcomes;
  if ('reason' in outcome) {
    throw outcome.reason;
  }
  return outcome.value;
}
