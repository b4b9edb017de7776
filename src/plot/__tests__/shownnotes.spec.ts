import { nullTranslator } from '@jupyterlab/translation';
import type { IFailure } from '../../refs/failure';
import { FigureModel } from '../model';
import { ShownNotes } from '../shownnotes';
import type { ITraceState } from '../traces';
import { DEFAULTS } from './fakeplot';

const V = '/results/VecRef/soma/v';
const FAILURE: IFailure = { code: 'node-unreadable', technical: 'H5Dread' };

let model: FigureModel;
let state: ITraceState;
let notes: ShownNotes;

beforeEach(() => {
  model = new FigureModel(DEFAULTS);
  model.setPaths([V]);
  state = { trace: null, failure: null, loading: true };
  notes = new ShownNotes({
    model,
    stateOf: () => state,
    sentence: ({ code }) => `Sentence of ${code}.`,
    trans: nullTranslator.load('test'),
    retry: () => undefined
  });
});

const said = () => notes.node.textContent;

describe('ShownNotes', () => {
  describe('#update()', () => {
    it('should tell whether there is something else to say', () => {
      expect(notes.update()).toBe(false);
      expect(said()).toBe('');
      state = { trace: null, failure: FAILURE, loading: false };
      expect(notes.update()).toBe(true);
      expect(said()).toContain('Sentence of node-unreadable.');
      expect(notes.update()).toBe(false);
    });

    it('should say that more is chosen than drawn', () => {
      model.setPaths(Array.from({ length: 12 }, (_, i) => `${V}${i}`));
      notes.update();
      expect(said()).toContain('the first 10 of 12 selected variables');
    });
  });

  describe('#plotterFailure', () => {
    it('should be told until plotly is there', () => {
      notes.plotterFailure = FAILURE;
      notes.update();
      expect(said()).toContain('could not be loaded');
      notes.plotterFailure = null;
      notes.update();
      expect(said()).toBe('');
    });
  });

  describe('#imageFailure', () => {
    it('should be told until a picture is made', () => {
      notes.imageFailure = FAILURE;
      notes.update();
      expect(said()).toContain('The picture could not be made.');
      notes.imageFailure = null;
      notes.update();
      expect(said()).toBe('');
    });
  });
});
