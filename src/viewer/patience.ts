import type { FailureCode, IFailure } from '../refs/failure';
import { isFileFailure } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { childPath, parentPath } from '../refs/layout';
import { REPLACING } from './changes';

/** Milliseconds after its last change in which a file may be half-written. */
const SETTLING = 20_000;

/** The same while nothing of the file was shown yet. */
const SETTLING_AT_FIRST = 10_000;

/** Milliseconds in which a node may be missing or unfit while its file is written. */
const NODE_SETTLING = 5000;

/** Milliseconds from a failure to the next try: nothing at first, then longer each time. */
const FIRST_DELAY = 500;
const DELAY_GROWTH = 1.5;
const LONGEST_DELAY = 2000;

/** Milliseconds without trouble after which the next try is a first one again. */
const TROUBLE_OVER = 5000;

/** What a file in the middle of being written fails with. */
const HALF_WRITTEN: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'empty-file',
  'not-hdf5',
  'truncated',
  'damaged',
  'file-changed',
  'reader-stopped',
  'reader-hung'
]);

/** What a node in such a file fails with. */
const HALF_WRITTEN_NODE: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'node-missing',
  'node-unreadable',
  'linked-file'
]);

/** What is wanted of a file or of a node. */
export type Wanted = 'opening' | 'list' | 'describe' | 'trace' | 'preview';

/**
 * Tells what fails because the file is just being written from what is wrong
 * with it, and when to try again.
 */
export class Patience {
  /** Take note that the file changed just now. */
  sawChange(): void {
    this._changed = performance.now();
  }

  /** Take note that the file, which was not opened yet, was written some milliseconds ago. */
  sawAge(age: number): void {
    this._written = performance.now() - age;
  }

  /** Take note that the file was opened, so that more is expected of it. */
  sawWhole(): void {
    this._isShown = true;
    this._missing = null;
  }

  /** Whether a failure to open the file, or to have something of a node, may pass. */
  isPassing(failure: IFailure, what: Wanted = 'opening'): boolean {
    const now = performance.now();
    const { code, path } = failure;
    // How young a file is says nothing of one that was opened whole.
    const isSettled = this._isShown
      ? now - this._changed > SETTLING
      : now - Math.max(this._changed, this._written) > SETTLING_AT_FIRST;
    if (isSettled) {
      return false;
    }
    if (code === 'not-found') {
      this._missing ??= now;
      return now - this._missing <= REPLACING;
    }
    if (isFileFailure(failure)) {
      // What was an HDF5 file becomes one again; a text never does.
      return HALF_WRITTEN.has(code) && (this._isShown || code !== 'not-hdf5');
    }
    if (!HALF_WRITTEN_NODE.has(code) || path === undefined || !this._isShown) {
      return false;
    }
    const key = `${what} ${path}`;
    const first = this._failedNodes.get(key) ?? now;
    this._failedNodes.set(key, first);
    return now - first <= NODE_SETTLING;
  }

  /** That one of these no longer stands at the top of the file while its writer may be about to make it; null else. */
  awaited(before: readonly string[], now: readonly string[]): IFailure | null {
    const name = before.find(known => !now.includes(known));
    if (name === undefined) {
      return null;
    }
    const failure: IFailure = {
      code: 'node-missing',
      path: childPath('/', name),
      technical: 'opened anew'
    };
    return this.isPassing(failure) ? failure : null;
  }

  /** Whether a failure is one that a file has while it is written, whenever that was. */
  mayPass({ code }: IFailure): boolean {
    return (
      HALF_WRITTEN.has(code) ||
      HALF_WRITTEN_NODE.has(code) ||
      code === 'not-found'
    );
  }

  /** Whether the failure of a read may pass, which may be what tells that the file changed. */
  isPassingRead(failure: IFailure, what: Wanted): boolean {
    if ((failure.cause ?? failure.code) === 'file-changed') {
      this.sawChange();
    }
    return this.isPassing(failure, what);
  }

  /** Take note that something of a node was read, and so led through those above it. */
  sawNode(path: NodePath, what: Wanted): void {
    for (let at = path; this._failedNodes.size > 0; at = parentPath(at)) {
      this._failedNodes.delete(`${what} ${at}`);
      if (at === '/') {
        return;
      }
    }
  }

  /** Milliseconds to wait before the next try. */
  nextDelay(): number {
    const now = performance.now();
    const isFirst = now - this._lastTrouble > TROUBLE_OVER;
    const delay = isFirst ? 0 : Math.max(FIRST_DELAY, this._delay);
    this._lastTrouble = now;
    this._delay = isFirst ? 0 : Math.min(LONGEST_DELAY, delay * DELAY_GROWTH);
    return delay;
  }

  private _changed = -Infinity;
  private _written = -Infinity;
  private _isShown = false;
  /** Since when the file is not there. */
  private _missing: number | null = null;
  private _lastTrouble = -Infinity;
  private _delay = 0;
  private readonly _failedNodes = new Map<string, number>();
}
