import type { IFailure } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { nodeFailure } from './errors';
import { LIMITS } from './limits';
import { isWanted, wanted } from './rounds';

/** Why there is no answer for a node. */
export interface IFailedNode {
  readonly path: NodePath;
  readonly failure: IFailure;
}

/** Answers for as many of some nodes as fit in a moment. */
export class InTime {
  /** Answer by a clock, in milliseconds from any start, and in an order. */
  constructor(
    private readonly _now: () => number,
    private readonly _ordered: (
      paths: readonly NodePath[]
    ) => readonly NodePath[]
  ) {}

  /** The answers for the first of these in order, one at least; throws `wanted()` where bytes of them are fetched first. */
  async answer<T>(
    paths: readonly NodePath[],
    answer: (path: NodePath) => Promise<T>
  ): Promise<(T | IFailedNode)[]> {
    const end = this._now() + LIMITS.slice;
    const answers: (T | IFailedNode)[] = [];
    let isMissing = false;
    let looked = 0;
    const most = this._begun.get(paths) ?? paths.length;
    for (const path of this._ordered(paths).slice(0, most)) {
      looked += 1;
      try {
        answers.push(await answer(path));
      } catch (reason) {
        if (isWanted(reason)) {
          // The others are looked at too, so that all wait together.
          isMissing = true;
        } else {
          answers.push({ path, failure: nodeFailure(reason) });
        }
      }
      if (this._now() >= end) {
        break;
      }
    }
    if (isMissing) {
      // The next round is about the same nodes, not about further ones.
      this._begun.set(paths, looked);
      throw wanted();
    }
    return answers;
  }

  /** How many of some nodes were looked at in the round before. */
  private readonly _begun = new WeakMap<readonly NodePath[], number>();
}
