import type { Metadata } from 'h5wasm';
import type { IFailure } from '../refs/failure';
import { ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import type { IAttributeText, INodeFacts, INodePreview } from '../refs/types';
import { readError } from './arrays';
import { assertChunks } from './extent';
import type { Engine } from './engine';
import { nodeFailure } from './errors';
import { assertSupported, valueType } from './facts';
import { LIMITS } from './limits';
import { cutText, valueText } from './values';

/** The attributes and first values of a node. */
export function makePreview(
  engine: Engine,
  facts: INodeFacts,
  metadata: Metadata | null
): INodePreview {
  const { path } = facts;
  const attributes: IAttributeText[] = [];
  let failure: IFailure | null = null;
  try {
    for (const name of engine
      .attributeNames(path)
      .slice(0, LIMITS.attributes)) {
      attributes.push({ name, text: shownAttribute(engine, path, name) });
    }
  } catch (reason) {
    failure = nodeFailure(reason);
  }
  const total = facts.shape === null ? 0 : (metadata?.total_size ?? 0);
  let values: string[] = [];
  if (metadata && total > 0) {
    try {
      values = firstValues(engine, path, metadata);
    } catch (reason) {
      failure = nodeFailure(reason);
    }
  }
  return { facts, attributes, values, total, failure };
}

/** An attribute as text; null where there is none. */
export function attributeText(
  engine: Engine,
  path: NodePath,
  name: string
): string | null {
  const metadata = engine.attribute(path, name);
  if (!metadata) {
    return null;
  }
  const { shape, size, total_size: total } = metadata;
  if (shape === null || total === 0 || size * total > LIMITS.attributeBytes) {
    return '';
  }
  return engine.readAttribute(path, name, metadata, bytes => {
    const texts: string[] = [];
    for (let i = 0; i < Math.min(total, LIMITS.values); i++) {
      const element = bytes.subarray(i * size, (i + 1) * size);
      const text = valueText(element, metadata, engine.pointed);
      if (text === null) {
        return '';
      }
      texts.push(text);
    }
    if (shape.length === 0) {
      return texts[0];
    }
    return cutText(`[${texts.join(', ')}${total > texts.length ? ', …' : ''}]`);
  });
}

/** An attribute for the details: one that cannot be read costs itself only. */
function shownAttribute(engine: Engine, path: NodePath, name: string): string {
  try {
    const text = attributeText(engine, path, name) ?? '';
    if (text !== '') {
      return text;
    }
    const metadata = engine.attribute(path, name);
    return metadata?.shape && metadata.total_size > 0
      ? `${valueType(metadata).dtype} [${metadata.shape.join(', ')}]`
      : '';
  } catch (reason) {
    nodeFailure(reason);
    return '';
  }
}

function firstValues(
  engine: Engine,
  path: NodePath,
  metadata: Metadata
): string[] {
  assertSupported(path, metadata);
  assertChunks(path, metadata);
  const fitting = Math.floor(LIMITS.step / Math.max(1, metadata.size));
  const wanted = Math.max(1, Math.min(LIMITS.values, fitting));
  const count = firstCount(metadata.shape ?? [], wanted);
  const offset = count.map(() => 0);
  const read = (bytes: Uint8Array) => {
    const { size } = metadata;
    const number = Math.min(wanted, Math.floor(bytes.length / size));
    return Array.from({ length: number }, (_, i) =>
      valueText(
        bytes.subarray(i * size, (i + 1) * size),
        metadata,
        engine.pointed
      )
    );
  };
  let texts: (string | null)[];
  try {
    texts = engine.readPart(path, metadata, offset, count, read);
  } catch (reason) {
    throw readError(engine, path, reason);
  }
  if (texts.includes(null)) {
    throw new ReadError({
      code: 'not-drawable',
      path,
      technical: `values of type ${valueType(metadata).dtype} have no text`
    });
  }
  return texts.map(text => text ?? '');
}

/** The block at the start of an array that holds its first values in order. */
function firstCount(shape: readonly number[], wanted: number): number[] {
  let left = wanted;
  const count = shape.map(() => 1);
  for (let i = shape.length - 1; i >= 0 && left > 1; i--) {
    count[i] = Math.min(shape[i], left);
    left = Math.ceil(left / shape[i]);
  }
  return count;
}
