import { nullTranslator } from '@jupyterlab/translation';
import type { ITrace, Pairing } from '../../refs/types';
import type { IFailure } from '../../refs/failure';
import type { INotedTrace } from '../notes';
import { figureNotes, keptNote, limitNote, traceNotes } from '../notes';

const trans = nullTranslator.load('test');

function trace(pairing: Pairing, more: Partial<ITrace> = {}): ITrace {
  return {
    pairing,
    withoutX: 0,
    columnsTotal: 1,
    series: [
      {
        column: null,
        x: Float64Array.of(0, 1),
        y: Float64Array.of(1, 2),
        exact: null
      }
    ],
    extent: [0, 1],
    reduced: false,
    ...more
  } as ITrace;
}

const PAIRED: Pairing = { kind: 'x', path: '/results/VecRef/x' };

describe('traceNotes()', () => {
  it('says nothing of a variable that is paired with its x', () => {
    expect(traceNotes(trace(PAIRED), 'soma · v', trans)).toEqual([]);
  });

  it('says both lengths when x is of another length', () => {
    const notes = traceNotes(
      trace({
        kind: 'index',
        reason: 'x-length',
        path: '/results/VecRef/x',
        xLength: 101,
        yLength: 50
      }),
      'soma · short',
      trans
    );
    expect(notes.map(note => note.text)).toEqual([
      'soma · short: drawn against the sample index, because it has 50 values and x of VecRef has 101.'
    ]);
  });

  it('says how many samples have no place', () => {
    const [note] = traceNotes(trace(PAIRED, { withoutX: 3 }), 'v', trans);
    expect(note.text).toContain('3 samples are not drawn');
  });

  it('says how many columns are left out', () => {
    const [note] = traceNotes(trace(PAIRED, { columnsTotal: 101 }), 'w', trans);
    expect(note.text).toBe('w: the first 1 of its 101 columns are drawn.');
  });

  it('says that there is nothing finite to draw', () => {
    const series = [
      {
        column: null,
        x: Float64Array.of(0),
        y: Float64Array.of(NaN),
        exact: null
      }
    ];
    const [note] = traceNotes(trace(PAIRED, { series }), 'v', trans);
    expect(note.text).toContain('no finite number');
  });
});

describe('limitNote()', () => {
  it('says how many of the selected variables are drawn', () => {
    expect(
      limitNote({ drawn: 50, chosen: 5000, most: 50, compares: false }, trans)
        ?.text
    ).toBe(
      'Drawing the first 50 of 5,000 selected variables; the limit is in the settings.'
    );
  });

  it('counts traces where files are compared', () => {
    expect(
      limitNote({ drawn: 50, chosen: 120, most: 50, compares: true }, trans)
        ?.text
    ).toBe('Drawing the first 50 of 120 traces; the limit is in the settings.');
  });

  it('says that what was left out stays out where one was taken out', () => {
    const some = { drawn: 49, chosen: 119, most: 50 };
    expect(limitNote({ ...some, compares: false }, trans)?.text).toBe(
      'Drawing the first 49 of 119 selected variables; none takes the place of one that was taken out until others are selected.'
    );
    expect(limitNote({ ...some, compares: true }, trans)?.text).toBe(
      'Drawing the first 49 of 119 traces; none takes the place of one that was taken out until others are selected.'
    );
  });

  it('says nothing when all are', () => {
    expect(
      limitNote({ drawn: 3, chosen: 3, most: 50, compares: false }, trans)
    ).toBeNull();
  });
});

describe('keptNote()', () => {
  it('says how many variables did not come back', () => {
    expect(keptNote(1, trans)?.text).toBe(
      '1 more variable was selected before the page was reloaded; select it again to draw it.'
    );
    expect(keptNote(1200, trans)?.text).toBe(
      '1,200 more variables were selected before the page was reloaded; select them again to draw them.'
    );
  });

  it('says nothing when all did', () => {
    expect(keptNote(0, trans)).toBeNull();
  });
});

describe('figureNotes()', () => {
  const V = '/results/VecRef/soma/v';
  const sentence = (failure: IFailure, file?: string) =>
    file === undefined ? `It is ${failure.code}.` : `${file}: ${failure.code}.`;

  function noted(
    state: { trace?: ITrace; failure?: IFailure['code'] },
    file: string | null = 'run_2.h5',
    variable = 'soma · v'
  ): INotedTrace {
    return {
      path: V,
      variable,
      label: `${variable} · run_2`,
      file,
      state: {
        trace: state.trace ?? null,
        failure: state.failure
          ? { code: state.failure, technical: 'why' }
          : null
      }
    };
  }

  const texts = (...traces: INotedTrace[]) =>
    figureNotes(traces, sentence, trans).map(({ text }) => text);

  it('says what a compared file does not have', () => {
    expect(texts(noted({ failure: 'node-missing' }))).toEqual([
      'run_2.h5 has no soma · v.'
    ]);
  });

  it('says once what is wrong with a compared file as a whole', () => {
    const gone = { failure: 'not-found' } as const;
    expect(
      texts(
        noted(gone),
        noted(gone, 'run_2.h5', 'dend · v'),
        noted(gone, 'run_3.h5')
      )
    ).toEqual(['run_2.h5: not-found.', 'run_3.h5: not-found.']);
  });

  it('names the trace where anything else is wrong', () => {
    expect(texts(noted({ failure: 'filter-missing' }))).toEqual([
      'soma · v · run_2: It is filter-missing.'
    ]);
    expect(texts(noted({ failure: 'node-missing' }, null))).toEqual([
      'soma · v · run_2: It is node-missing.'
    ]);
  });

  it('says of what part it is when reading was stopped, with a way to go on', () => {
    const part = trace(PAIRED, { path: V, arrived: 1234, length: 5_000_000 });
    const stopped = noted({ trace: part, failure: 'cancelled' }, null);
    expect(figureNotes([stopped], sentence, trans)).toEqual([
      {
        text: 'soma · v · run_2: reading was stopped; the first 1,234 of its 5,000,000 samples are drawn.',
        technical: null,
        retry: true
      }
    ]);
  });

  it('says that what is drawn was read before it was stopped', () => {
    const whole = {
      trace: trace(PAIRED, { path: V }),
      failure: 'cancelled'
    } as const;
    expect(texts(noted(whole, null))).toEqual([
      'soma · v · run_2: reading was stopped; what is drawn of it was read before.'
    ]);
  });

  it('says once what was not drawn at all, with one way to go on', () => {
    const none = { failure: 'cancelled' } as const;
    expect(texts(noted(none, null))).toEqual([
      'soma · v · run_2: reading was stopped before anything was drawn.'
    ]);
    const part = trace(PAIRED, { path: V, arrived: 1, length: 2 });
    const notes = figureNotes(
      [
        noted({ trace: part, failure: 'cancelled' }, null),
        noted(none, null, 'dend · v'),
        noted(none, null, 'axon · v')
      ],
      sentence,
      trans
    );
    expect(notes.map(({ text }) => text)).toEqual([
      'soma · v · run_2: reading was stopped; the first 1 of its 2 samples are drawn.',
      'Reading was stopped before anything of 2 traces was drawn.'
    ]);
    expect(notes.map(({ retry }) => retry ?? false)).toEqual([false, true]);
  });

  it('says when the variable is of a group of another name', () => {
    const path = '/results/Other/soma/v';
    expect(texts(noted({ trace: trace(PAIRED, { path }) }))).toEqual([
      'soma · v · run_2: drawn from the group Other, the only one there; there is no VecRef.'
    ]);
    expect(texts(noted({ trace: trace(PAIRED, { path: V }) }))).toEqual([]);
  });
});
