import type { TranslationBundle } from '@jupyterlab/translation';
import { counted } from '../refs/counted';
import type { IFailure } from '../refs/failure';
import { isFileFailure } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { nodeName, parentPath, refNames } from '../refs/layout';
import type { ITrace, Pairing } from '../refs/types';
import type { ITraceName } from './names';
import { isStopped, stoppedNotes } from './stopped';
import type { ITraceState } from './traces';

/** One sentence about what the figure shows, with folded details where there are some. */
export interface INote {
  readonly text: string;
  readonly technical: string | null;
  /** Whether it has a button to read again what was stopped. */
  readonly retry?: boolean;
}

/** The sentence that says what a failure is; of a compared file where one is named. */
export type Sentence = (failure: IFailure, file?: string) => string;

/** A trace that there may be something to say about. */
export interface INotedTrace extends Omit<ITraceName, 'run'> {
  readonly path: NodePath;
  readonly state: Pick<ITraceState, 'trace' | 'failure'>;
}

/** What a reader of the figure must know about a trace beside its line. */
export function traceNotes(
  trace: ITrace,
  label: string,
  trans: TranslationBundle,
  stopped = false
): INote[] {
  const notes: string[] = [];
  const pairing = pairingNote(trace.pairing, label, trans);
  if (pairing) {
    notes.push(pairing);
  }
  if (trace.arrived !== undefined && !stopped) {
    notes.push(
      trans.__(
        '%1 is still being read: the first %2 of its %3 samples are drawn.',
        label,
        counted(trace.arrived),
        counted(trace.length)
      )
    );
  }
  if (trace.withoutX > 0) {
    notes.push(
      trans.__(
        '%1: %2 samples are not drawn, because their x is not a finite number.',
        label,
        counted(trace.withoutX)
      )
    );
  }
  if (trace.columnsTotal > trace.series.length) {
    notes.push(
      trans.__(
        '%1: the first %2 of its %3 columns are drawn.',
        label,
        counted(trace.series.length),
        counted(trace.columnsTotal)
      )
    );
  }
  if (trace.extent === null || trace.series.every(hasNoPoint)) {
    if (trace.extent === null || !trace.reduced) {
      notes.push(
        trans.__('%1: it holds no finite number, so there is no line.', label)
      );
    }
  }
  return notes.map(text => ({ text, technical: null }));
}

function hasNoPoint(series: { readonly y: Float64Array }): boolean {
  return series.y.length > 0 && series.y.every(value => Number.isNaN(value));
}

function pairingNote(
  pairing: Pairing,
  label: string,
  trans: TranslationBundle
): string | null {
  if (pairing.kind === 'x') {
    return null;
  }
  const x = pairing.path ?? '';
  switch (pairing.reason) {
    case 'chosen':
      return null;
    case 'no-x':
      return trans.__(
        '%1: drawn against the sample index, because its group has no x.',
        label
      );
    case 'x-length':
      return trans.__(
        '%1: drawn against the sample index, because it has %2 values and x of %3 has %4.',
        label,
        counted(pairing.yLength),
        nodeName(parentPath(x)),
        counted(pairing.xLength ?? 0)
      );
    case 'x-not-numeric':
      return trans.__(
        '%1: drawn against the sample index, because x of %2 does not hold numbers.',
        label,
        nodeName(parentPath(x))
      );
    case 'x-not-1d':
      return trans.__(
        '%1: drawn against the sample index, because x of %2 is not one row of numbers.',
        label,
        nodeName(parentPath(x))
      );
    case 'x-unreadable':
      return trans.__(
        '%1: drawn against the sample index, because x of %2 cannot be read.',
        label,
        nodeName(parentPath(x))
      );
  }
}

/** What the reader must know about the traces of a figure, in their order. */
export function figureNotes(
  traces: readonly INotedTrace[],
  sentence: Sentence,
  trans: TranslationBundle
): INote[] {
  const notes = traces.flatMap(noted => {
    const { path, label, file, state } = noted;
    const { trace, failure } = state;
    const stopped = isStopped(noted);
    if (failure && !stopped) {
      return [
        (file !== null &&
          comparedNote(failure, file, noted, sentence, trans)) ||
          failureNote(failure, label, sentence(failure), trans)
      ];
    }
    return trace
      ? [
          ...otherGroupNotes(trace, path, label, trans),
          ...traceNotes(trace, label, trans, stopped)
        ]
      : [];
  });
  notes.push(...stoppedNotes(traces.filter(isStopped), trans));
  // A compared file that cannot be read is said once, whatever is drawn of it.
  const byText = new Map(notes.map(note => [note.text, note]));
  return Array.from(byText.values());
}

/** What a compared file lacks, or that it cannot be read at all; null for another failure. */
function comparedNote(
  failure: IFailure,
  file: string,
  { variable }: INotedTrace,
  sentence: Sentence,
  trans: TranslationBundle
): INote | null {
  if (isFileFailure(failure)) {
    const technical = failure.technical || null;
    return { text: sentence(failure, file), technical };
  }
  return failure.code === 'node-missing'
    ? { text: trans.__('%1 has no %2.', file, variable), technical: null }
    : null;
}

/** That a compared file has its variable in a group of another name. */
function otherGroupNotes(
  trace: ITrace,
  path: NodePath,
  label: string,
  trans: TranslationBundle
): INote[] {
  if (trace.path === path) {
    return [];
  }
  const text = trans.__(
    '%1: drawn from the group %2, the only one there; there is no %3.',
    label,
    refNames(trace.path).group,
    refNames(path).group
  );
  return [{ text, technical: null }];
}

/** What is wrong with a trace that could not be drawn. */
export function failureNote(
  failure: IFailure,
  label: string,
  sentence: string,
  trans: TranslationBundle
): INote {
  return {
    text: trans.__('%1: %2', label, sentence),
    technical: failure.technical || null
  };
}

/** How much of what is chosen for a figure is drawn. */
export interface IDrawnPart {
  readonly drawn: number;
  readonly chosen: number;
  /** At most this many are drawn. */
  readonly most: number;
  /** Whether files are compared: traces are counted there, and variables else. */
  readonly compares: boolean;
}

/** That more is chosen than drawn; null when all is. */
export function limitNote(
  part: IDrawnPart,
  trans: TranslationBundle
): INote | null {
  const [drawn, chosen] = [counted(part.drawn), counted(part.chosen)];
  if (part.chosen <= part.drawn) {
    return null;
  }
  const first = part.compares
    ? trans.__('Drawing the first %1 of %2 traces', drawn, chosen)
    : trans.__('Drawing the first %1 of %2 selected variables', drawn, chosen);
  const text =
    part.drawn < part.most
      ? trans.__(
          '%1; none takes the place of one that was taken out until others are selected.',
          first
        )
      : trans.__('%1; the limit is in the settings.', first);
  return { text, technical: null };
}

/** That fewer variables came back with the page than were chosen. */
export function keptNote(
  leftOut: number,
  trans: TranslationBundle
): INote | null {
  if (leftOut === 0) {
    return null;
  }
  const text = trans._n(
    '%2 more variable was selected before the page was reloaded; select it again to draw it.',
    '%2 more variables were selected before the page was reloaded; select them again to draw them.',
    leftOut,
    counted(leftOut)
  );
  return { text, technical: null };
}

/** That plotly, which draws, is not there. */
export function plotterNote(
  failure: IFailure,
  trans: TranslationBundle
): INote {
  return {
    text: trans.__(
      'The plotting library could not be loaded. Reload the page; if that does not help, reinstall jupyterlab-neuronvisio.'
    ),
    technical: failure.technical
  };
}

/** That a picture of the figure was not made. */
export function imageNote(failure: IFailure, trans: TranslationBundle): INote {
  return {
    text: trans.__('The picture could not be made. Try the other format.'),
    technical: failure.technical
  };
}
