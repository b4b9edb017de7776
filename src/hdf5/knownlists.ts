import type { NodePath } from '../refs/layout';
import type { IListing, NodeListing } from '../refs/types';
import { LIMITS } from './limits';

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

  /** Keep a list that HDF5 made of a large group. */
  keep(listing: IListing): void {
    this._lists.delete(listing.path);
    this._lists.set(listing.path, listing);
    let names = 0;
    for (const { path, names: kept } of [...this._lists.values()].reverse()) {
      names += kept.length;
      if (names > LIMITS.names) {
        this._lists.delete(path);
      }
    }
  }

  /** HDF5 listed a group anew: what was kept of it counts no more. */
  replace(listing: NodeListing): void {
    if (this._lists.delete(listing.path) && 'names' in listing) {
      this._lists.set(listing.path, listing);
    }
  }

  /** Something of a group's list was not there. */
  drop(path: NodePath): void {
    this._lists.delete(path);
  }

  /** The list that was kept of a group, if it has just the names of this one. */
  like(listing: NodeListing): IListing | null {
    const known = this._lists.get(listing.path);
    const isLike =
      known &&
      'names' in listing &&
      known.total === listing.total &&
      known.names.every((name, i) => name === listing.names[i]);
    return isLike ? known : null;
  }

  private readonly _large = new Set<NodePath>();
  private readonly _lists = new Map<NodePath, IListing>();
}
