import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IActivity, IResultSource } from '../hdf5/source';
import type { WatchedSource } from '../viewer/watched';
import type { IFailure } from '../refs/failure';
import { ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { groupXPath } from '../refs/layout';
import type {
  IFileSummary,
  INodePreview,
  ITrace,
  ITraceRequest,
  NodeDescription,
  NodeListing,
  RoughTrace
} from '../refs/types';
import { BundleNodes } from './nodes';
import type { IBundle } from './payload';

/** Why the file behind an output is not read. */
export type NoFile = 'unsaved' | 'untrusted' | 'unreadable';

/** What an output is read from. */
export interface IBundleSourceOptions {
  readonly bundle: IBundle;
  /**
   * Opens the file when it is needed first; answers null when it may not be
   * read, having told the user why.
   */
  readonly openFile: () => Promise<IOpenedFile | null>;
  /** Why there is no file; null when there may be one. */
  readonly noFile: NoFile | null;
}

/** The file behind an output, opened. */
export interface IOpenedFile {
  readonly source: WatchedSource;
  readonly summary: IFileSummary;
}

/**
 * Results as an output holds them, and from the file once more is wanted.
 *
 * From the moment the file is open, everything comes from it, so that nothing
 * shown side by side is of two different states.
 */
export class BundleSource implements IResultSource {
  /** Read an output; the file is not touched. */
  constructor(private readonly _options: IBundleSourceOptions) {
    this._nodes = new BundleNodes(_options.bundle);
    this._noFile = _options.noFile;
  }

  /** Emitted when the file as a whole could not be read any more. */
  get fileFailed(): ISignal<this, IFailure> {
    return this._fileFailed;
  }

  /** Emitted once the file is open, with what is known of it: read all from it now. */
  get fileOpened(): ISignal<this, IFileSummary> {
    return this._fileOpened;
  }

  /** Emitted when more was wanted than the output holds, and there is no file to read it from. */
  get refused(): ISignal<this, 'unsaved' | 'untrusted'> {
    return this._refused;
  }

  /** Whether everything comes from the file. */
  get isFromFile(): boolean {
    return this._file !== null;
  }

  /** The bundle that is shown as long as the file is not open. */
  get bundle(): IBundle {
    return this._nodes.bundle;
  }

  /** Take a newer state of the same output; one of a running simulation may leave the tree as it is. */
  setBundle(bundle: IBundle): void {
    const { groups, groupCount } = this._nodes.bundle;
    const isTraces = bundle.running && bundle.groupCount === 0;
    this._nodes = new BundleNodes(
      isTraces ? { ...bundle, groups, groupCount } : bundle
    );
  }

  /** What the file's reader is busy with. */
  get activity(): IActivity | null {
    return this._file?.activity ?? null;
  }

  /** Emitted when a list of the file that was answered before turned out wrong. */
  get relisted(): ISignal<IResultSource, NodeListing> {
    return this._relisted;
  }

  /** Emitted when the activity changes. */
  get activityChanged(): ISignal<IResultSource, IActivity | null> {
    return this._activityChanged;
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Close the file. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._file?.dispose();
    Signal.clearData(this);
  }

  /** What is known of the whole. */
  async open(): Promise<IFileSummary> {
    return this._file ? this._file.open() : this._nodes.summary;
  }

  /** The children of groups. */
  async list(paths: readonly NodePath[]): Promise<readonly NodeListing[]> {
    const known = this._file ? [] : paths.map(path => this._nodes.list(path));
    if (!known.includes(null) && !this._file) {
      return known.filter(listing => listing !== null);
    }
    const file = await this._wanted();
    return file
      ? file.list(paths)
      : paths.map(
          path =>
            this._nodes.list(path) ?? { path, failure: this._missing(path) }
        );
  }

  /** The facts of nodes; what the output does not name is not looked for. */
  async describe(
    paths: readonly NodePath[]
  ): Promise<readonly NodeDescription[]> {
    return this._file
      ? this._file.describe(paths)
      : paths.map(
          path =>
            this._nodes.describe(path) ?? { path, failure: this._missing(path) }
        );
  }

  /** One variable: its points in the output, or from the file when these do not do. */
  async trace(request: ITraceRequest, rough?: RoughTrace): Promise<ITrace> {
    const held = this._nodes.trace(request.path);
    const isOwnX = request.x === groupXPath(request.path);
    if (!this._file && held && isOwnX && !(held.reduced && request.range)) {
      return held;
    }
    const file = await this._wanted();
    if (file) {
      return file.trace(request, rough);
    }
    if (held && isOwnX) {
      return held;
    }
    throw new ReadError(this._missing(request.path));
  }

  /** The attributes and first values of a node, which stand in the file only. */
  async preview(path: NodePath): Promise<INodePreview> {
    const file = await this._wanted();
    if (!file) {
      throw new ReadError(this._missing(path));
    }
    return file.preview(path);
  }

  /** Stop what runs. */
  stop(): void {
    this._file?.stop();
  }

  /** Open the file after it was refused, in the same way or another. */
  async tryAgain(openFile: () => Promise<IOpenedFile | null>): Promise<void> {
    if (this._noFile === 'unreadable' && !this._opening) {
      this._noFile = null;
      this._opening = this._openFile(openFile);
      await this._opening;
    }
  }

  /** The file, opened when it is wanted first; null when it is not to be had. */
  private async _wanted(): Promise<IResultSource | null> {
    if (this._file || this._isDisposed) {
      return this._file;
    }
    if (this._noFile !== null) {
      if (this._noFile !== 'unreadable') {
        this._refused.emit(this._noFile);
      }
      return null;
    }
    this._opening ??= this._openFile(this._options.openFile);
    await this._opening;
    return this._file;
  }

  private async _openFile(
    openFile: () => Promise<IOpenedFile | null>
  ): Promise<void> {
    const opened = await openFile();
    this._opening = null;
    if (!opened) {
      this._noFile = 'unreadable';
      return;
    }
    if (this._isDisposed) {
      opened.source.dispose();
      return;
    }
    this._file = opened.source;
    opened.source.activityChanged.connect((_, activity) =>
      this._activityChanged.emit(activity)
    );
    opened.source.relisted.connect((_, listing) =>
      this._relisted.emit(listing)
    );
    opened.source.fileFailed.connect((_, failure) =>
      this._fileFailed.emit(failure)
    );
    this._fileOpened.emit(opened.summary);
  }

  private _missing(path: NodePath): IFailure {
    const technical = 'the output does not hold it';
    const code = `output-${this._noFile ?? 'unreadable'}` as const;
    return { code, path, technical };
  }

  private _nodes: BundleNodes;
  private _noFile: NoFile | null;
  private _file: IResultSource | null = null;
  private _opening: Promise<void> | null = null;
  private _isDisposed = false;
  private readonly _fileFailed = new Signal<this, IFailure>(this);
  private readonly _fileOpened = new Signal<this, IFileSummary>(this);
  private readonly _refused = new Signal<this, 'unsaved' | 'untrusted'>(this);
  private readonly _relisted = new Signal<this, NodeListing>(this);
  private readonly _activityChanged = new Signal<this, IActivity | null>(this);
}
