import type { IFailure } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { groupsNaming } from '../refs/missing';
import type { IFileSummary, NodeListing } from '../refs/types';

/** The groups of an open file whose names are known, and not yet looked up one by one. */
export class UncheckedLists {
  /** Begin with what came with the opening. */
  begin({ groups }: IFileSummary): void {
    this._names.clear();
    if (groups) {
      this.note(groups);
    }
  }

  /** Take note of a list. */
  note(listing: NodeListing): void {
    if ('names' in listing && listing.unchecked) {
      this._names.set(listing.path, listing.names);
    } else {
      this._names.delete(listing.path);
    }
  }

  /** Whether something is missing that lies below a name of which no more is known, which may be that of a deleted node. */
  isOfNothing(failure: IFailure): boolean {
    return groupsNaming(failure, group => this._names.get(group)).length > 0;
  }

  /** The names by the paths of their groups. */
  private readonly _names = new Map<NodePath, readonly string[]>();
}
