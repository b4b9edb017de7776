import type { IDisposable } from '@lumino/disposable';
import { failureOf, isStop } from '../refs/failure';
import type { IFileSummary } from '../refs/types';

/** What is opened ahead, and by what it is shown. */
export interface IOpenAheadOptions {
  /** Open the file, or give what was opened. */
  readonly open: () => IFileSummary | Promise<IFileSummary>;
  /** Show what was opened. */
  readonly show: (summary: IFileSummary) => void;
}

const NOTHING: Promise<null> = Promise.resolve(null);

/** Shows a file before it is known that it is the one which is then opened. */
export class OpenAhead implements IDisposable {
  /** Open nothing before `begin`. */
  constructor(private readonly _options: IOpenAheadOptions) {}

  /** Whether the file is shown, and all that was read of it since was there. */
  get isShown(): boolean {
    return this._shown !== null;
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Show nothing any more. */
  dispose(): void {
    this._isDisposed = true;
    this._shown = null;
  }

  /** Open the file and show it; at once, and so before the page lays out its tab, where it is open. */
  begin(): void {
    this._opening = this._open();
    // Whoever takes it is told.
    this._opening.catch(() => undefined);
  }

  /** What was opened, for the first who asks; null where nothing is shown of it. Rejects when it was stopped. */
  take(): Promise<IFileSummary | null> {
    const opening = this._opening;
    this._opening = NOTHING;
    return opening;
  }

  /** Whether this was read of the file as it is shown. */
  isOf(summary: IFileSummary): boolean {
    return summary === this._shown;
  }

  /** Take note that something of the file is not there, or that it is opened. */
  forget(): void {
    this._shown = null;
  }

  private async _open(): Promise<IFileSummary | null> {
    const { open, show } = this._options;
    let summary: IFileSummary;
    try {
      const opened = open();
      // Waiting for what is there would let the tab be laid out first.
      summary = opened instanceof Promise ? await opened : opened;
    } catch (reason) {
      if (isStop(failureOf(reason, 'damaged'))) {
        throw reason;
      }
      // It goes wrong again when it is opened, and is told then.
      return null;
    }
    if (this._isDisposed) {
      return null;
    }
    show(summary);
    this._shown = summary;
    return summary;
  }

  private _opening: Promise<IFileSummary | null> = NOTHING;
  private _shown: IFileSummary | null = null;
  private _isDisposed = false;
}
