import type { IFileSummary, NodeListing } from './types';

/** What was found of a file, with the list of its top that came after it, before anybody heard of that. */
export function relisted(
  found: IFileSummary,
  late: NodeListing | null
): IFileSummary {
  if (!late || late.path !== found.groups?.path) {
    return found;
  }
  return { ...found, groups: 'names' in late ? late : undefined };
}
