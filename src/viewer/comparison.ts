import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IResultSource } from '../hdf5/source';
import type { IRun, RunId } from '../plot/runs';
import { OPENED } from '../plot/runs';
import type { ITraceSource } from '../plot/traces';
import { cancelled } from '../refs/failure';
import { runNames } from '../refs/runs';
import type { ITrace, ITraceRequest, RoughTrace } from '../refs/types';
import type { IFileLook } from './changes';
import { ComparedFile } from './comparedfile';
import type { FileNews, IWatch } from './freshness';

/** The files that results can be compared with. */
export interface IOtherFiles {
  /** The path of the opened file itself, which may be renamed. */
  readonly path: () => string;
  /** The reader of another file; nothing is read before it is asked. */
  readonly open: (path: string) => IResultSource;
  /** How changes of another file are noticed; only by reading when absent. */
  readonly look?: (path: string) => IFileLook;
}

/** A file that the opened one is compared with. */
export interface IComparedRun extends IRun {
  /** Its path on the server. */
  readonly path: string;
  /** What a user is to know of it. */
  readonly news: FileNews;
}

/** How many of some files were added. */
export interface IAdded {
  readonly added: number;
  /** How many there was no room for; the others were there already. */
  readonly leftOut: number;
}

/** At most this many files are compared at a time: each has a reader of its own. */
export const MAX_COMPARED = 20;

/** Compared files that are looked at in a second, at most. */
const LOOKS_A_SECOND = 4;

interface IHeld {
  readonly id: RunId;
  readonly path: string;
  file: ComparedFile | null;
}

/**
 * The opened file and those that it is compared with, as one source of traces.
 *
 * A compared file has its reader from the first trace that is drawn of it
 * until it is taken out. Its changes are offered or followed as those of the
 * opened one are.
 */
export class Comparison implements ITraceSource, IDisposable {
  /** Compare nothing yet. */
  constructor(
    private readonly _opened: ITraceSource,
    private readonly _files: IOtherFiles,
    private readonly _watch: IWatch
  ) {}

  /** At most this many files are compared at a time. */
  readonly most = MAX_COMPARED;

  /** Emitted when files were added, taken out or renamed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted when there is something else to know of a compared file. */
  get newsChanged(): ISignal<this, void> {
    return this._newsChanged;
  }

  /** Emitted with a compared file that was opened anew by itself: its traces are to be read again. */
  get renewed(): ISignal<this, RunId> {
    return this._renewed;
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** The path of the opened file. */
  get path(): string {
    return this._files.path();
  }

  /** The files that figures draw of: the opened one, and those compared. */
  get runs(): readonly IRun[] {
    const paths = [this.path, ...this._held.map(({ path }) => path)];
    const ids = [OPENED, ...this._held.map(({ id }) => id)];
    return runNames(paths).map((name, index) => ({ id: ids[index], ...name }));
  }

  /** The files that the opened one is compared with, in the order added. */
  get compared(): readonly IComparedRun[] {
    return this.runs.slice(1).map((run, index) => {
      const { path, file } = this._held[index];
      return { ...run, path, news: file?.news ?? { kind: 'none' } };
    });
  }

  /** Compare with further files; those there already stay as they are. */
  add(paths: readonly string[]): IAdded {
    const present = new Set([this.path, ...this._held.map(held => held.path)]);
    const further = Array.from(new Set(paths)).filter(p => !present.has(p));
    const room = this._isDisposed ? 0 : MAX_COMPARED - this._held.length;
    const added = further.slice(0, room);
    if (added.length > 0) {
      this._held.push(
        ...added.map(path => ({ id: ++this._lastId, path, file: null }))
      );
      this._changed.emit();
    }
    return { added: added.length, leftOut: further.length - added.length };
  }

  /** Compare with a file no more, and close it. */
  remove(id: RunId): void {
    const held = this._held.find(candidate => candidate.id === id);
    if (held) {
      this._held.splice(this._held.indexOf(held), 1);
      this._changed.emit();
      held.file?.dispose();
      this._setPace();
    }
  }

  /** Show what is new of a compared file. */
  renew(id: RunId): void {
    this._held.find(held => held.id === id)?.file?.renew();
  }

  /** Take the opened file's present path for its name. */
  rename(): void {
    this._changed.emit();
  }

  /** Have the files opened anew that were opened; their next traces are of what they hold then. */
  reload(): void {
    this._inUse.forEach(file => file.reload());
  }

  /** What happened to the compared files while nobody looked is looked at now. */
  catchUp(): void {
    this._inUse.forEach(file => file.catchUp());
  }

  /** One variable of a file, paired with the x of that file and reduced. */
  async trace(
    request: ITraceRequest,
    rough: RoughTrace,
    run: RunId
  ): Promise<ITrace> {
    if (run === OPENED) {
      return this._opened.trace(request, rough, run);
    }
    const held = this._held.find(candidate => candidate.id === run);
    if (!held || this._isDisposed) {
      throw cancelled('taken out');
    }
    if (!held.file) {
      held.file = this._newFile(held);
      this._setPace();
    }
    return held.file.trace(request, rough);
  }

  /** Close all that was opened. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._held.splice(0).forEach(({ file }) => file?.dispose());
    Signal.clearData(this);
  }

  private _newFile({ id, path }: IHeld): ComparedFile {
    const file = new ComparedFile(this._files.open(path), {
      ...this._watch,
      look: this._files.look?.(path)
    });
    file.newsChanged.connect(() => this._newsChanged.emit(), this);
    file.renewed.connect(() => this._renewed.emit(id), this);
    return file;
  }

  /** However many are compared, the server is asked of a few in a second. */
  private _setPace(): void {
    const files = this._inUse;
    const seconds = Math.ceil(files.length / LOOKS_A_SECOND);
    files.forEach(file => file.pace(seconds * 1000));
  }

  /** The compared files that something was drawn of. */
  private get _inUse(): readonly ComparedFile[] {
    return this._held.flatMap(({ file }) => file ?? []);
  }

  private readonly _held: IHeld[] = [];
  private _lastId: RunId = OPENED;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
  private readonly _newsChanged = new Signal<this, void>(this);
  private readonly _renewed = new Signal<this, RunId>(this);
}
