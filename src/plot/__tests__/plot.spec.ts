import { PromiseDelegate } from '@lumino/coreutils';
import type { PlotView } from '../plot';
import { nextTurn } from '../turn';
import { seriesOf, traceOf } from './fakeplot';
import { busy, fakePage, notes, one, plot, settle, setUp, V } from './plotpage';

const BAD = '/results/VecRef/soma/bad';
const CAI = '/results/VecRef/soma/cai';

fakePage();

describe('PlotView', () => {
  it('should draw after the answer, in the size that it has', async () => {
    const { plotly, source, view } = await setUp();
    expect(busy(view).hidden).toBe(false);
    expect(busy(view).textContent).toBe('Reading…');
    expect(plotly.drawings).toEqual([]);
    source.answer(V);
    await settle();
    expect(plotly.drawings).toHaveLength(1);
    expect(plotly.last.data.map(line => line.name)).toEqual(['soma · v']);
    expect(plotly.last.layout).toMatchObject({ width: 600, height: 400 });
    expect(plotly.last.layout.showlegend).toBe(false);
    expect(busy(view).hidden).toBe(true);
    expect(plot(view).style.visibility).toBe('');
    expect(notes(view).hidden).toBe(true);
  });

  it('should ask for as many columns as it has pixels', async () => {
    const { source } = await setUp();
    expect(source.requests).toHaveLength(1);
    expect(source.requests[0]).toMatchObject({ path: V, columns: 640 });
  });

  it('should name the figure and what it draws to screen readers', async () => {
    const { source, view } = await setUp({ paths: [V, BAD] });
    expect(plot(view).getAttribute('role')).toBe('img');
    expect(plot(view).getAttribute('aria-label')).toBe(
      'Figure 1: soma · v, soma · bad'
    );
    source.answer(V);
    await settle();
    expect(plot(view).getAttribute('aria-label')).toBe(
      'Figure 1: soma · v, soma · bad; x from 0 to 2'
    );
  });

  it('should say what to do when it is empty, without loading plotly', async () => {
    const { load, model, view } = await setUp({ paths: [] });
    const empty = one(view, '.jp-NeuronvisioFigure-empty');
    expect(empty.hidden).toBe(false);
    expect(load).not.toHaveBeenCalled();
    model.setPaths([V]);
    await settle();
    expect(empty.hidden).toBe(true);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('should hide the plot when the last variable leaves it', async () => {
    const { plotly, source, model, view } = await setUp();
    source.answer(V);
    await settle();
    model.clear();
    await settle();
    expect(plotly.last.data).toEqual([]);
    expect(plot(view).style.visibility).toBe('hidden');
    expect(busy(view).hidden).toBe(true);
  });

  it('should draw once for many changes', async () => {
    const { plotly, source, model } = await setUp();
    source.answer(V);
    await settle();
    const before = plotly.drawings.length;
    model.setPoints(true);
    model.setLegend(false);
    model.setZoom({ y: [0, 1] });
    await settle();
    expect(plotly.drawings).toHaveLength(before + 1);
    expect(plotly.last.data[0].mode).toBe('markers');
  });

  it('should draw again what changed while it was drawing', async () => {
    const { plotly, source, model } = await setUp();
    source.answer(V);
    await settle();
    const drawn = new PromiseDelegate<unknown>();
    const react = jest
      .spyOn(plotly, 'react')
      .mockReturnValueOnce(drawn.promise);
    model.setZoom({ y: [0, 1] });
    await settle();
    model.setZoom({ y: [0, 2] });
    await settle();
    expect(react).toHaveBeenCalledTimes(1);
    drawn.resolve(null);
    await settle();
    expect(react).toHaveBeenCalledTimes(2);
    expect(plotly.last.layout.yaxis).toMatchObject({ range: [0, 2] });
  });

  describe('zoom', () => {
    it('should follow the user, and read what is in view', async () => {
      const { plotly, source, model } = await setUp();
      source.answer(V);
      await settle();
      plotly.emit('plotly_relayout', {
        'xaxis.range[0]': 1,
        'xaxis.range[1]': 2
      });
      expect(model.zoom).toEqual({ x: [1, 2], y: null, y2: null });
      await settle();
      expect(source.requests[1].range).toEqual([0.5, 2.5]);
      source.answer(V);
      await settle();
      expect(plotly.last.layout.xaxis).toMatchObject({ range: [1, 2] });
      expect(plotly.last.data).toHaveLength(1);
    });

    it('should draw once what plotly shows already, with what is read', async () => {
      const { plotly, source } = await setUp();
      source.answer(V);
      await settle();
      const before = plotly.drawings.length;
      plotly.emit('plotly_relayout', { 'xaxis.range': [1, 2] });
      await settle();
      expect(plotly.drawings).toHaveLength(before);
      source.answer(V);
      await settle();
      expect(plotly.drawings).toHaveLength(before + 1);
    });

    it('should not be taken back by a drawing that began before it', async () => {
      const paths = Array.from(
        { length: 9 },
        (_, i) => `/results/VecRef/d_${i}/v`
      );
      const { plotly, source } = await setUp({ paths });
      paths.slice(1).forEach(path => source.answer(path));
      await settle();
      await nextTurn();
      await settle();
      // Nine lines are drawn in a turn of their own.
      source.answer(paths[0]);
      await settle();
      plotly.emit('plotly_relayout', { 'xaxis.range': [1, 2] });
      for (let turn = 0; turn < 3; turn++) {
        await settle();
        await nextTurn();
      }
      expect(plotly.last.data).toHaveLength(9);
      expect(plotly.last.layout.xaxis).toMatchObject({ range: [1, 2] });
    });

    it('should draw what there is where reading takes long', async () => {
      const { plotly, source } = await setUp();
      source.answer(V);
      await settle();
      const before = plotly.drawings.length;
      jest.useFakeTimers({
        doNotFake: ['requestAnimationFrame', 'cancelAnimationFrame']
      });
      plotly.emit('plotly_relayout', { 'xaxis.range': [1, 2] });
      await settle();
      jest.advanceTimersByTime(150);
      await settle();
      jest.useRealTimers();
      expect(plotly.drawings).toHaveLength(before + 1);
      expect(plotly.last.layout.xaxis).toMatchObject({ range: [1, 2] });
      expect(plotly.last.layout.yaxis).toMatchObject({
        range: [-75.25, 40.25]
      });
    });

    it('should ignore the answer for an older zoom', async () => {
      const { plotly, source, model } = await setUp();
      source.answer(V);
      await settle();
      model.setZoom({ x: [0, 1] });
      await settle();
      model.setZoom({ x: [1, 2] });
      await settle();
      source.answer(V, traceOf(V, [seriesOf([0, 1], [-1, -1])]));
      await settle();
      expect(plotly.last.data[0].y[0]).not.toBe(-1);
      const newest = traceOf(V, [seriesOf([1, 2], [7, 8])]);
      source.answer(V, newest);
      await settle();
      expect(plotly.last.data[0].y).toBe(newest.series[0].y);
    });

    it('should show the whole range after a double-click', async () => {
      const { plotly, source, model } = await setUp();
      source.answer(V);
      await settle();
      model.setZoom({ x: [0, 1], y: [0, 1] });
      await settle();
      plotly.emit('plotly_doubleclick');
      await settle();
      expect(model.zoom).toEqual({ x: null, y: null, y2: null });
      expect(plotly.last.layout.xaxis).toMatchObject({ range: [0, 2] });
    });

    it('should leave a drag alone, and draw what came meanwhile after it', async () => {
      const { plotly, source, model, view } = await setUp();
      source.answer(V);
      await settle();
      model.setZoom({ x: [0, 1] });
      await settle();
      const before = plotly.drawings.length;
      plot(view).dispatchEvent(new MouseEvent('pointerdown'));
      const newest = traceOf(V, [seriesOf([0, 1], [7, 8])]);
      source.answer(V, newest);
      await settle();
      expect(plotly.drawings).toHaveLength(before);
      window.dispatchEvent(new MouseEvent('pointerup'));
      plotly.emit('plotly_relayout', { 'xaxis.range': [1, 2] });
      await settle();
      expect(plotly.drawings).toHaveLength(before);
      source.answer(V, newest);
      await settle();
      expect(plotly.drawings).toHaveLength(before + 1);
      expect(plotly.last.data[0].y).toBe(newest.series[0].y);
      expect(plotly.last.layout.xaxis).toMatchObject({ range: [1, 2] });
    });

    it('should show the whole of a unit that takes the axis of another', async () => {
      const { plotly, source, model } = await setUp({ paths: [V, CAI] });
      source.answer(V);
      source.answer(CAI, traceOf(CAI, [seriesOf([0, 2], [0, 1])]));
      await settle();
      model.setZoom({ x: [0, 2], y: [-80, -60] });
      await settle();
      expect(plotly.last.layout.yaxis).toMatchObject({ range: [-80, -60] });
      model.toggleVisible(V);
      await settle();
      expect(plotly.last.layout.yaxis).toMatchObject({ range: [-0.05, 1.05] });
      expect(model.zoom).toEqual({ x: [0, 2], y: null, y2: null });
    });

    it('should keep the tool that the user chose, without a zoom', async () => {
      const { plotly, source, model } = await setUp();
      source.answer(V);
      await settle();
      expect(plotly.last.layout.dragmode).toBe('zoom');
      plotly.emit('plotly_relayout', { dragmode: 'pan' });
      model.setPoints(true);
      await settle();
      expect(plotly.last.layout.dragmode).toBe('pan');
      expect(model.zoom.x).toBeNull();
    });

    it('should pass over a change of the layout that says nothing', async () => {
      const { plotly, source, model } = await setUp();
      source.answer(V);
      await settle();
      plotly.emit('plotly_relayout', null);
      expect(model.zoom).toEqual({ x: null, y: null, y2: null });
    });
  });

  describe('legend', () => {
    const legend = (view: PlotView) => one(view, '.jp-NeuronvisioLegend');

    it('should hide and show a trace, which keeps its place', async () => {
      const { plotly, source, view } = await setUp({ paths: [V, BAD] });
      source.answer(V);
      source.answer(BAD);
      await settle();
      one(view, '[data-role=toggle]').click();
      await settle();
      expect(plotly.last.data.map(line => line.name)).toEqual(['soma · bad']);
      expect(one(view, '[data-role=toggle]').getAttribute('aria-pressed')).toBe(
        'false'
      );
      one(view, '[data-role=toggle]').click();
      await settle();
      expect(plotly.last.data).toHaveLength(2);
      expect(source.requests).toHaveLength(2);
    });

    it('should take a trace out', async () => {
      const { model, view } = await setUp({ paths: [V, BAD] });
      one(view, '[data-role=remove]').click();
      expect(model.paths).toEqual([BAD]);
    });

    it('should be shown as the figure says', async () => {
      const { model, view } = await setUp();
      expect(legend(view).classList).not.toContain('lm-mod-hidden');
      model.setLegend(false);
      await settle();
      expect(legend(view).classList).toContain('lm-mod-hidden');
    });

    it('should stand below a narrow figure', async () => {
      const { view } = await setUp();
      expect(view.hasClass('jp-mod-narrow')).toBe(false);
      jest.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(300);
      view.refresh();
      await settle();
      expect(view.hasClass('jp-mod-narrow')).toBe(true);
    });
  });

  it('should take the colours of a new theme', async () => {
    const { plotly, source, themeChanged, view } = await setUp();
    source.answer(V);
    await settle();
    const light = plotly.last;
    view.node.style.setProperty('--jp-layout-color1', '#111111');
    themeChanged.emit();
    await settle();
    expect(plotly.last.layout.paper_bgcolor).toBe('#111111');
    expect(plotly.last.data[0].line.color).not.toBe(light.data[0].line.color);
    expect(source.requests).toHaveLength(1);
  });

  describe('#refresh()', () => {
    it('should read anew and keep what is drawn until the answer', async () => {
      const { plotly, source, view } = await setUp();
      source.answer(V);
      await settle();
      view.refresh();
      await settle();
      expect(source.requests).toHaveLength(2);
      expect(plotly.last.data).toHaveLength(1);
      const grown = traceOf(V, [seriesOf([0, 1, 2, 3], [1, 2, 3, 4])]);
      source.answer(V, grown);
      await settle();
      expect(plotly.last.data[0].y).toBe(grown.series[0].y);
    });
  });

  describe('#downloadImage()', () => {
    it('should save what is seen on white paper, with the legend', async () => {
      const { plotly, source, view } = await setUp();
      view.title.label = 'Figure 1';
      view.node.style.setProperty('--jp-layout-color1', '#111111');
      source.answer(V);
      await settle();
      await view.downloadImage('svg');
      expect(plotly.pictures[0].options).toMatchObject({
        format: 'svg',
        filename: 'Figure 1',
        width: 600,
        height: 400
      });
      expect(plotly.pictures[0].figure).toMatchObject({
        layout: { showlegend: true, paper_bgcolor: '#ffffff' }
      });
    });

    it('should say when the picture cannot be made, and draw on', async () => {
      const { plotly, source, view } = await setUp();
      source.answer(V);
      await settle();
      plotly.picture = () => Promise.reject(new Error('no canvas'));
      await view.downloadImage('png');
      await settle();
      expect(notes(view).textContent).toContain(
        'The picture could not be made.'
      );
      expect(notes(view).querySelector('pre')?.textContent).toBe('no canvas');
      expect(plotly.last.data).toHaveLength(1);
    });

    it('should no longer complain once a picture was made', async () => {
      const { plotly, source, view } = await setUp();
      source.answer(V);
      await settle();
      plotly.picture = () => Promise.reject(new Error('no canvas'));
      await view.downloadImage('png');
      await settle();
      plotly.picture = () => Promise.resolve('data:');
      await view.downloadImage('svg');
      await settle();
      expect(notes(view).hidden).toBe(true);
    });

    it('should make no picture as long as nothing was drawn', async () => {
      const { plotly, view } = await setUp({ paths: [] });
      await view.downloadImage('png');
      expect(plotly.pictures).toEqual([]);
    });
  });
});
