import type { IFailure } from './failure';
import type { NodePath } from './layout';
import { nodeName, parentPath } from './layout';

/** The groups whose lists name what is missing, or what it would lie below; none for any other failure. */
export function groupsNaming(
  { code, path = '/' }: IFailure,
  namesOf: (group: NodePath) => readonly string[] | undefined
): NodePath[] {
  const groups: NodePath[] = [];
  let at = code === 'node-missing' ? path : '/';
  while (at !== '/') {
    const group = parentPath(at);
    if (namesOf(group)?.includes(nodeName(at))) {
      groups.push(group);
    }
    at = group;
  }
  return groups;
}
