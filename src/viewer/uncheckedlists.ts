import type { IFailure } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { parentPath } from '../refs/layout';
import type { IFileSummary, NodeListing } from '../refs/types';

/** The groups of an open file whose names are known, and not yet looked up one by one. */
export class UncheckedLists {
  /** Begin with what came with the opening. */
  begin({ groups }: IFileSummary): void {
    this._groups.clear();
    if (groups) {
      this.note(groups);
    }
  }

  /** Take note of a list. */
  note(listing: NodeListing): void {
    if ('names' in listing && listing.unchecked) {
      this._groups.add(listing.path);
    } else {
      this._groups.delete(listing.path);
    }
  }

  /** Whether a node is missing of which no more is known than its name, which may be that of a deleted one. */
  isOfNothing({ code, path }: IFailure): boolean {
    return (
      code === 'node-missing' &&
      path !== undefined &&
      this._groups.has(parentPath(path))
    );
  }

  private readonly _groups = new Set<NodePath>();
}
