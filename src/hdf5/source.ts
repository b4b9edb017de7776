import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import type { NodePath } from '../refs/layout';
import type {
  IFileSummary,
  INodePreview,
  ITrace,
  ITraceRequest,
  NodeDescription,
  NodeListing,
  RoughTrace
} from '../refs/types';

/** Something the reader is busy with for longer than a moment. */
export interface IActivity {
  readonly what: 'opening' | 'downloading' | 'reading';
  /** Bytes moved so far. */
  readonly done: number;
  /** Bytes to move in all; null where it is not known. */
  readonly total: number | null;
}

/**
 * One open file.
 *
 * Every method rejects with a `ReadError`; a failure of one node stands in
 * that node's own answer where the answer has a place for it.
 */
export interface IResultSource extends IDisposable {
  /** What it is busy with; null when idle. Changes at most a few times a second. */
  readonly activity: IActivity | null;
  readonly activityChanged: ISignal<IResultSource, IActivity | null>;
  /** Emitted when a list that was answered as `unchecked` was checked, with the right one and mostly its `order`. */
  readonly relisted: ISignal<IResultSource, NodeListing>;
  /**
   * Open the file, or open it anew after a failure, a stop or a change on disk.
   * Ahead of the time, ways that bring the whole file at once are not gone.
   */
  open(isAhead?: boolean): Promise<IFileSummary>;
  /** The children of groups. May answer for the first few paths only; ask again for the rest. */
  list(paths: readonly NodePath[]): Promise<readonly NodeListing[]>;
  /** The facts of nodes. May answer for the first few paths only; ask again for the rest. */
  describe(paths: readonly NodePath[]): Promise<readonly NodeDescription[]>;
  /** One variable, paired and reduced; of a long one, `rough` is called with what has come so far. */
  trace(request: ITraceRequest, rough?: RoughTrace): Promise<ITrace>;
  /** The attributes and first values of a node. */
  preview(path: NodePath): Promise<INodePreview>;
  /** Stop what runs: every pending call rejects with `cancelled`; the next call starts afresh. */
  stop(): void;
}
