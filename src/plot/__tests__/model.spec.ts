import type { IFigureDefaults } from '../model';
import { FigureModel } from '../model';

const DEFAULTS: IFigureDefaults = {
  legend: true,
  points: false,
  lineWidth: 1.5,
  maxPoints: 20000,
  maxTraces: 3
};

function figure(): FigureModel {
  return new FigureModel({ id: 1, ...DEFAULTS });
}

const RUNS = [
  { id: 0, name: 'run_1', file: 'run_1.h5' },
  { id: 4, name: 'run_2', file: 'run_2.h5' }
];

const keys = (model: FigureModel) => model.entries.map(entry => entry.key);

describe('FigureModel', () => {
  describe('#setPaths()', () => {
    it('draws the variables in the order chosen', () => {
      const model = figure();
      model.setPaths(['/b', '/a']);
      expect(model.entries.map(entry => entry.path)).toEqual(['/b', '/a']);
    });

    it('keeps the colour and the visibility of a trace that stays', () => {
      const model = figure();
      model.setPaths(['/a', '/b']);
      model.toggleVisible('/b');
      model.setPaths(['/b', '/c']);
      expect(model.entries).toEqual([
        { key: '/b', path: '/b', run: 0, slots: [1], visible: false },
        { key: '/c', path: '/c', run: 0, slots: [0], visible: true }
      ]);
    });

    it('draws the first variables when more than the limit are chosen, and keeps the rest chosen', () => {
      const model = figure();
      model.setPaths(['/a', '/b', '/c', '/d']);
      expect(model.entries).toHaveLength(3);
      expect(model.paths).toHaveLength(4);
    });

    it('says nothing when nothing changes', () => {
      const model = figure();
      const changed = jest.fn();
      model.setPaths(['/a']);
      model.changed.connect(changed);
      model.setPaths(['/a']);
      expect(changed).not.toHaveBeenCalled();
    });

    it('forgets the zoom when the figure becomes empty', () => {
      const model = figure();
      model.setPaths(['/a']);
      model.setZoom({ x: [1, 2] });
      model.setPaths([]);
      expect(model.zoom.x).toBeNull();
    });
  });

  describe('#setLines()', () => {
    it('has places for the columns of a variable that no other variable has', () => {
      const model = figure();
      model.setPaths(['/a', '/b']);
      model.setLines('/a', 3);
      model.setLines('/b', 2);
      expect(model.entries.map(entry => entry.slots)).toEqual([
        [0, 2, 3],
        [1, 4]
      ]);
    });

    it('leaves the places as they are when other variables come, hide and go', () => {
      const model = figure();
      model.setPaths(['/a', '/b']);
      model.setLines('/b', 3);
      const { slots } = model.entries[1];
      model.toggleVisible('/a');
      model.setPaths(['/c', '/b', '/d']);
      expect(model.entries[1].slots).toEqual(slots);
      const all = model.entries.flatMap(entry => entry.slots);
      expect(new Set(all).size).toBe(all.length);
    });

    it('says nothing when there are places enough, or no such variable', () => {
      const model = figure();
      model.setPaths(['/a']);
      model.setLines('/a', 2);
      const changed = jest.fn();
      model.changed.connect(changed);
      model.setLines('/a', 1);
      model.setLines('/gone', 2);
      expect(changed).not.toHaveBeenCalled();
      expect(model.entries[0].slots).toEqual([0, 1]);
    });
  });

  describe('#remove()', () => {
    it('takes one trace out', () => {
      const model = figure();
      model.setPaths(['/a', '/b']);
      model.remove('/a');
      expect(model.paths).toEqual(['/b']);
    });

    it('lets none of those beyond the limit in for it, until others are chosen', () => {
      const model = figure();
      model.setPaths(['/a', '/b', '/c', '/d', '/e']);
      model.remove('/b');
      expect(keys(model)).toEqual(['/a', '/c']);
      expect(model.paths).toEqual(['/a', '/c', '/d', '/e']);
      model.remove('/a');
      expect(keys(model)).toEqual(['/c']);
      model.setPaths(['/c', '/d', '/e', '/f']);
      expect(keys(model)).toEqual(['/c', '/d', '/e']);
    });

    it('lets none in either where it is deselected', () => {
      const model = figure();
      model.setPaths(['/a', '/b', '/c', '/d', '/e']);
      model.setPaths(['/a', '/c', '/d', '/e']);
      expect(keys(model)).toEqual(['/a', '/c']);
      model.setPaths(['/a', '/c', '/d']);
      expect(keys(model)).toEqual(['/a', '/c']);
    });

    it('takes out one trace of several files beyond the limit', () => {
      const model = figure();
      model.setPaths(['/a', '/b']);
      model.setRuns(RUNS);
      model.remove('4:/a');
      expect(keys(model)).toEqual(['/a', '/b']);
      model.setRuns([...RUNS, { id: 7, name: 'run_3', file: 'run_3.h5' }]);
      expect(keys(model)).toEqual(['/a', '7:/a', '/b']);
    });
  });

  describe('#setRuns()', () => {
    it('draws each variable of each file, in a colour of its own', () => {
      const model = figure();
      model.setPaths(['/a']);
      model.setRuns(RUNS);
      expect(model.entries).toEqual([
        { key: '/a', path: '/a', run: 0, slots: [0], visible: true },
        { key: '4:/a', path: '/a', run: 4, slots: [1], visible: true }
      ]);
      expect(model.paths).toEqual(['/a']);
    });

    it('draws what is chosen later of each file too', () => {
      const model = figure();
      model.setRuns(RUNS);
      model.setPaths(['/a']);
      expect(keys(model)).toEqual(['/a', '4:/a']);
    });

    it('counts the traces of all files for the limit', () => {
      const model = figure();
      model.setPaths(['/a', '/b']);
      model.setRuns(RUNS);
      expect(keys(model)).toEqual(['/a', '4:/a', '/b']);
      expect(model.chosen).toBe(4);
    });

    it('keeps the look of the traces that stay when a file goes', () => {
      const model = figure();
      model.setPaths(['/a']);
      model.setRuns([...RUNS, { id: 7, name: 'run_3', file: 'run_3.h5' }]);
      model.toggleVisible('7:/a');
      model.setRuns([RUNS[0], { id: 7, name: 'run_3', file: 'run_3.h5' }]);
      expect(model.entries[1]).toEqual({
        key: '7:/a',
        path: '/a',
        run: 7,
        slots: [2],
        visible: false
      });
    });

    it('says nothing when nothing changes', () => {
      const model = figure();
      model.setRuns(RUNS);
      const changed = jest.fn();
      model.changed.connect(changed);
      model.setRuns(RUNS.map(run => ({ ...run })));
      expect(changed).not.toHaveBeenCalled();
    });
  });

  describe('#remove() of a trace of several files', () => {
    it('takes out that trace alone, hidden or not', () => {
      const model = figure();
      model.setPaths(['/a', '/b']);
      model.setRuns(RUNS);
      model.remove('/a');
      expect(keys(model)).toEqual(['4:/a', '/b']);
      expect(model.paths).toEqual(['/a', '/b']);
      expect(model.chosen).toBe(3);
    });

    it('takes out the variable with its last trace', () => {
      const model = figure();
      model.setPaths(['/a', '/b']);
      model.setRuns(RUNS);
      model.remove('4:/a');
      model.remove('/a');
      expect(model.paths).toEqual(['/b']);
      expect(model.chosen).toBe(2);
    });

    it('takes out a variable of which only a file was left that goes', () => {
      const model = figure();
      model.setPaths(['/a', '/b']);
      model.setRuns(RUNS);
      model.remove('/a');
      model.setRuns([RUNS[0]]);
      expect(model.paths).toEqual(['/b']);
    });

    it('leaves it out when other variables come, and draws it when it is chosen anew', () => {
      const model = figure();
      model.setRuns(RUNS);
      model.setPaths(['/a']);
      model.remove('4:/a');
      model.setPaths(['/a', '/b']);
      expect(keys(model)).toEqual(['/a', '/b', '4:/b']);
      model.setPaths(['/b']);
      model.setPaths(['/b', '/a']);
      expect(model.chosen).toBe(4);
      expect(keys(model)).toEqual(['/b', '4:/b', '/a']);
    });
  });

  describe('#setX()', () => {
    it('shows the whole range, since the numbers of x are others', () => {
      const model = figure();
      model.setPaths(['/a']);
      model.setZoom({ x: [1, 2], y: [3, 4] });
      model.setX('index');
      expect(model.zoom).toEqual({ x: null, y: null, y2: null });
    });
  });

  describe('#applyOptions()', () => {
    it('leaves what the user switched when another default changes', () => {
      const model = figure();
      model.setLegend(false);
      model.applyOptions({ ...DEFAULTS, lineWidth: 3 });
      expect(model.legend).toBe(false);
      expect(model.lineWidth).toBe(3);
    });

    it('takes a default that changed', () => {
      const model = figure();
      model.applyOptions({ ...DEFAULTS, points: true });
      expect(model.points).toBe(true);
    });

    it('draws more of the chosen variables when the limit grows', () => {
      const model = figure();
      model.setPaths(['/a', '/b', '/c', '/d']);
      model.applyOptions({ ...DEFAULTS, maxTraces: 4 });
      expect(model.entries).toHaveLength(4);
    });
  });
});
