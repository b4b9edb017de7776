import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IResultSource } from '../hdf5/source';
import type { IFailure } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { naturalSort } from '../refs/natural';
import type {
  IFileSummary,
  INodeFacts,
  INodePreview,
  NodeDescription,
  NodeListing
} from '../refs/types';
import type { IFailedNode } from './requests';
import { NodeRequests } from './requests';

/** Where the structure of a file comes from. */
export type StructureSource = Pick<
  IResultSource,
  'list' | 'describe' | 'preview'
>;

type Listing = Extract<NodeListing, { names: readonly string[] }>;
type Description = Extract<NodeDescription, { facts: INodeFacts }>;
type Answer<T> = T | IFailedNode;

/** What was read of a file's structure so far: names, facts and failures. */
export class Contents implements IDisposable {
  /** Know nothing yet but the summary. */
  constructor(options: { source: StructureSource; summary: IFileSummary }) {
    const { source, summary } = options;
    this._source = source;
    this._summary = summary;
    this._rootNames = naturalSort(summary.rootNames);
    this._listings = new NodeRequests<Answer<Listing>>(
      paths => source.list(paths) as Promise<readonly Answer<Listing>[]>
    );
    this._descriptions = new NodeRequests<Answer<Description>>(
      paths => source.describe(paths) as Promise<readonly Answer<Description>[]>
    );
    this._listings.answered.connect(this._onListings, this);
    this._descriptions.answered.connect(this._onDescriptions, this);
  }

  /** Emitted once after any number of answers of one moment. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted at once with the nodes that were answered for. */
  get read(): ISignal<this, readonly NodePath[]> {
    return this._read;
  }

  /** Emitted when the file was opened anew and everything is forgotten. */
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
    this._listings.dispose();
    this._descriptions.dispose();
    Signal.clearData(this);
  }

  /** What was known when the file was opened. */
  get summary(): IFileSummary {
    return this._summary;
  }

  /** The children's names in natural order; null while they are not listed. */
  childNames(path: NodePath): readonly string[] | null {
    return path === '/'
      ? this._rootNames
      : (this._children.get(path)?.names ?? null);
  }

  /** How many children there are, listed or cut; null while they are not listed. */
  childTotal(path: NodePath): number | null {
    return this._children.get(path)?.total ?? null;
  }

  /** The facts of a node; null while they are not read. */
  facts(path: NodePath): INodeFacts | null {
    return this._facts.get(path) ?? null;
  }

  /** Why a node, or the list of its children, could not be read. */
  failure(path: NodePath): IFailure | null {
    return this.factsFailure(path) ?? this.listingFailure(path);
  }

  /** Why the facts of a node could not be read. */
  factsFailure(path: NodePath): IFailure | null {
    return this._descriptions.failure(path);
  }

  /** Why the list of a node's children could not be read. */
  listingFailure(path: NodePath): IFailure | null {
    return this._listings.failure(path);
  }

  /** List the children of groups that are not listed yet; failures are kept, never thrown. */
  requestChildren(paths: readonly NodePath[]): Promise<void> {
    return this._listings.request(
      paths.filter(path => !this.childNames(path) && !this.listingFailure(path))
    );
  }

  /** Read the facts of nodes that are not read yet; failures are kept, never thrown. */
  requestFacts(paths: readonly NodePath[]): Promise<void> {
    return this._descriptions.request(
      paths.filter(path => !this.facts(path) && !this.factsFailure(path))
    );
  }

  /** The attributes and first values of a node. */
  preview(path: NodePath): Promise<INodePreview> {
    return this._source.preview(path);
  }

  /** The file was opened anew: forget everything, answers under way included. */
  reset(summary: IFileSummary): void {
    this._summary = summary;
    this._rootNames = naturalSort(summary.rootNames);
    this._children.clear();
    this._facts.clear();
    this._listings.forget();
    this._descriptions.forget();
    this._wasReset.emit();
    this._emitSoon();
  }

  private _onListings(_: unknown, answers: readonly Answer<Listing>[]): void {
    for (const answer of answers) {
      if ('names' in answer) {
        const names = naturalSort(answer.names);
        this._children.set(answer.path, { names, total: answer.total });
      }
    }
    this._tell(answers);
  }

  private _onDescriptions(
    _: unknown,
    answers: readonly Answer<Description>[]
  ): void {
    for (const answer of answers) {
      if ('facts' in answer) {
        this._facts.set(answer.path, answer.facts);
      }
    }
    this._tell(answers);
  }

  private _tell(answers: readonly { readonly path: NodePath }[]): void {
    this._read.emit(answers.map(answer => answer.path));
    this._emitSoon();
  }

  private _emitSoon(): void {
    if (this._isEmitting) {
      return;
    }
    this._isEmitting = true;
    void Promise.resolve().then(() => {
      this._isEmitting = false;
      if (!this._isDisposed) {
        this._changed.emit();
      }
    });
  }

  private _summary: IFileSummary;
  private _rootNames: readonly string[];
  private _isDisposed = false;
  private _isEmitting = false;
  private readonly _source: StructureSource;
  private readonly _listings: NodeRequests<Answer<Listing>>;
  private readonly _descriptions: NodeRequests<Answer<Description>>;
  private readonly _children = new Map<
    NodePath,
    { readonly names: readonly string[]; readonly total: number }
  >();
  private readonly _facts = new Map<NodePath, INodeFacts>();
  private readonly _changed = new Signal<this, void>(this);
  private readonly _read = new Signal<this, readonly NodePath[]>(this);
  private readonly _wasReset = new Signal<this, void>(this);
}
