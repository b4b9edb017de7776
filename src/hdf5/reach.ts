import type { NodePath } from '../refs/layout';
import { METADATA_ATTRIBUTE, NAMES_ATTRIBUTE } from '../refs/layout';
import type { Engine } from './engine';
import { nodeFailure } from './errors';
import { LIMITS } from './limits';
import { attributeText } from './preview';

/** Bytes at a file's start that hold what the file says that they hold; 0 where it does not say. */
export interface IReach {
  /** The names of all groups of the results, and of the sections of those that have many. */
  readonly names: number;
  /** All metadata. */
  readonly metadata: number;
}

const ROOT: NodePath = '/';

/** How far that reaches which a file tells of itself, as it says. */
export function reachOf(engine: Engine): IReach {
  const names = bytesTold(engine, NAMES_ATTRIBUTE);
  const metadata = bytesTold(engine, METADATA_ATTRIBUTE);
  // What is more than the whole is not to be believed; a whole of 0 is not told, or too much.
  return { names: metadata > 0 && names > metadata ? 0 : names, metadata };
}

/** The number of bytes that an attribute of the root tells; 0 where it tells none, or too many. */
function bytesTold(engine: Engine, attribute: string): number {
  try {
    const bytes = Number(attributeText(engine, ROOT, attribute));
    return bytes > 0 && bytes <= LIMITS.startBytes ? bytes : 0;
  } catch (reason) {
    nodeFailure(reason);
    return 0;
  }
}
