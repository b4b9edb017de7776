import type { Metadata } from 'h5wasm';
import { failureOf, ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import type { ArrayCache, IKept } from './arraycache';
import { ArrivingNumbers } from './arriving';
import type { IAxis, IAxisFacts, ISamples } from './axis';
import { axisFacts } from './axis';
import { CompactSamples } from './compact';
import type { Engine } from './engine';
import { missingFilters } from './errors';
import type { Extremes } from './extremes';
import { assertSize, matrix, stepRows } from './extent';
import { LIMITS } from './limits';
import { TYPE_CLASS } from './facts';
import type { INumbers } from './samples';
import { MemorySamples, StreamedSamples, toNumbers } from './samples';

/** One line's samples, and their exact texts where numbers are not exact. */
export interface ILine {
  readonly samples: ISamples;
  /** The exact value at an index; null for types that numbers hold exactly. */
  readonly exact: ((index: number) => string) | null;
}

/** Bytes that one sample takes in memory: as a number, and exactly too where numbers are not. */
function numberBytes(metadata: Metadata): number {
  return metadata.type === TYPE_CLASS.integer && metadata.size === 8 ? 16 : 8;
}

/** Drawable datasets as samples: in memory while they fit, else read in parts. */
export class Arrays {
  /** Make the arrays of an open file; `beat` is called between the steps of a long read. */
  constructor(
    private readonly _engine: Engine,
    private readonly _beat: () => void,
    private readonly _cache: ArrayCache
  ) {}

  /** Forget the arrays: the file is closed. */
  close(): void {
    this._cache.drop(this);
  }

  /** One column of a 1-D or 2-D dataset. */
  line(path: NodePath, metadata: Metadata, column: number): ILine {
    assertSize(path, metadata, this._engine.size);
    const [rows, columns] = matrix(metadata);
    const known = this._cache.get(this, path);
    if (known && 'samples' in known) {
      return { samples: known.samples, exact: null };
    }
    if (!known && this._isTooLong(metadata)) {
      const isPlain = columns === 1 && numberBytes(metadata) === 8;
      return isPlain
        ? { samples: this._looked(path, metadata, false), exact: null }
        : this._streamed(path, metadata, column);
    }
    const whole = known ?? this._whole(path, metadata);
    if (columns === 1) {
      return memoryLine(whole);
    }
    const numbers = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      numbers[row] = whole.numbers[row * columns + column];
    }
    const { exact } = whole;
    return {
      samples: new MemorySamples(numbers),
      exact: exact && (row => `${exact[row * columns + column]}`)
    };
  }

  /** An x, looked through once. */
  axis(path: NodePath, metadata: Metadata): IAxis {
    const known = this._cache.get(this, path);
    if (!known && this._isTooLong(metadata) && numberBytes(metadata) === 8) {
      assertSize(path, metadata, this._engine.size);
      const samples = this._looked(path, metadata, true);
      return { samples, ...this._axisFacts(path, samples) };
    }
    const { samples, exact } = this.line(path, metadata, 0);
    const facts = this._axisFacts(path, samples);
    const compacted = this._compacted(path, facts);
    return { samples: compacted ?? samples, exact, ...facts };
  }

  /** Takes the numbers of a 1-D dataset as they come. */
  arriving(path: NodePath, metadata: Metadata, isX: boolean): ArrivingNumbers {
    const [length] = matrix(metadata);
    return new ArrivingNumbers({
      metadata,
      length,
      isX,
      room: this._cache.capacity,
      unkept: extremes => this._unkept(path, metadata, 0, extremes)
    });
  }

  /** Bytes that may be kept of all arrays. */
  get room(): number {
    return this._cache.capacity;
  }

  private _axisFacts(path: NodePath, samples: ISamples): IAxisFacts {
    const facts = this._axes.get(path) ?? axisFacts(samples);
    this._axes.set(path, facts);
    return facts;
  }

  /** The samples of an array that is too long to be kept, once looked through from beginning to end. */
  private _looked(path: NodePath, metadata: Metadata, isX: boolean): ISamples {
    if (isX && this._uneven.has(path)) {
      return this._unkept(path, metadata, 0);
    }
    const numbers = this.arriving(path, metadata, isX);
    this.eachStep(path, metadata, bytes => numbers.take(bytes));
    this.keep(path, numbers.kept, numbers.facts);
    return numbers.samples();
  }

  /** A long x in less room, if it can be had exactly in less. */
  private _compacted(
    path: NodePath,
    { monotone }: IAxisFacts
  ): ISamples | null {
    const known = this._cache.get(this, path);
    if (
      !known ||
      'samples' in known ||
      known.exact ||
      known.numbers.byteLength < LIMITS.compacted
    ) {
      return null;
    }
    const samples = CompactSamples.from(known.numbers, monotone);
    if (samples) {
      const { byteLength } = samples;
      this._cache.set(this, path, { samples, byteLength });
    }
    return samples;
  }

  /** Whether a dataset is kept, or was looked through and cannot be. */
  isSettled(path: NodePath): boolean {
    return this._cache.get(this, path) !== undefined || this._uneven.has(path);
  }

  /** Keep a dataset that was read another way, if it can be; of an x, what was found on the way too. */
  keep(path: NodePath, kept: IKept | null, facts: IAxisFacts | null): void {
    if (kept) {
      this._cache.set(this, path, kept);
    } else {
      this._uneven.add(path);
    }
    if (facts) {
      this._axes.set(path, facts);
    }
  }

  private _isTooLong(metadata: Metadata): boolean {
    const bytes = metadata.total_size * numberBytes(metadata);
    return bytes > this._cache.capacity;
  }

  /** Pass the little-endian bytes of a whole dataset along, in steps. */
  eachStep(
    path: NodePath,
    metadata: Metadata,
    use: (bytes: Uint8Array) => void
  ): void {
    assertSize(path, metadata, this._engine.size);
    const shape = metadata.shape ?? [0];
    if (shape.length === 0) {
      this._read(path, metadata, [], [], use);
      return;
    }
    const step = stepRows(metadata, LIMITS.step);
    for (let row = 0; row < shape[0]; row += step) {
      const count = [Math.min(step, shape[0] - row), ...shape.slice(1)];
      const offset = shape.map((_, i) => (i === 0 ? row : 0));
      this._read(path, metadata, offset, count, use);
      this._beat();
    }
  }

  private _whole(path: NodePath, metadata: Metadata): INumbers {
    const parts: INumbers[] = [];
    this.eachStep(path, metadata, bytes =>
      parts.push(toNumbers(bytes, metadata))
    );
    const whole = joined(parts);
    this._cache.set(this, path, whole);
    return whole;
  }

  private _streamed(path: NodePath, metadata: Metadata, column: number): ILine {
    const samples = this._unkept(path, metadata, column);
    return {
      samples,
      exact: numberBytes(metadata) > 8 ? index => samples.text(index) : null
    };
  }

  /** One column as it is read from the file when it is looked at. */
  private _unkept(
    path: NodePath,
    metadata: Metadata,
    column: number,
    extremes?: Extremes
  ): StreamedSamples {
    const [rows, columns] = matrix(metadata);
    const flat = metadata.shape?.length === 1;
    const read = (from: number, to: number) => {
      this._beat();
      const offset = flat ? [from] : [from, column];
      const count = flat ? [to - from] : [to - from, 1];
      return this._read(path, metadata, offset, count, bytes => bytes.slice());
    };
    const slabLength =
      stepRows(metadata, LIMITS.slab) * Math.min(columns, LIMITS.columns);
    const name = `${path}:${column}`;
    const slabs = this._cache.slabs.of(this, name);
    return new StreamedSamples(
      { length: rows, slabLength, metadata, slabs, read },
      extremes
    );
  }

  private _read<T>(
    path: NodePath,
    metadata: Metadata,
    offset: readonly number[],
    count: readonly number[],
    use: (bytes: Uint8Array) => T
  ): T {
    try {
      return this._engine.readPart(path, metadata, offset, count, use);
    } catch (reason) {
      throw readError(this._engine, path, reason);
    }
  }

  private readonly _axes = new Map<NodePath, IAxisFacts>();
  /** Those that were looked through as an x, and for which there is no room. */
  private readonly _uneven = new Set<NodePath>();
}

/** A failed read of values, with the filter's name where that is what is missing. */
export function readError(
  engine: Engine,
  path: NodePath,
  reason: unknown
): ReadError {
  const failure = failureOf(reason, 'node-unreadable');
  if (failure.code === 'node-unreadable' || failure.code === 'filter-missing') {
    const missing = missingFilters(engine.filters(path));
    if (missing.length > 0) {
      return new ReadError({
        code: 'filter-missing',
        path,
        technical: `${missing.join(', ')}: ${failure.technical}`
      });
    }
  }
  return new ReadError(failure);
}

function joined(parts: readonly INumbers[]): INumbers {
  if (parts.length === 1) {
    return parts[0];
  }
  const length = parts.reduce((sum, part) => sum + part.numbers.length, 0);
  const numbers = new Float64Array(length);
  const first = parts[0]?.exact ?? null;
  const exact =
    first === null
      ? null
      : first instanceof BigInt64Array
        ? new BigInt64Array(length)
        : new BigUint64Array(length);
  let at = 0;
  for (const part of parts) {
    numbers.set(part.numbers, at);
    if (exact && part.exact) {
      exact.set(part.exact, at);
    }
    at += part.numbers.length;
  }
  return { numbers, exact };
}

function memoryLine({ numbers, exact }: INumbers): ILine {
  return {
    samples: new MemorySamples(numbers),
    exact: exact && (index => `${exact[index]}`)
  };
}
