import type { Metadata } from 'h5wasm';
import { ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { LIMITS } from './limits';

/** Refuse a dataset whose chunks or elements claim more memory than is given. */
export function assertChunks(path: NodePath, metadata: Metadata): void {
  const chunk = (metadata.chunks ?? []).reduce(
    (product, n) => product * n,
    metadata.size
  );
  if (chunk > LIMITS.chunkBytes || metadata.size > LIMITS.elementBytes) {
    throw tooLarge(path, `${chunk} bytes in one piece`);
  }
}

/** Refuse a dataset that claims more values or bytes than are drawn, or than the file can hold. */
export function assertSize(
  path: NodePath,
  metadata: Metadata,
  fileSize: number
): void {
  assertChunks(path, metadata);
  const bytes = metadata.total_size * metadata.size;
  if (metadata.total_size > LIMITS.samples || bytes > LIMITS.bytes) {
    throw tooLarge(path, `${metadata.total_size} values, ${bytes} bytes`);
  }
  const contiguous = !metadata.chunks && !metadata.virtual_sources;
  if (contiguous && bytes > fileSize + LIMITS.unwrittenBytes) {
    throw tooLarge(path, `${bytes} bytes in a file of ${fileSize}`);
  }
}

/** Whether a dataset is none that `assertSize` refuses. */
export function isDrawnSize(
  path: NodePath,
  metadata: Metadata,
  fileSize: number
): boolean {
  try {
    assertSize(path, metadata, fileSize);
    return true;
  } catch {
    return false;
  }
}

function tooLarge(path: NodePath, technical: string): ReadError {
  return new ReadError({ code: 'node-too-large', path, technical });
}

/** The rows and columns of a 1-D or 2-D dataset. */
export function matrix(metadata: Metadata): [number, number] {
  const [rows = 1, columns = 1] = metadata.shape ?? [0];
  return [rows, columns];
}

/** Rows of so many bytes: whole chunks, so that none is unpacked twice. */
export function stepRows(metadata: Metadata, bytes: number): number {
  const rowBytes = (metadata.shape ?? [])
    .slice(1)
    .reduce((product, n) => product * n, metadata.size);
  const rows = Math.max(1, Math.floor(bytes / Math.max(1, rowBytes)));
  const chunk = metadata.chunks?.[0] ?? 1;
  if (rows < chunk) {
    return chunk * rowBytes <= LIMITS.chunkBytes ? chunk : rows;
  }
  return rows - (rows % chunk);
}
