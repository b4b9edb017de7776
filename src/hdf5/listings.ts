import { ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import type { NodeListing } from '../refs/types';
import type { Engine } from './engine';
import { nodeFailure } from './errors';
import { listingOf, orderOf } from './listing';
import type { ITreeNode } from './oldgroup';
import type { IEarlyNames } from './oldgroups';
import { isWanted } from './rounds';
import type { Session } from './session';

/** A listing, and what tells whether it is right; null where HDF5 made it. */
export interface IListedSoon {
  readonly listing: NodeListing;
  readonly unchecked: ITreeNode | null;
}

/** The children of the groups of an open file. */
export class Listings {
  /** List the groups of a file. */
  constructor(
    private readonly _engine: Engine,
    private readonly _session: Session
  ) {}

  /** The children of a group. */
  of(path: NodePath): NodeListing {
    try {
      const listing = listingOf(path, this._names(path));
      const order = orderOf(
        listing.names,
        name => this._session.groupPlaces(name)[0]?.tree
      );
      return order ? { ...listing, order } : listing;
    } catch (reason) {
      return { path, failure: nodeFailure(reason) };
    }
  }

  /** The children of a group; perhaps before all that lists them was fetched, see `unchecked`. */
  soon(path: NodePath): IListedSoon {
    const early = this._earlyNames(path);
    if (!early) {
      return { listing: this.of(path), unchecked: null };
    }
    const listing = listingOf(path, early.names);
    return {
      listing: { ...listing, unchecked: true },
      unchecked: early.root
    };
  }

  /** The names that a group's heap holds, when more is missing than that; null where there is nothing to gain. */
  private _earlyNames(path: NodePath): IEarlyNames | null {
    try {
      return this._engine.kind(path) === 'group'
        ? this._engine.earlyNames(path)
        : null;
    } catch (reason) {
      if (isWanted(reason)) {
        throw reason;
      }
      // The listing itself tells what is wrong.
      nodeFailure(reason);
      return null;
    }
  }

  /** The names in a group. What a node is, is asked only of one that has none: thousands of groups are listed for a filter. */
  private _names(path: NodePath): readonly string[] {
    try {
      return this._engine.names(path);
    } catch (reason) {
      nodeFailure(reason);
      if (this._engine.kind(path) === 'group') {
        throw reason;
      }
      const technical = 'not a group';
      throw new ReadError({ code: 'node-unreadable', path, technical });
    }
  }
}
