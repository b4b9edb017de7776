import type { TranslationBundle } from '@jupyterlab/translation';
import type { IFailure } from '../refs/failure';
import type { FigureModel } from './model';
import { traceNames } from './names';
import type { INote, Sentence } from './notes';
import {
  figureNotes,
  imageNote,
  keptNote,
  limitNote,
  plotterNote
} from './notes';
import type { TraceKey } from './runs';
import { NotesStrip } from './strip';
import type { ITraceState } from './traces';

/** What the notes of a figure are about. */
export interface IShownNotesOptions {
  readonly model: FigureModel;
  /** What is known of a trace. */
  readonly stateOf: (key: TraceKey) => ITraceState;
  /** The sentence that says what a failure is. */
  readonly sentence: Sentence;
  readonly trans: TranslationBundle;
  /** Called when what was stopped is to be read again. */
  readonly retry: () => void;
}

/** What is said above a figure: of its traces, and of what went wrong with drawing them. */
export class ShownNotes {
  /** Say nothing before `update`. */
  constructor(private readonly _options: IShownNotesOptions) {
    this._strip = new NotesStrip(_options.retry);
  }

  /** Why nothing can be drawn. */
  plotterFailure: IFailure | null = null;

  /** Why the last picture was not made. */
  imageFailure: IFailure | null = null;

  /** The notes' element. */
  get node(): HTMLElement {
    return this._strip.node;
  }

  /** Say what there is to say now; answers whether anything changed. */
  update(): boolean {
    return this._strip.setNotes(this._notes(), this._options.trans);
  }

  private _notes(): INote[] {
    const { model, stateOf, sentence, trans } = this._options;
    const { entries, chosen, leftOut, maxTraces, runs } = model;
    const names = traceNames(model);
    const limit = {
      drawn: entries.length,
      chosen,
      most: maxTraces,
      compares: runs.length > 1
    };
    const notes = [
      limitNote(limit, trans),
      keptNote(leftOut, trans),
      this.imageFailure && imageNote(this.imageFailure, trans),
      this.plotterFailure && plotterNote(this.plotterFailure, trans),
      ...figureNotes(
        entries.map(({ key, path }, index) => ({
          ...names[index],
          path,
          state: stateOf(key)
        })),
        sentence,
        trans
      )
    ];
    return notes.filter(note => note !== null);
  }

  private readonly _strip: NotesStrip;
}
