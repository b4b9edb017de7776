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
