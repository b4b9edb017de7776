import type { NodePath } from '../refs/layout';
import { X_NAME } from '../refs/layout';
import { sortNatural } from '../refs/natural';
import type { IListing } from '../refs/types';
import { LIMITS } from './limits';

/** A group's children in the order to show, as many as are listed; its x is always among them. */
export function listingOf(path: NodePath, names: readonly string[]): IListing {
  const most = names.slice(0, LIMITS.names);
  const isCut = names.indexOf(X_NAME) >= LIMITS.names;
  return {
    path,
    names: sortNatural(isCut ? [...most, X_NAME] : most),
    total: names.length
  };
}

/** The numbers of many names in the order of their places in the file; null where none of them is known. */
export function orderOf(
  names: readonly string[],
  placeOf: (name: string) => number | undefined
): Uint32Array | null {
  if (names.length < LIMITS.namesAtOnce) {
    return null;
  }
  const places = names.map(placeOf);
  if (places.every(place => place === undefined)) {
    return null;
  }
  return Uint32Array.from(names.keys()).sort(
    (a, b) => (places[a] ?? 0) - (places[b] ?? 0)
  );
}
