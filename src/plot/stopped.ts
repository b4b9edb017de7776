import type { TranslationBundle } from '@jupyterlab/translation';
import { counted } from '../refs/counted';
import { isStop } from '../refs/failure';
import type { INote, INotedTrace } from './notes';

/** Whether the user stopped the reading of a trace of the opened file, for which the toolbar has the button. */
export function isStopped({ file, state }: INotedTrace): boolean {
  return file === null && isStop(state.failure);
}

/** What is drawn of traces that were stopped; the last note has the button to go on, which is for all of them. */
export function stoppedNotes(
  stopped: readonly INotedTrace[],
  trans: TranslationBundle
): INote[] {
  const texts = stopped.flatMap(noted => partText(noted, trans) ?? []);
  const undrawn = stopped.filter(({ state }) => state.trace === null);
  if (undrawn.length === 1) {
    texts.push(
      trans.__(
        '%1: reading was stopped before anything was drawn.',
        undrawn[0].label
      )
    );
  } else if (undrawn.length > 1) {
    texts.push(
      trans.__(
        'Reading was stopped before anything of %1 traces was drawn.',
        counted(undrawn.length)
      )
    );
  }
  return texts.map((text, index) => ({
    text,
    technical: null,
    ...(index === texts.length - 1 ? { retry: true } : {})
  }));
}

function partText(
  { label, state }: INotedTrace,
  trans: TranslationBundle
): string | null {
  const { trace } = state;
  if (!trace) {
    return null;
  }
  return trace.arrived === undefined
    ? trans.__(
        '%1: reading was stopped; what is drawn of it was read before.',
        label
      )
    : trans.__(
        '%1: reading was stopped; the first %2 of its %3 samples are drawn.',
        label,
        counted(trace.arrived),
        counted(trace.length)
      );
}
