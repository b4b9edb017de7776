import { PromiseDelegate } from '@lumino/coreutils';
import { ReadError } from '../../refs/failure';
import type { IPlotly } from '../loader';
import { FakePlotly, traceOf } from './fakeplot';
import { busy, fakePage, notes, settle, setUp, V } from './plotpage';

const BAD = '/results/VecRef/soma/bad';

fakePage();

describe('PlotView', () => {
  describe('failures', () => {
    it('should leave the other traces drawn, and fold the details', async () => {
      const { plotly, source, view } = await setUp({ paths: [V, BAD] });
      source.fail(
        BAD,
        new ReadError({
          code: 'filter-missing',
          path: BAD,
          technical: 'H5Z_filter_blosc <b>'
        })
      );
      source.answer(V);
      await settle();
      expect(plotly.last.data.map(line => line.name)).toEqual(['soma · v']);
      expect(busy(view).hidden).toBe(true);
      expect(notes(view).hidden).toBe(false);
      expect(notes(view).children).toHaveLength(1);
      expect(notes(view).textContent).toContain(
        'soma · bad: Sentence of filter-missing.'
      );
      const details = notes(view).querySelector('details');
      expect(details?.open).toBe(false);
      expect(details?.textContent).toContain('H5Z_filter_blosc <b>');
    });

    it('should draw no old values after a failed read', async () => {
      const { plotly, source, view } = await setUp();
      source.answer(V);
      await settle();
      view.refresh();
      await settle();
      expect(plotly.last.data).toHaveLength(1);
      source.fail(V, new Error('gone'));
      await settle();
      expect(plotly.last.data).toEqual([]);
      expect(notes(view).textContent).toContain('Sentence of node-unreadable.');
    });

    it('should say what stands in the figure only in part', async () => {
      const { source, view } = await setUp();
      source.answer(V, traceOf(V, undefined, { withoutX: 3 }));
      await settle();
      expect(notes(view).textContent).toBe(
        'soma · v: 3 samples are not drawn, because their x is not a finite number.'
      );
    });

    it('should say that plotly could not be loaded, and try again at a change', async () => {
      let missing = true;
      const plotly = new FakePlotly();
      const { source, model, view } = await setUp({
        load: () =>
          missing
            ? Promise.reject(new Error('Loading chunk 5 failed'))
            : Promise.resolve(plotly)
      });
      source.answer(V);
      await settle();
      expect(notes(view).textContent).toContain(
        'The plotting library could not be loaded.'
      );
      expect(notes(view).querySelector('pre')?.textContent).toBe(
        'Loading chunk 5 failed'
      );
      missing = false;
      model.setPoints(true);
      await settle();
      expect(plotly.last.data).toHaveLength(1);
      expect(notes(view).hidden).toBe(true);
    });
  });

  describe('visibility', () => {
    it('should neither read nor load nor draw until it is shown', async () => {
      const { plotly, source, load, model, view } = await setUp({
        hidden: true
      });
      model.setPoints(true);
      await settle();
      expect(source.requests).toEqual([]);
      expect(load).not.toHaveBeenCalled();
      view.show();
      await settle();
      source.answer(V);
      await settle();
      expect(plotly.last.data[0].mode).toBe('markers');
    });

    it('should show what changed meanwhile', async () => {
      const { plotly, source, model, view } = await setUp();
      source.answer(V);
      await settle();
      view.hide();
      const before = plotly.drawings.length;
      model.setZoom({ y: [0, 1] });
      await settle();
      expect(plotly.drawings).toHaveLength(before);
      view.show();
      await settle();
      expect(plotly.last.layout.yaxis).toMatchObject({ range: [0, 1] });
    });

    it('should wait for a size', async () => {
      const height = jest
        .spyOn(Element.prototype, 'clientHeight', 'get')
        .mockReturnValue(0);
      const { plotly, source, view } = await setUp();
      expect(source.requests).toEqual([]);
      height.mockReturnValue(200);
      view.refresh();
      await settle();
      source.answer(V);
      await settle();
      expect(plotly.last.layout.height).toBe(200);
    });
  });

  describe('#dispose()', () => {
    it('should free the plot once, however often', async () => {
      const { plotly, source, model, view } = await setUp();
      source.answer(V);
      await settle();
      view.dispose();
      view.dispose();
      expect(plotly.purged).toBe(1);
      expect(view.isDisposed).toBe(true);
      const before = plotly.drawings.length;
      model.setPoints(true);
      plotly.emit('plotly_relayout', { 'xaxis.range': [0, 1] });
      plotly.emit('plotly_doubleclick');
      await settle();
      expect(plotly.drawings).toHaveLength(before);
      expect(model.zoom.x).toBeNull();
    });

    it('should let an answer under way pass without a word', async () => {
      const { plotly, source, view } = await setUp();
      const before = plotly.drawings.length;
      view.dispose();
      source.answer(V);
      await settle();
      expect(plotly.purged).toBe(1);
      expect(plotly.drawings).toHaveLength(before);
    });

    it.each(['comes', 'fails'])(
      'should let plotly that %s later pass without a word',
      async end => {
        const loaded = new PromiseDelegate<IPlotly>();
        const { plotly, source, view } = await setUp({
          load: () => loaded.promise
        });
        source.answer(V);
        view.dispose();
        if (end === 'comes') {
          loaded.resolve(plotly);
        } else {
          loaded.reject(new Error('gone'));
        }
        await settle();
        expect(plotly.drawings).toEqual([]);
      }
    );

    it('should not draw again after a drawing under way', async () => {
      const { plotly, source, model, view } = await setUp();
      source.answer(V);
      await settle();
      const drawn = new PromiseDelegate<unknown>();
      const react = jest
        .spyOn(plotly, 'react')
        .mockReturnValueOnce(drawn.promise);
      model.setPoints(true);
      await settle();
      model.setPoints(false);
      await settle();
      view.dispose();
      drawn.resolve(null);
      await settle();
      expect(react).toHaveBeenCalledTimes(1);
      expect(plotly.purged).toBe(1);
    });

    it('should not draw in a frame that was due', async () => {
      const { plotly, source, model, view } = await setUp();
      source.answer(V);
      await settle();
      const before = plotly.drawings.length;
      model.setPoints(true);
      view.dispose();
      await settle();
      expect(plotly.drawings).toHaveLength(before);
    });
  });
});
