import type { IDisposable } from '@lumino/disposable';
import { Poll } from '@lumino/polling';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { datesTell } from '../refs/age';
import { inLanes } from '../refs/lanes';
import type { IFileSummary } from '../refs/types';
import type { IFileState } from './filestate';
import { isSameState } from './filestate';
import { LinkedChanges } from './linkedchanges';

/** Milliseconds between two looks at a file, and at most while it cannot be looked at. */
const INTERVAL = 1000;
const LONGEST_INTERVAL = 10_000;

/** Milliseconds in which a file may be missing, another being put in its place. */
export const REPLACING = 2000;

/** Linked files that are looked at side by side: what the user looks at goes first. */
const LOOKS_AT_ONCE = 3;

/** Files that wait for their first look at most: a search may read thousands, few of which are shown. */
const MOST_WAITING = 100;

/** The ways to look at a file without reading it. */
export interface IFileLook {
  /** What was known of it when the tab was opened; null where nothing was. */
  first(): IFileState | null;
  /** Ask the server: of the file, or of one that it links to, by the name that the link gives it; null where there is none. */
  look(linked?: string): Promise<IFileState | null>;
  /** Emitted when JupyterLab itself may have changed the file; absent where that is not waited for. */
  readonly changed?: ISignal<unknown, unknown>;
}

/**
 * Looks at a file now and then, as long as its results are in sight, and tells
 * when it changed. Where files that it links to are in use, each second look is
 * at these.
 */
export class FileChanges implements IDisposable {
  /** Watch a file; nothing is asked before `start`. */
  constructor(
    private readonly _file: IFileLook,
    isInSight: () => boolean
  ) {
    this._poll = new Poll({
      auto: false,
      factory: () => this._turn(),
      name: 'jupyterlab-neuronvisio:changes',
      standby: () => !isInSight()
    });
    // Given to the constructor, a longest interval counts from 30 s on only.
    this._poll.frequency = {
      interval: INTERVAL,
      backoff: 2,
      max: LONGEST_INTERVAL
    };
    _file.changed?.connect(this.refresh, this);
  }

  /** Emitted when the file, or a linked one, is not what it was at the last look. */
  get changed(): ISignal<this, IFileState> {
    return this._changed;
  }

  /** What the file, or a linked one, is now, where that is not what it was when it was opened last; null where it is. */
  get stale(): IFileState | null {
    return isSameState(this._opened, this._latest)
      ? this._linked.stale
      : this._latest;
  }

  /** Emitted when the file is not there any more. */
  get lost(): ISignal<this, void> {
    return this._lost;
  }

  /** Whether the file is not there any more; one that is just replaced is. */
  get isLost(): boolean {
    return this._isLost;
  }

  /** Take note that something was read from a linked file; what it then is, is looked at at once. */
  use(linked: string): void {
    const isNew = this._linked.use(linked);
    if (isNew && this._poll.state.phase !== 'constructed') {
      this._firstLooks.push(linked);
      if (this._firstLooks.length > MOST_WAITING) {
        this._linked.forget(this._firstLooks.shift());
      }
      void this._lookFirst();
    }
  }

  /** Look once in so many milliseconds. */
  pace(interval: number): void {
    this._poll.frequency = { ...this._poll.frequency, interval };
  }

  /** What the last look found; null before the first. */
  get latest(): IFileState | null {
    return this._latest;
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Stop looking. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._firstLooks.length = 0;
    this._poll.dispose();
    Signal.clearData(this);
  }

  /** Look from now on. */
  start(): void {
    void this._poll.start();
  }

  /** Look at once, if it is looked at at all. */
  refresh(): void {
    if (this._poll.state.phase !== 'constructed') {
      this._isLinkedTurn = false;
      void this._poll.refresh();
    }
  }

  /**
   * Take note of what the file is before it is read, so that a change while it
   * is read is noticed; null when there is nothing to wait for.
   */
  note(): Promise<void> | null {
    this._linked.renew();
    const first = this._latest ? null : this._file.first();
    if (first) {
      this._opened = this._latest = first;
      return null;
    }
    return this._look().then(
      () => {
        this._opened = this._missingSince === null ? this._latest : null;
      },
      () => {
        // What is wrong is said when it is read; what comes next is another state.
        this._opened = null;
        this._isUnseen = true;
      }
    );
  }

  /**
   * Whether a file that was read before its state was noted is surely what was
   * noted: dates of whole seconds cannot tell a change just before.
   */
  isOpened({ size, age }: IFileSummary): boolean {
    const noted = this._opened;
    return (
      noted !== null &&
      age !== undefined &&
      (noted.size ?? size) === size &&
      Math.floor(Date.parse(noted.modified) / 1000) * 1000 === age.modified &&
      datesTell(age)
    );
  }

  /** Look at once; null when it is not looked at. Never rejects. */
  look(): Promise<void> | null {
    return this._poll.state.phase === 'constructed'
      ? null
      : this._look().catch(() => undefined);
  }

  /** Look at the file, or at the linked ones every second time; while there is no answer, at the file alone. */
  private async _turn(): Promise<void> {
    const isLinked = this._isLinkedTurn && this._lookingFirst === 0;
    const linked = isLinked ? this._linked.files : [];
    this._isLinkedTurn = false;
    if (linked.length > 0) {
      await inLanes([...linked], LOOKS_AT_ONCE, file => this._lookAt(file));
    } else {
      await this._look();
      this._isLinkedTurn = true;
    }
  }

  /** Look at files from which something was read for the first time, a few at once. */
  private async _lookFirst(): Promise<void> {
    if (this._lookingFirst < LOOKS_AT_ONCE) {
      this._lookingFirst += 1;
      await inLanes(this._firstLooks, 1, file => this._lookAt(file));
      this._lookingFirst -= 1;
    }
  }

  /** Look once at a time at each. */
  private async _lookAt(linked: string): Promise<void> {
    if (this._lookingAt.has(linked)) {
      return;
    }
    this._lookingAt.add(linked);
    let state: IFileState | null;
    try {
      state = await this._file.look(linked);
    } catch {
      // What is wrong with it is said where it is read.
      return;
    } finally {
      this._lookingAt.delete(linked);
    }
    if (state && this._linked.take(linked, state) && !this._isDisposed) {
      this._changed.emit(state);
    }
  }

  /** Look once at a time. */
  private _look(): Promise<void> {
    this._looking ??= this._file
      .look()
      .then(state => this._take(state))
      .finally(() => {
        this._looking = null;
      });
    return this._looking;
  }

  private _take(state: IFileState | null): void {
    if (!state) {
      this._miss();
      return;
    }
    const isBack = this._missingSince !== null;
    const isOther = this._latest !== null && !isSameState(this._latest, state);
    const isNews = isBack || isOther || this._isUnseen;
    this._missingSince = null;
    this._isLost = false;
    this._isUnseen = false;
    this._latest = state;
    if (isNews && !this._isDisposed) {
      this._changed.emit(state);
    }
  }

  /** The server says that there is no such file. */
  private _miss(): void {
    const now = performance.now();
    this._missingSince ??= now;
    if (now - this._missingSince < REPLACING || this._isLost) {
      return;
    }
    this._isLost = true;
    if (!this._isDisposed) {
      this._lost.emit();
    }
  }

  /** Files that are used, and were not looked at yet. */
  private readonly _firstLooks: string[] = [];
  /** How many looks at these are under way. */
  private _lookingFirst = 0;
  private readonly _lookingAt = new Set<string>();
  private _opened: IFileState | null = null;
  private _latest: IFileState | null = null;
  private _looking: Promise<void> | null = null;
  /** Since when looks find no file; null where the last one did. */
  private _missingSince: number | null = null;
  private _isLost = false;
  /** Whether the file was opened while the server did not tell of it. */
  private _isUnseen = false;
  private readonly _linked = new LinkedChanges();
  private _isLinkedTurn = false;
  private _isDisposed = false;
  private readonly _poll: Poll;
  private readonly _changed = new Signal<this, IFileState>(this);
  private readonly _lost = new Signal<this, void>(this);
}
