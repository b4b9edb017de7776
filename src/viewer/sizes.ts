import type { IStateDB } from '@jupyterlab/statedb';

/** The relative sizes of the panes. */
export interface IPaneSizes {
  /** The tree's side and the figures. */
  readonly main: readonly number[];
  /** The tree and the details. */
  readonly side: readonly number[];
}

/** The sizes before the user dragged anything. */
export const DEFAULT_SIZES: IPaneSizes = { main: [1, 2], side: [3, 1] };

const STATE_KEY = 'jupyterlab-neuronvisio:pane-sizes';

/** Remembers the sizes of the panes from one file, and one day, to the next. */
export class PaneSizes {
  /** Read the remembered sizes; without a store they last as long as the page. */
  constructor(private readonly _state: IStateDB | null) {
    this.ready = this._load();
  }

  /** Settles when the remembered sizes were read. */
  readonly ready: Promise<void>;

  /** The sizes a new tab takes. */
  get current(): IPaneSizes {
    return this._current;
  }

  /** Remember sizes. */
  update(sizes: IPaneSizes): void {
    this._current = sizes;
    void this._state?.save(STATE_KEY, {
      main: [...sizes.main],
      side: [...sizes.side]
    });
  }

  private async _load(): Promise<void> {
    try {
      const stored = await this._state?.fetch(STATE_KEY);
      // What the user dragged meanwhile is newer.
      if (isSizes(stored) && this._current === DEFAULT_SIZES) {
        this._current = stored;
      }
    } catch (reason) {
      console.warn('The sizes of the panes could not be read.', reason);
    }
  }

  private _current: IPaneSizes = DEFAULT_SIZES;
}

function isSizes(value: unknown): value is IPaneSizes {
  const pair = (part: unknown) =>
    Array.isArray(part) &&
    part.length === 2 &&
    part.every(size => typeof size === 'number' && size > 0);
  const sizes = value as Partial<IPaneSizes> | null | undefined;
  return !!sizes && pair(sizes.main) && pair(sizes.side);
}
