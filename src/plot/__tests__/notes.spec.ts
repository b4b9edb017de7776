import { nullTranslator } from '@jupyterlab/translation';
import type { ITrace, Pairing } from '../../refs/types';
import { limitNote, traceNotes } from '../notes';

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
    expect(limitNote(50, 5000, false, trans)?.text).toBe(
      'Drawing the first 50 of 5,000 selected variables; the limit is in the settings.'
    );
  });

  it('says nothing when all are', () => {
    expect(limitNote(3, 3, false, trans)).toBeNull();
  });
});
