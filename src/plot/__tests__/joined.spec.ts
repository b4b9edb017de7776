import type { IPlotData } from '../figure';
import { joinLines } from '../joined';

function line(name: string, more: Partial<IPlotData> = {}): IPlotData {
  return {
    type: 'scatter',
    x: Float64Array.of(0, 1),
    y: Float64Array.of(2, 3),
    name,
    mode: 'lines',
    connectgaps: false,
    line: { color: '#0072b2', dash: 'solid', width: 1 },
    marker: { color: '#0072b2', size: 5 },
    opacity: 1,
    yaxis: 'y',
    hovertemplate: `${name} reads`,
    ...more
  };
}

const DASHED = { color: '#0072b2', dash: 'dash', width: 1 };
const ORANGE = { color: '#d55e00', dash: 'solid', width: 1 };

describe('joinLines()', () => {
  it('leaves lines of different looks as they are', () => {
    const lines = [
      line('a'),
      line('b', { line: DASHED }),
      line('c', { line: ORANGE }),
      line('d', { yaxis: 'y2' }),
      line('e', { mode: 'markers' })
    ];
    const joined = joinLines(lines);
    expect(joined).toHaveLength(5);
    joined.forEach((one, index) => expect(one).toBe(lines[index]));
  });

  it('makes one trace of lines of one look, with a gap between them', () => {
    const joined = joinLines([
      line('a'),
      line('b', { line: ORANGE }),
      line('c', { x: Float64Array.of(4), y: Float64Array.of(NaN) }),
      line('d', { x: Float64Array.of(5), y: Float64Array.of(6) })
    ]);
    expect(joined).toHaveLength(2);
    expect(Array.from(joined[0].x)).toEqual([0, 1, NaN, 4, NaN, 5]);
    expect(Array.from(joined[0].y)).toEqual([2, 3, NaN, NaN, NaN, 6]);
    expect(joined[1].name).toBe('b');
  });

  it("keeps each point's read-out", () => {
    const [joined] = joinLines([
      line('a', { text: ['2', '3'], customdata: ['0', '1'] }),
      line('b', { text: ['two', 'three'], customdata: ['zero', 'one'] })
    ]);
    expect(joined.hovertemplate).toEqual([
      'a reads',
      'a reads',
      '',
      'b reads',
      'b reads'
    ]);
    expect(joined.text).toEqual(['2', '3', '', 'two', 'three']);
    expect(joined.customdata).toEqual(['0', '1', '', 'zero', 'one']);
  });

  it('joins no lines of which only one has exact texts', () => {
    const exact = line('a', { text: ['2', '3'] });
    expect(joinLines([exact, line('b')])).toHaveLength(2);
    expect(
      joinLines([line('a', { customdata: ['0', '1'] }), line('b')])
    ).toHaveLength(2);
  });

  it('joins no points that have no read-out with points that have one', () => {
    const points = line('a', { mode: 'markers' });
    const lone = line('a', { mode: 'markers', hoverinfo: 'skip' });
    expect(joinLines([points, lone])).toHaveLength(2);
  });

  it('makes an empty line a gap more', () => {
    const empty = line('a', { x: Float64Array.of(), y: Float64Array.of() });
    const [joined] = joinLines([empty, line('b')]);
    expect(Array.from(joined.x)).toEqual([NaN, 0, 1]);
    expect(joined.hovertemplate).toEqual(['', 'b reads', 'b reads']);
  });

  it('draws nothing of nothing', () => {
    expect(joinLines([])).toEqual([]);
  });
});
