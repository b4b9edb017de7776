import type { IFigureOptions } from '../figure';
import { buildFigure } from '../figure';
import { PAPER_THEME, readTheme, traceStyle } from '../theme';
import { factsOf, seriesOf, TEXTS, traceOf } from './fakeplot';

const V = '/results/VecRef/soma/v';
const CAI = '/results/VecRef/soma/cai';
const OPTIONS: IFigureOptions = {
  points: false,
  lineWidth: 2,
  range: [0, 2],
  showLegend: false,
  texts: TEXTS
};

function figure(
  traces: ReturnType<typeof traceOf>[],
  more: Partial<IFigureOptions> = {}
) {
  return buildFigure(
    traces.map((trace, slot) => ({
      trace,
      label: trace.path.split('/').slice(-2).join(' · '),
      slots: trace.series.map((_, place) => slot + place)
    })),
    { ...OPTIONS, ...more },
    PAPER_THEME
  );
}

describe('#buildFigure()', () => {
  describe('data', () => {
    it('should hand over the arrays without copying them', () => {
      const trace = traceOf(V);
      const [line] = figure([trace]).data;
      expect(line.x).toBe(trace.series[0].x);
      expect(line.y).toBe(trace.series[0].y);
    });

    it('should keep gaps as gaps', () => {
      const [line] = figure([
        traceOf(V, [seriesOf([0, 1, 2, 3, 4], [1, 2, NaN, 3, 4])])
      ]).data;
      expect(line.connectgaps).toBe(false);
      expect(line.y[2]).toBeNaN();
      expect(line.mode).toBe('lines');
    });

    it('should keep the point of a spike, exactly', () => {
      const y = new Array<number>(100).fill(-65.123456789);
      y[57] = 41.00000000000001;
      const [line] = figure([
        traceOf(V, [
          seriesOf(
            y.map((_, i) => i * 0.025),
            y
          )
        ])
      ]).data;
      expect(line.y[57]).toBe(41.00000000000001);
      expect(line.x[57]).toBe(57 * 0.025);
    });

    it.each([
      ['one sample', [1], [1]],
      ['a point at the start', [1, NaN, 2, 3], [1]],
      ['a point at the end', [1, 2, NaN, 3], [3]],
      ['points between gaps', [1, 2, NaN, 3, NaN, 4, NaN, 5, 6], [3, 4]]
    ])(
      'should show %s, where no line would be, and the line as any other',
      (_, y, lone) => {
        const [line, points, ...more] = figure([
          traceOf(V, [
            seriesOf(
              y.map((__, i) => i),
              y
            )
          ])
        ]).data;
        expect(line.mode).toBe('lines');
        expect(points.mode).toBe('markers');
        expect(Array.from(points.y)).toEqual(lone);
        expect(Array.from(points.x)).toEqual(
          lone.map(value => y.indexOf(value))
        );
        expect(points.marker.color).toBe(line.line.color);
        // It is read out, and named in a picture, once.
        expect(points).toMatchObject({ hoverinfo: 'skip', showlegend: false });
        expect(more).toEqual([]);
      }
    );

    it('should draw points alone when asked', () => {
      const [line] = figure([traceOf(V)], { points: true }).data;
      expect(line.mode).toBe('markers');
      expect(line.marker.size).toBeGreaterThan(0);
    });

    it('should draw a point that stands alone once among points', () => {
      const one = traceOf(V, [seriesOf([0], [1])]);
      expect(figure([one], { points: true }).data).toHaveLength(1);
    });

    it('should take the width and the look of the slot', () => {
      const [first, second] = figure([traceOf(V), traceOf(CAI)]).data;
      const style = traceStyle(1, true);
      expect(second.line).toEqual({ ...style, width: 2 });
      expect(second.marker.color).toBe(style.color);
      expect(first.line.color).not.toBe(style.color);
    });

    it('should draw each column of a variable by its own name and look', () => {
      const { data } = figure([
        traceOf(V, [
          seriesOf([0, 1], [1, 2], { column: 0 }),
          seriesOf([0, 1], [3, 4], { column: 1 })
        ])
      ]);
      expect(data.map(line => line.name)).toEqual([
        'soma · v [0]',
        'soma · v [1]'
      ]);
      expect(data[0].line.color).not.toBe(data[1].line.color);
    });

    it('should draw nothing for nothing', () => {
      const { data, layout } = figure([], { range: null, showLegend: true });
      expect(data).toEqual([]);
      expect(layout.showlegend).toBe(false);
      expect(layout.xaxis.autorange).toBe(true);
    });
  });

  describe('hover', () => {
    it('should show every digit, with the names and the units', () => {
      expect(figure([traceOf(V)]).data[0].hovertemplate).toBe(
        'soma · v<br>t = %{x:c} ms<br>%{y:c} mV<extra></extra>'
      );
    });

    it('should show an x of lesser precision by its exact text', () => {
      const [line] = figure([
        traceOf(V, [
          seriesOf([Math.fround(0.1)], [1], { exactX: ['0.1'], exact: ['1'] })
        ])
      ]).data;
      expect(line.customdata).toEqual(['0.1']);
      expect(line.hovertemplate).toContain('= %{customdata} ms<br>%{text} mV');
    });

    it('should show 64-bit integers by their exact text', () => {
      const exact = ['9007199254740993', '-9223372036854775808'];
      const [line] = figure([
        traceOf(V, [seriesOf([0, 1], exact.map(Number), { exact })])
      ]).data;
      expect(line.text).toBe(exact);
      expect(line.hovertemplate).toContain('<br>%{text} mV<extra>');
      expect(line.hovertemplate).not.toContain('%{y');
    });

    it('should not take names and units of the file for markup', () => {
      const path = '/results/VecRef/soma/%{x}<a href="//e">';
      const [line] = figure([
        traceOf(path, undefined, {
          facts: factsOf(path, { units: '<b>%{y}' })
        })
      ]).data;
      expect(line.name).not.toMatch(/[<>]|%\{/);
      expect(line.hovertemplate.match(/%\{/g)).toHaveLength(2);
      expect(line.hovertemplate.match(/<[^>]*>/g)).toEqual([
        '<br>',
        '<br>',
        '<extra>',
        '</extra>'
      ]);
    });

    it('should stay short for a name of 10,000 characters', () => {
      const path = `/results/VecRef/soma/${'<b>'.repeat(3300)}`;
      const { data, layout } = figure([traceOf(path)]);
      expect(data[0].hovertemplate).not.toContain('<b>');
      expect(data[0].hovertemplate.length).toBeLessThan(2000);
      expect(layout.yaxis.title.text.length).toBeLessThan(2000);
      expect(layout.yaxis.title.text).not.toContain('<');
    });
  });

  describe('axes', () => {
    it('should name one unit on the left', () => {
      const { data, layout } = figure([
        traceOf(V),
        traceOf('/results/VecRef/dend/v')
      ]);
      expect(data.map(line => line.yaxis)).toEqual(['y', 'y']);
      expect(layout.yaxis.title.text).toBe('v (mV, assumed)');
      expect(layout.yaxis2).toBeUndefined();
      expect(layout.xaxis.title.text).toBe('t (ms, assumed)');
    });

    it('should put a second unit on the right', () => {
      const { data, layout } = figure([traceOf(V), traceOf(CAI)]);
      expect(data.map(line => line.yaxis)).toEqual(['y', 'y2']);
      expect(layout.yaxis.title.text).toBe('v (mV, assumed)');
      expect(layout.yaxis2?.title.text).toBe('cai (mM, assumed)');
      expect(layout.yaxis2).toMatchObject({ side: 'right', overlaying: 'y' });
    });

    it('should put what has no unit on the other side of what has one', () => {
      const { data, layout } = figure([
        traceOf('/results/VecRef/soma/m_hh'),
        traceOf(V)
      ]);
      expect(data.map(line => line.yaxis)).toEqual(['y', 'y2']);
      expect(layout.yaxis.title.text).toBe('m_hh');
    });

    it('should keep a unit that is known and the same one assumed on one axis', () => {
      const dend = '/results/VecRef/dend/v';
      const { data, layout } = figure([
        traceOf(V),
        traceOf(dend, undefined, { facts: factsOf(dend, { units: 'mV' }) })
      ]);
      expect(data.map(line => line.yaxis)).toEqual(['y', 'y']);
      expect(layout.yaxis.title.text).toBe('v (mV, assumed) · v (mV)');
    });

    it('should tell all units of the right axis', () => {
      const { layout } = figure([
        traceOf(V),
        traceOf(CAI),
        traceOf('/results/VecRef/soma/ica')
      ]);
      expect(layout.yaxis2?.title.text).toBe(
        'cai (mM, assumed) · ica (mA/cm2, assumed)'
      );
    });

    it('should name three variables on an axis at most', () => {
      const { layout } = figure(
        ['a', 'b', 'c', 'd'].map(name =>
          traceOf(`/results/VecRef/soma/${name}`)
        )
      );
      expect(layout.yaxis.title.text).toBe('a, b, c, …');
    });

    it('should keep the unit of a long name', () => {
      const path = `/results/VecRef/soma/${'n'.repeat(10000)}`;
      const { layout } = figure([
        traceOf(path, undefined, { facts: factsOf(path, { units: 'pA' }) })
      ]);
      expect(layout.yaxis.title.text).toMatch(/^n{79}… \(pA\)$/);
    });

    it('should name the x of many runs together', () => {
      const runs = [1, 2, 3, 4].map(n => traceOf(`/results/run_${n}/soma/v`));
      expect(figure(runs).layout.xaxis.title.text).toBe('x of each group');
      expect(figure(runs.slice(0, 1)).layout.xaxis.title.text).toBe(
        'x of run_1'
      );
    });

    it('should name each x that is drawn against', () => {
      const { layout } = figure([
        traceOf(V),
        traceOf('/results/Mine/s/y'),
        traceOf(CAI, undefined, {
          pairing: { kind: 'index', reason: 'no-x', yLength: 3 },
          xFacts: null
        })
      ]);
      expect(layout.xaxis.title.text).toBe(
        't (ms, assumed) · x of Mine · sample index'
      );
    });

    it('should put no prefix of a unit beside numbers', () => {
      const { layout } = figure([traceOf(V), traceOf(CAI)]);
      for (const axis of [layout.xaxis, layout.yaxis, layout.yaxis2]) {
        expect(axis).toMatchObject({ exponentformat: 'power' });
      }
    });

    it('should take values for numbers, without a search for dates', () => {
      const { layout } = figure([traceOf(V), traceOf(CAI)]);
      for (const axis of [layout.xaxis, layout.yaxis, layout.yaxis2]) {
        expect(axis).toMatchObject({ type: 'linear' });
      }
    });

    it('should tell the units of each side', () => {
      expect(figure([traceOf(V), traceOf(CAI)]).units).toEqual({
        y: ['mV'],
        y2: ['mM']
      });
      expect(figure([]).units).toEqual({ y: [], y2: [] });
    });

    it('should show the given range of x', () => {
      expect(
        figure([traceOf(V)], { range: [5, 9] }).layout.xaxis
      ).toMatchObject({ range: [5, 9], autorange: false });
    });
  });

  describe('layout', () => {
    it('should have the colours and the font of the theme', () => {
      const theme = { ...readTheme(document.body), background: '#111111' };
      const { layout } = buildFigure([], OPTIONS, theme);
      expect(layout).toMatchObject({
        paper_bgcolor: '#111111',
        plot_bgcolor: '#111111',
        font: { color: theme.text, family: theme.font, size: theme.fontSize }
      });
    });

    it('should keep the legend of a picture off the right axis', () => {
      const one = figure([traceOf(V)], { showLegend: true });
      const two = figure([traceOf(V), traceOf(CAI)], { showLegend: true });
      expect(one.layout.legend).toBeUndefined();
      expect(two.layout.legend).toMatchObject({
        orientation: 'h',
        yanchor: 'bottom'
      });
    });

    it("should show plotly's legend only when asked", () => {
      expect(figure([traceOf(V)]).layout.showlegend).toBe(false);
      expect(figure([traceOf(V)], { showLegend: true }).layout.showlegend).toBe(
        true
      );
    });
  });
});
