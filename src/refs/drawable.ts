import type { INodeFacts } from './types';

/** Why a node cannot be drawn. */
export type NotDrawable =
  | 'group'
  | 'empty'
  | 'scalar'
  | 'text'
  | 'complex'
  | 'boolean'
  | 'other-type'
  | 'dimensions';

/** The types of which every value can be placed on an axis. */
const DRAWN: ReadonlySet<string> = new Set([
  'float16',
  'float32',
  'float64',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64'
]);

/** Whether a node's values are numbers on one axis. */
export function isNumeric(facts: INodeFacts): boolean {
  return facts.kind === 'dataset' && DRAWN.has(facts.dtype);
}

/** Why a node cannot be drawn; null when it can. */
export function notDrawable(facts: INodeFacts): NotDrawable | null {
  if (facts.kind !== 'dataset') {
    return facts.kind === 'group' ? 'group' : 'other-type';
  }
  if (facts.valueClass === 'text' || facts.valueClass === 'complex') {
    return facts.valueClass;
  }
  if (facts.valueClass === 'boolean') {
    return 'boolean';
  }
  if (!DRAWN.has(facts.dtype)) {
    return 'other-type';
  }
  if (facts.shape === null || facts.shape.includes(0)) {
    return 'empty';
  }
  if (facts.shape.length === 0) {
    return 'scalar';
  }
  return facts.shape.length > 2 ? 'dimensions' : null;
}

/** How many lines a drawable node makes: one for each column. */
export function columnsOf(facts: INodeFacts): number {
  return facts.shape?.[1] ?? 1;
}
