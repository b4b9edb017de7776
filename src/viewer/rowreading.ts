import type { NodePath } from '../refs/layout';
import { childPath, X_NAME } from '../refs/layout';
import type { IRow } from '../refs/outline';
import { ancestorPaths, isPlaceholder } from '../refs/outline';
import type { Contents } from './contents';

/** Read what rows that are in sight lack; the contents keep what fails. */
export function readRows(contents: Contents, rows: readonly IRow[]): void {
  // What failed is not asked for again at each change, or it would never end.
  const lacking = describedBy(contents, rows).filter(path =>
    contents.lacksFacts(path)
  );
  if (lacking.length > 0) {
    void contents.requestFacts(lacking);
  }
  const unlisted = unlistedOf(contents, rows);
  if (unlisted.length > 0) {
    void contents.requestChildren(unlisted);
  }
}

/** The nodes whose facts rows show. */
function describedBy(contents: Contents, rows: readonly IRow[]): NodePath[] {
  return rows
    .filter(isDescribed)
    .flatMap(row =>
      wantsX(contents, row)
        ? [row.path, childPath(row.path, X_NAME)]
        : [row.path]
    );
}

/** The groups whose listing, which decides what is in sight, is missing or old. */
function unlistedOf(contents: Contents, rows: readonly IRow[]): NodePath[] {
  const unlisted = new Set<NodePath>();
  for (const row of rows) {
    if (row.kind === 'loading') {
      // What was expanded in the page before is not listed yet.
      unlisted.add(row.path);
    }
    if (!isDescribed(row)) {
      continue;
    }
    // The names beside a row, and below it, decide which rows are in sight.
    const open = row.expanded ? [row.path] : [];
    for (const path of [...open, ...ancestorPaths(contents, row.path)]) {
      if (contents.isListingOld(path)) {
        unlisted.add(path);
      }
    }
  }
  return [...unlisted];
}

/** Whether a row is a node that the file tells of. */
function isDescribed(row: IRow): boolean {
  return !isPlaceholder(row) && row.path !== '/';
}

/**
 * Whether to read the facts of a group's x. One in another file is left until
 * the group is expanded: the groups of a sweep have a file each.
 */
function wantsX(contents: Contents, row: IRow): boolean {
  if (row.kind !== 'group') {
    return false;
  }
  const facts = contents.facts(row.path);
  const isHere = facts && (facts.file ?? facts.xFile) === undefined;
  return row.expanded || isHere === true;
}
