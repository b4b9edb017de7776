import type { NodePath } from '../refs/layout';
import type { IListing, NodeListing } from '../refs/types';
import { LIMITS } from './limits';

/** A list that HDF5 made of a group before the file changed. */
export interface IKnownList {
  readonly listing: IListing;
  /** Whether it has all names that stand in the group; those of what was deleted may stand there too. */
  readonly isAll: boolean;
}

/**
 * What is known of the large groups of a file while it is opened anew: which
 * they are, and the lists that HDF5 made of some. Where it finds the names of
 * such a list again, it need not look through all of the group once more.
 */
export class KnownLists {
  /** Take note of a group that was listed. */
  see(listing: NodeListing): void {
    if ('total' in listing && listing.total >= LIMITS.namesAtOnce) {
      this._large.add(listing.path);
    } else {
      this._large.delete(listing.path);
    }
  }

  /** Whether a group was large when it was listed last. */
  isLarge(path: NodePath): boolean {
    return this._large.has(path);
  }

  /** Keep a list that HDF5 made of a large group in which these names stand. */
  keep(listing: IListing, standing: readonly string[]): void {
    const { path, names, total } = listing;
    this._lists.delete(path);
    if (names.length < total) {
      // Of lists that are cut off it cannot be told whether they are the same.
      return;
    }
    const isSame = areSame(names, standing);
    this._lists.set(path, { listing, standing: isSame ? names : standing });
    let kept = 0;
    for (const [at, known] of [...this._lists].reverse()) {
      kept += known.listing.names.length;
      if (kept > LIMITS.names) {
        this._lists.delete(at);
      }
    }
  }

  /** HDF5 listed a group anew: so it is now, if a list of it was kept. */
  replace(listing: NodeListing): void {
    const standing = this._lists.get(listing.path)?.standing;
    this._lists.delete(listing.path);
    if (standing && 'names' in listing) {
      const known = new Set(standing);
      const isAmong = listing.names.every(name => known.has(name));
      this.keep(listing, isAmong ? standing : listing.names);
    }
  }

  /** Something of a group's list was not there. */
  drop(path: NodePath): void {
    this._lists.delete(path);
  }

  /** The list that was kept of a group, if the same names stand in it as then. */
  get(path: NodePath, standing: readonly string[]): IKnownList | null {
    const known = this._lists.get(path);
    if (!known) {
      return null;
    }
    const { listing } = known;
    const isAll = areSame(listing.names, standing);
    return isAll || areSame(known.standing, standing)
      ? { listing, isAll }
      : null;
  }

  private readonly _large = new Set<NodePath>();
  private readonly _lists = new Map<
    NodePath,
    { readonly listing: IListing; readonly standing: readonly string[] }
  >();
}

function areSame(some: readonly string[], others: readonly string[]): boolean {
  return (
    some.length === others.length && some.every((name, i) => name === others[i])
  );
}
