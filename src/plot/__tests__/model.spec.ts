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
