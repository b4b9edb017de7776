/** What no part of a path in an output holds: other systems' separators, schemes, drives, what is no text. */
const NOT_PLAIN = /[\\:\p{Cc}\ufffd]/u;

/**
 * The path that a relative path leads to from a folder, both with `/` from the
 * server's root; null when it is not relative or leaves the root.
 */
export function pathFrom(folder: string, relative: string): string | null {
  if (relative === '' || NOT_PLAIN.test(relative)) {
    return null;
  }
  const parts = folder.split('/').filter(part => part !== '');
  for (const part of relative.split('/')) {
    if (part === '' || (part === '..' && parts.length === 0)) {
      return null;
    }
    if (part === '..') {
      parts.pop();
    } else if (part !== '.') {
      parts.push(part);
    }
  }
  return parts.length > 0 ? parts.join('/') : null;
}
