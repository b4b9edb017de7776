/** The file names that are offered, in any letter case. */
export const FILE_EXTENSIONS: readonly string[] = ['.h5', '.hdf5'];

/** Whether a file name ends as an HDF5 file's. */
export function isResultFileName(name: string): boolean {
  const lower = name.toLowerCase();
  return FILE_EXTENSIONS.some(extension => lower.endsWith(extension));
}

/** What no part of a linked file's name holds: other systems' separators, schemes, drives, what is no text. */
const NOT_PLAIN = /[\\:\p{Cc}\ufffd]/u;

/**
 * Whether a link's file name may be followed: a relative path of plain, not
 * hidden names that stays in the folder of the linking file or below it.
 */
export function isLinkedFileName(name: string): boolean {
  return (
    isResultFileName(name) &&
    !NOT_PLAIN.test(name) &&
    name.split('/').every(part => part !== '' && !part.startsWith('.'))
  );
}
