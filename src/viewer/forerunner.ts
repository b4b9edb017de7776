import type { IResultSource } from '../hdf5/source';
import type { IFileSummary } from '../refs/types';

/** Milliseconds in which a tab has to come for a file that was begun. */
const PATIENCE = 2_000;

/** So many files that no tab came for: files are opened by somebody else. */
const MOST_UNTAKEN = 2;

/** A file of which the opening was begun before there was a tab for it. */
export interface IBegun {
  /** The file; its path is asked for anew at each later opening. */
  readonly source: IResultSource;
  /** What the opening finds; rejects as that does. */
  readonly summary: Promise<IFileSummary>;
}

/** The same while it waits for a tab. */
interface IWaiting extends IBegun {
  readonly path: string;
  /** Have the path told by the tab. */
  readonly follow: (path: () => string) => void;
  readonly timer: number;
}

/**
 * Opens a file at the press that is about to open it, so that it is read while
 * the hand still presses and JupyterLab makes the tab.
 *
 * Where no tab of ours takes what was begun, as with another viewer for these
 * files, nothing is begun any more.
 */
export class Forerunner {
  /** Begin nothing yet; `makeSource` makes the reader of a file. */
  constructor(
    private readonly _makeSource: (path: () => string) => IResultSource
  ) {}

  /** Open a file that a tab will show in a moment. */
  begin(path: string): void {
    if (this._untaken >= MOST_UNTAKEN || this._waiting?.path === path) {
      return;
    }
    this._drop();
    let now = () => path;
    const source = this._makeSource(() => now());
    const summary = source.open(true);
    // Whoever takes it is told.
    summary.catch(() => undefined);
    this._waiting = {
      path,
      follow: later => {
        now = later;
      },
      source,
      summary,
      timer: window.setTimeout(() => this._drop(), PATIENCE)
    };
  }

  /** The file at a path, if that was begun; it is the caller's to dispose of. */
  take(path: () => string): IBegun | null {
    const waiting = this._waiting;
    if (waiting?.path !== path()) {
      return null;
    }
    window.clearTimeout(waiting.timer);
    this._waiting = null;
    this._untaken = 0;
    waiting.follow(path);
    return waiting;
  }

  /** Close what no tab came for. */
  private _drop(): void {
    if (this._waiting) {
      window.clearTimeout(this._waiting.timer);
      this._waiting.source.dispose();
      this._waiting = null;
      this._untaken += 1;
    }
  }

  private _waiting: IWaiting | null = null;
  private _untaken = 0;
}
