import type { IChosenTrace } from './chosen';
import type { TraceKey } from './runs';

/** A trace of the figure that is drawn. */
export interface IFigureEntry extends IChosenTrace {
  /** The places of its lines among the colours; it keeps them as long as it is in the figure. */
  readonly slots: readonly number[];
  readonly visible: boolean;
}

/** The traces of a figure that are drawn, each with its places among the colours. */
export class FigureEntries {
  /** The traces, in the order in which they were chosen. */
  get all(): readonly IFigureEntry[] {
    return this._all;
  }

  /** Draw these; those that were drawn keep their colours and visibility. */
  draw(traces: readonly IChosenTrace[]): void {
    const before = new Map(this._all.map(entry => [entry.key, entry]));
    const freeSlot = slotsBeside(
      traces.flatMap(({ key }) => before.get(key) ?? [])
    );
    this._all = traces.map(
      trace =>
        before.get(trace.key) ?? {
          ...trace,
          slots: [freeSlot()],
          visible: true
        }
    );
  }

  /** Hide a trace that is shown, or show one that is hidden. */
  toggle(key: TraceKey): void {
    this._all = this._all.map(entry =>
      entry.key === key ? { ...entry, visible: !entry.visible } : entry
    );
  }

  /** Have a place among the colours for each of this many lines of a trace; false where it has them. */
  setLines(key: TraceKey, lines: number): boolean {
    const entry = this._all.find(candidate => candidate.key === key);
    if (!entry || lines <= entry.slots.length) {
      return false;
    }
    const freeSlot = slotsBeside(this._all);
    const slots = entry.slots.slice();
    while (slots.length < lines) {
      slots.push(freeSlot());
    }
    this._all = this._all.map(candidate =>
      candidate === entry ? { ...entry, slots } : candidate
    );
    return true;
  }

  /** Give traces these places among the colours, each for its first line. */
  setSlots(slots: ReadonlyMap<TraceKey, number>): void {
    this._all = this._all.map(entry => {
      const slot = slots.get(entry.key);
      return slot === undefined ? entry : { ...entry, slots: [slot] };
    });
  }

  private _all: readonly IFigureEntry[] = [];
}

/** Gives the first places that none of some entries has, one after another. */
function slotsBeside(entries: readonly IFigureEntry[]): () => number {
  const used = new Set(entries.flatMap(entry => entry.slots));
  let next = 0;
  return () => {
    while (used.has(next)) {
      next++;
    }
    return next++;
  };
}
