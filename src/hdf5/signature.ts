import { failureOf, ReadError } from '../refs/failure';
import type { IBytes } from './bytes';

/** How every HDF5 file starts, at 0 or after what its user put before. */
export const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** The least size of a file's first structure with what it must point to. */
const LEAST_SIZE = 96;

/** Why a file did not open. */
export function openError(
  reason: unknown,
  bytes: IBytes,
  failure: ReadError | null
): ReadError {
  const technical = failureOf(reason, 'damaged').technical;
  if (reason instanceof WebAssembly.RuntimeError) {
    return new ReadError({ code: 'reader-stopped', technical });
  }
  if (failure && failure.failure.code !== 'truncated') {
    return failure;
  }
  if (bytes.size === 0) {
    return new ReadError({ code: 'empty-file', technical });
  }
  const start = signatureAt(bytes);
  if (start === null) {
    return new ReadError({ code: 'not-hdf5', technical });
  }
  const cut =
    failure !== null ||
    bytes.size - start < LEAST_SIZE ||
    /truncated file/.test(technical);
  return new ReadError({ code: cut ? 'truncated' : 'damaged', technical });
}

/** Where HDF5's mark stands, at 0, 512, 1024, 2048...; null where it does not. */
export function signatureAt(bytes: IBytes): number | null {
  const mark = new Uint8Array(SIGNATURE.length);
  for (let at = 0; at < bytes.size; at = at === 0 ? 512 : at * 2) {
    const count = bytes.read(at, mark);
    if (
      SIGNATURE.slice(0, count).every((value, i) => mark[i] === value) &&
      (count === SIGNATURE.length || at === 0)
    ) {
      return at;
    }
  }
  return null;
}
