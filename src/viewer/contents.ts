import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IResultSource } from '../hdf5/source';
import type { IFailure } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import type {
  IFileSummary,
  IListing,
  INodeFacts,
  INodePreview,
  NodeDescription,
  NodeListing
} from '../refs/types';
import { Children } from './children';
import { NodeMap } from './nodemap';
import type { IFailedNode } from './requests';
import { NodeRequests } from './requests';

/** What the tree and the details read a file through. */
export type NodeSource = Pick<IResultSource, 'list' | 'describe' | 'preview'> &
  Partial<Pick<IResultSource, 'relisted'>>;

/**
 * What has been read of a file's groups and nodes so far.
 *
 * It reads what it is asked to and nothing of its own accord, and keeps what
 * it read until the file is opened anew; from then on it is out of date, and
 * stands until it is read again.
 */
export class Contents implements IDisposable {
  /** Keep what is read from a source. */
  constructor(options: { source: NodeSource; summary: IFileSummary }) {
    this._source = options.source;
    this._summary = options.summary;
    this._listings = new NodeRequests<NodeListing>(paths =>
      this._source.list(paths)
    );
    this._descriptions = new NodeRequests<NodeDescription>(paths =>
      this._source.describe(paths)
    );
    this._listings.answered.connect(this._onListed, this);
    this._descriptions.answered.connect(this._onDescribed, this);
    this._source.relisted?.connect(this._onRelisted, this);
    this._keepTop();
  }

  /** What is known of the file as a whole. */
  get summary(): IFileSummary {
    return this._summary;
  }

  /** Emitted after something was read, failed or was forgotten; once for all that happened at a time. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted at once with the nodes that a listing, facts or a failure has come for. */
  get read(): ISignal<this, readonly NodePath[]> {
    return this._read;
  }

  /** Emitted at once when all was forgotten, the file having been opened anew. */
  get wasReset(): ISignal<this, void> {
    return this._wasReset;
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Drop the answers that are still to come. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._source.relisted?.disconnect(this._onRelisted, this);
    this._listings.dispose();
    this._descriptions.dispose();
    Signal.clearData(this);
  }

  /** The names of a group's children in natural order; null when they were not listed yet. */
  childNames(path: NodePath): readonly string[] | null {
    return this._children.get(path)?.names ?? null;
  }

  /** The children of a group; null when they were not listed yet. */
  children(path: NodePath): Children | null {
    return this._children.get(path) ?? null;
  }

  /** How many children a group has, which may be more than their names; null when not listed yet. */
  childTotal(path: NodePath): number | null {
    return this._children.get(path)?.total ?? null;
  }

  /** The facts of a node; null when they were not read yet. */
  facts(path: NodePath): INodeFacts | null {
    return this._facts.get(path) ?? null;
  }

  /** The facts of a node's children by their names, as far as they were read. */
  factsBelow(parent: NodePath): ReadonlyMap<string, INodeFacts> | undefined {
    return this._facts.below(parent);
  }

  /** Why a node cannot be read, or its children listed. */
  failure(path: NodePath): IFailure | null {
    return this.factsFailure(path) ?? this.listingFailure(path);
  }

  /** Why a group's children cannot be listed; that a dataset has none is no failure. */
  listingFailure(path: NodePath): IFailure | null {
    const failure = this._listings.failure(path);
    // Asked of each node that a filter looks at, and hardly ever there.
    if (failure === null) {
      return null;
    }
    const kind = this._facts.get(path)?.kind ?? 'group';
    return kind === 'group' ? failure : null;
  }

  /** Why the facts of a node cannot be read. */
  factsFailure(path: NodePath): IFailure | null {
    return this._descriptions.failure(path);
  }

  /** Whether a group's children were listed before the file was opened anew. */
  isListingOld(path: NodePath): boolean {
    return this._oldChildren.has(path);
  }

  /** Whether the facts of a node are still to be read, or to be read anew; what failed is not. */
  lacksFacts(path: NodePath): boolean {
    return (
      (!this._facts.has(path) || this._oldFacts.has(path)) &&
      !this.factsFailure(path)
    );
  }

  /** List the children of groups; what failed before is tried again. */
  async requestChildren(paths: readonly NodePath[]): Promise<void> {
    await this._listings.request(
      paths.filter(p => !this._children.has(p) || this._oldChildren.has(p))
    );
  }

  /** Read the facts of nodes; what failed before is tried again. */
  async requestFacts(paths: readonly NodePath[]): Promise<void> {
    await this._descriptions.request(
      paths.filter(p => !this._facts.has(p) || this._oldFacts.has(p))
    );
  }

  /** The attributes and first values of a node, read each time. */
  preview(path: NodePath): Promise<INodePreview> {
    return this._source.preview(path);
  }

  /** Forget all that was read: the file was opened anew. */
  reset(summary: IFileSummary): void {
    if (this._isDisposed) {
      return;
    }
    this._children.clear();
    this._facts.clear();
    this._start(summary);
  }

  /** The file was opened anew: what was read counts until it is read again, which happens as it comes in sight. */
  renew(summary: IFileSummary): void {
    if (!this._isDisposed) {
      this._start(summary);
    }
  }

  private _start(summary: IFileSummary): void {
    this._summary = summary;
    this._oldChildren = new Set(this._children.keys());
    this._oldFacts = new Set(this._facts.paths());
    this._listings.forget();
    this._descriptions.forget();
    this._keepTop();
    this._wasReset.emit();
    this._emitSoon();
  }

  /** What stands at the top came with the opening. */
  private _keepTop(): void {
    const { rootNames: names, groups } = this._summary;
    this._children.set('/', new Children('/', names, names.length));
    this._oldChildren.delete('/');
    if (groups) {
      this._keep(groups);
      this._oldChildren.delete(groups.path);
    }
  }

  private _keep({ path, names, total, order }: IListing): void {
    this._children.set(path, new Children(path, names, total, order));
  }

  private _onListed(
    _: unknown,
    answers: readonly (NodeListing | IFailedNode)[]
  ): void {
    for (const answer of answers) {
      const { path } = answer;
      if ('names' in answer) {
        this._keep(answer);
      } else if (this._oldChildren.has(path)) {
        this._children.delete(path);
      }
      this._oldChildren.delete(path);
    }
    this._onRead(answers.map(answer => answer.path));
  }

  /** Other names than were listed before, or their order; a group that is not shown any more is listed anew when it is. */
  private _onRelisted(_: unknown, listing: NodeListing): void {
    const before = this._children.get(listing.path)?.names;
    if (!before) {
      return;
    }
    const isSame =
      'names' in listing &&
      before.length === listing.names.length &&
      before.every((name, i) => name === listing.names[i]);
    // By the same names, those who know them know that nothing changed.
    this._onListed(_, [isSame ? { ...listing, names: before } : listing]);
  }

  private _onDescribed(
    _: unknown,
    answers: readonly (NodeDescription | IFailedNode)[]
  ): void {
    for (const answer of answers) {
      if ('facts' in answer) {
        this._facts.set(answer.path, answer.facts);
      } else if (this._oldFacts.has(answer.path)) {
        this._facts.delete(answer.path);
      }
      this._oldFacts.delete(answer.path);
    }
    this._onRead(answers.map(answer => answer.path));
  }

  private _onRead(paths: readonly NodePath[]): void {
    this._read.emit(paths);
    this._emitSoon();
  }

  private _emitSoon(): void {
    if (this._isEmitting) {
      return;
    }
    this._isEmitting = true;
    queueMicrotask(() => {
      this._isEmitting = false;
      if (!this._isDisposed) {
        this._changed.emit();
      }
    });
  }

  private _summary: IFileSummary;
  private _isDisposed = false;
  private _isEmitting = false;
  private readonly _source: NodeSource;
  private readonly _listings: NodeRequests<NodeListing>;
  private readonly _descriptions: NodeRequests<NodeDescription>;
  /** What was read before the file was opened anew, and not since. */
  private _oldChildren = new Set<NodePath>();
  private _oldFacts = new Set<NodePath>();
  private readonly _children = new Map<NodePath, Children>();
  private readonly _facts = new NodeMap<INodeFacts>();
  private readonly _changed = new Signal<this, void>(this);
  private readonly _read = new Signal<this, readonly NodePath[]>(this);
  private readonly _wasReset = new Signal<this, void>(this);
}
