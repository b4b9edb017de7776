import type { INodeFacts, NodeDescription, Pairing } from './types';
import { isNumeric } from './drawable';

/**
 * What a variable is drawn against.
 *
 * `x` is what is known of the x that was asked for, null when the sample index
 * was; a variable is not drawn against itself.
 */
export function pairingOf(y: INodeFacts, x: NodeDescription | null): Pairing {
  const yLength = y.shape?.[0] ?? 0;
  if (x === null || x.path === y.path) {
    return { kind: 'index', reason: 'chosen', yLength };
  }
  const { path } = x;
  if ('failure' in x) {
    const reason = x.failure.code === 'node-missing' ? 'no-x' : 'x-unreadable';
    return { kind: 'index', reason, path, yLength };
  }
  const { facts } = x;
  if (facts.kind !== 'dataset') {
    return { kind: 'index', reason: 'no-x', path, yLength };
  }
  if (!isNumeric(facts)) {
    return { kind: 'index', reason: 'x-not-numeric', path, yLength };
  }
  const shape = facts.shape ?? [0];
  if (shape.length !== 1 && !(shape.length === 2 && shape[1] === 1)) {
    return { kind: 'index', reason: 'x-not-1d', path, yLength };
  }
  const xLength = shape[0];
  return xLength === yLength
    ? { kind: 'x', path }
    : { kind: 'index', reason: 'x-length', path, xLength, yLength };
}
