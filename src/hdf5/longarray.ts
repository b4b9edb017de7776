import type { Metadata } from 'h5wasm';
import type { NodePath } from '../refs/layout';
import type { Span } from './blocks';
import type { IBytes, IStreamedBytes } from './bytes';
import type { Engine } from './engine';
import { valueType } from './facts';
import { LIMITS } from './limits';

/** A long array that lies in one piece in the file, as its numbers are in memory. */
export interface ILongArray {
  readonly metadata: Metadata;
  /** How many numbers. */
  readonly length: number;
  readonly span: Span;
  readonly bytes: IStreamedBytes;
}

/** Types of which the file's bytes are the numbers' own. */
const PLAIN: ReadonlySet<string> = new Set(['float64', 'float32']);

/** Where a long array lies; null for any that is short, in chunks or not as in memory, and where bytes do not come as a stream. */
export function longArray(
  engine: Engine,
  bytes: IBytes,
  path: NodePath,
  metadata: Metadata
): ILongArray | null {
  const { shape, size } = metadata;
  const [length = 0] = shape ?? [];
  if (
    !isStreamed(bytes) ||
    shape?.length !== 1 ||
    length * size < LIMITS.streamed ||
    metadata.chunks ||
    metadata.virtual_sources ||
    !metadata.littleEndian ||
    !PLAIN.has(valueType(metadata).dtype)
  ) {
    return null;
  }
  const count = LIMITS.located / size;
  const at = (from: number): Span | null =>
    bytes.locate(() =>
      engine.readPart(path, metadata, [from], [count], () => undefined)
    );
  const start = at(0);
  const end = at(length - count);
  const isWhole =
    start &&
    end &&
    start[1] - start[0] === LIMITS.located &&
    end[1] - start[0] === length * size;
  return isWhole ? { metadata, length, bytes, span: [start[0], end[1]] } : null;
}

function isStreamed(bytes: IBytes): bytes is IStreamedBytes {
  return 'stream' in bytes;
}
