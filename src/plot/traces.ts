import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IFailure } from '../refs/failure';
import { failureOf, isStop } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { groupXPath } from '../refs/layout';
import type { ITrace, ITraceRequest, RoughTrace } from '../refs/types';
import type { IFigureEntry } from './entries';
import type { FigureModel } from './model';
import { withMargin } from './range';
import type { RunId, TraceKey } from './runs';

/** Where traces come from. */
export interface ITraceSource {
  /** One variable of a file, paired and reduced; of a long one, `rough` is called with what has come so far. */
  trace(request: ITraceRequest, rough: RoughTrace, run: RunId): Promise<ITrace>;
}

/** What is known of a trace: its data, why it has none, and whether it is being read. */
export interface ITraceState {
  readonly trace: ITrace | null;
  readonly failure: IFailure | null;
  readonly loading: boolean;
}

/** What a read brought: a trace, or why there is none; of what was stopped, both. */
interface IAnswer {
  readonly trace: ITrace | null;
  readonly failure: IFailure | null;
}

interface IHeld {
  readonly run: RunId;
  trace: ITrace | null;
  failure: IFailure | null;
  /** What is shown once all of the file is there that is read anew. */
  next: IAnswer | null;
  /** What the trace was asked with, but for the rows; an answer to anything else is stale. */
  asked: string;
  /** The rows that it was asked with. */
  rows: number | undefined;
  pending: boolean;
  /** Whether the trace was read before the file was to be read anew. */
  isOld: boolean;
}

const NOTHING: ITraceState = { trace: null, failure: null, loading: true };

/** Sizes are rounded up to this many pixels, so that small resizes read nothing. */
const SIZE_STEP = 128;

/**
 * Reads the traces of a figure for its present zoom and width.
 *
 * Where a file is read anew, all its traces are replaced at once: what is
 * drawn of it is of one state.
 */
export class FigureTraces implements IDisposable {
  /** Read for a figure. */
  constructor(
    private readonly _model: FigureModel,
    private readonly _source: ITraceSource
  ) {}

  /** Emitted when an answer came. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Forget everything; answers under way are dropped. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._held.clear();
    Signal.clearData(this);
  }

  /** What is known of a trace. */
  state(key: TraceKey): ITraceState {
    const held = this._held.get(key);
    return held
      ? { trace: held.trace, failure: held.failure, loading: held.pending }
      : NOTHING;
  }

  /** Read everything anew at the next update, or what is of one file; what is drawn stays until then, and answers under way are dropped. */
  invalidate(run?: RunId): void {
    for (const [key, held] of this._held) {
      if (run === undefined || held.run === run) {
        this._held.set(key, { ...held, next: null, asked: '', isOld: true });
        this._renewed.add(held.run);
      }
    }
  }

  /** Read what was stopped again at the next update; what is drawn stays until then. */
  retryStopped(): void {
    for (const held of this._held.values()) {
      if (isStop(held.failure)) {
        held.asked = '';
        // What is hidden is read once it is shown.
        held.failure = null;
      }
    }
  }

  /** Ask for what the figure shows and is not there yet, for a plot of these pixels; answers how many traces that are. */
  update(width: number, height: number): number {
    const columns = Math.ceil(width / SIZE_STEP) * SIZE_STEP;
    // What comes and goes above and below a plot changes its height: nothing is read for that.
    const highest = Math.max(height, window.screen.height * devicePixelRatio);
    const rows = Math.ceil(highest / SIZE_STEP) * SIZE_STEP;
    const wanted = new Set(this._model.entries.map(entry => entry.key));
    for (const key of this._held.keys()) {
      if (!wanted.has(key)) {
        this._held.delete(key);
      }
    }
    let asked = 0;
    for (const entry of this._model.entries) {
      if (entry.visible || !this._held.has(entry.key)) {
        const request = this._request(entry.path, columns, rows);
        asked += this._ask(entry, request) ? 1 : 0;
      }
    }
    // What was waited for may be out of the figure, or hidden.
    this._renewed.forEach(run => this._replace(run));
    return asked;
  }

  private _request(
    path: NodePath,
    columns: number,
    rows: number
  ): ITraceRequest {
    const { x, zoom, maxPoints, points } = this._model;
    const isWhole = !(zoom.x || zoom.y || zoom.y2);
    return {
      path,
      x: x === 'index' ? null : (x ?? groupXPath(path)),
      range: zoom.x ? withMargin(zoom.x) : null,
      ...(zoom.x ? { sight: zoom.x } : {}),
      columns,
      maxPoints,
      ...(isWhole && !points ? { rows } : {})
    };
  }

  /** Ask for a trace; false where it was asked for before. */
  private _ask(entry: IFigureEntry, request: ITraceRequest): boolean {
    const { rows, ...rest } = request;
    const asked = JSON.stringify(rest);
    const held = this._held.get(entry.key) ?? {
      run: entry.run,
      trace: null,
      failure: null,
      next: null,
      asked: '',
      rows,
      pending: false,
      isOld: false
    };
    if (held.asked === asked && !isTooFew(held, rows)) {
      return false;
    }
    held.asked = asked;
    held.next = null;
    held.rows = rows;
    held.pending = true;
    if (isStop(held.failure)) {
      held.failure = null;
    }
    this._held.set(entry.key, held);
    void this._read(entry, request, held, asked);
    return true;
  }

  private async _read(
    { key, run }: IFigureEntry,
    request: ITraceRequest,
    held: IHeld,
    asked: string
  ): Promise<void> {
    let trace: ITrace | null = null;
    let failure: IFailure | null = null;
    const isStale = () =>
      this._isDisposed || held.asked !== asked || this._held.get(key) !== held;
    const takeRough = (rough: ITrace) => {
      if (!isStale()) {
        this._take(held, { trace: rough, failure: null });
      }
    };
    try {
      trace = await this._source.trace(request, takeRough, run);
    } catch (reason) {
      failure = failureOf(reason, 'node-unreadable');
    }
    if (isStale()) {
      return;
    }
    held.pending = false;
    // What was stopped is no less true: it stays, and is told to be a part.
    const part = held.next?.trace ?? (held.isOld ? null : held.trace);
    const shown = isStop(failure) ? part : trace;
    if (trace) {
      this._model.setLines(key, trace.series.length);
    }
    this._take(held, { trace: shown, failure });
  }

  private _take(held: IHeld, answer: IAnswer): void {
    held.next = answer;
    if (this._renewed.has(held.run)) {
      this._replace(held.run);
    } else {
      show(held, answer);
    }
    this._changed.emit();
  }

  /** Show what was read anew of a file, once something of all that is in sight is there. */
  private _replace(run: RunId): void {
    const isAwaited = this._model.entries.some(entry => {
      const held = entry.run === run ? this._held.get(entry.key) : undefined;
      return entry.visible && held?.isOld === true && held.next === null;
    });
    if (isAwaited) {
      return;
    }
    this._renewed.delete(run);
    for (const held of this._held.values()) {
      if (held.run === run && (held.next || held.isOld)) {
        // What is hidden is read once it is shown.
        show(held, held.next ?? { trace: null, failure: null });
      }
    }
  }

  private _held = new Map<TraceKey, IHeld>();
  /** The files of which something was read before they were to be read anew. */
  private readonly _renewed = new Set<RunId>();
  private _isDisposed = false;
  private _changed = new Signal<this, void>(this);
}

function show(held: IHeld, { trace, failure }: IAnswer): void {
  held.trace = trace;
  held.failure = failure;
  held.next = null;
  held.isOld = false;
}

/** Whether points were left out of a trace that are needed now; what is on its way comes first, and what was stopped stays. */
function isTooFew(
  { trace, failure, pending, rows: before }: IHeld,
  rows: number | undefined
): boolean {
  const isFiner = before !== undefined && (rows ?? Infinity) > before;
  return isFiner && !pending && !isStop(failure) && trace?.reduced === true;
}
