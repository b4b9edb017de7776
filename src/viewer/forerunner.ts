import type { IResultSource } from '../hdf5/source';
import { relisted } from '../refs/relisted';
import type { IFileSummary, NodeListing } from '../refs/types';

/** Milliseconds in which a tab has to come for a file that was begun. */
const PATIENCE = 2_000;

/** So many files in a row that no tab came for: files are opened by somebody else. */
const MOST_UNTAKEN = 2;

/** A file of which the opening was begun before there was a tab for it. */
export interface IBegun {
  /** The file; its path is asked for anew at each later opening. */
  readonly source: IResultSource;
  /** What the opening found; while it goes on, a promise that rejects as it does. */
  readonly summary: IFileSummary | Promise<IFileSummary>;
}

/** The same while it waits for a tab. */
interface IWaiting {
  readonly path: string;
  /** Let a tab have it, which from now on tells where it is. */
  readonly give: (path: () => string) => IBegun;
  readonly source: IResultSource;
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
    let where = () => path;
    let late: NodeListing | null = null;
    let opened: IFileSummary | null = null;
    const source = this._makeSource(() => where());
    const hear = (_: unknown, listing: NodeListing) => {
      late = listing;
    };
    source.relisted.connect(hear);
    const opening = source.open(true);
    opening.then(
      found => {
        opened = found;
      },
      // Whoever takes it is told.
      () => undefined
    );
    const took = (found: IFileSummary) => {
      source.relisted.disconnect(hear);
      return relisted(found, late);
    };
    this._waiting = {
      path,
      give: followed => {
        where = followed;
        return { source, summary: opened ? took(opened) : opening.then(took) };
      },
      source,
      timer: window.setTimeout(() => this._drop(), PATIENCE)
    };
  }

  /** The file of a tab, if that was begun; it is the caller's to dispose of. */
  take(path: () => string): IBegun | null {
    const waiting = this._waiting;
    this._untaken = 0;
    if (waiting?.path !== path()) {
      return null;
    }
    window.clearTimeout(waiting.timer);
    this._waiting = null;
    return waiting.give(path);
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
