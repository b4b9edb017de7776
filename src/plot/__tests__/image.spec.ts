import { buildFigure } from '../figure';
import type { ImageFormat } from '../image';
import { downloadFigure } from '../image';
import { PAPER_THEME } from '../theme';
import { FakePlotly, TEXTS, traceOf } from './fakeplot';

const CONTENT = buildFigure(
  [{ trace: traceOf('/results/VecRef/soma/v'), label: 'soma · v', slots: [0] }],
  { points: false, lineWidth: 1, range: null, showLegend: true, texts: TEXTS },
  PAPER_THEME
);

async function saved(format: ImageFormat) {
  const plotly = new FakePlotly();
  await downloadFigure(plotly, CONTENT, format, 'Figure 1', [640, 480]);
  expect(plotly.pictures).toHaveLength(1);
  return plotly.pictures[0];
}

describe('#downloadFigure()', () => {
  it('should save what the figure shows, in its size and under its name', async () => {
    const { figure, options } = await saved('svg');
    expect(figure).toEqual({
      data: CONTENT.data,
      layout: { ...CONTENT.layout, width: 640, height: 480, autosize: false }
    });
    expect(options).toEqual({
      format: 'svg',
      width: 640,
      height: 480,
      filename: 'Figure 1'
    });
  });

  it('should save twice the pixels in a PNG', async () => {
    expect((await saved('png')).options).toMatchObject({
      format: 'png',
      scale: 2
    });
  });

  it('should leave the figure on the screen alone', async () => {
    await saved('png');
    expect(CONTENT.layout).not.toHaveProperty('width');
  });

  it('should fail where plotly does', async () => {
    const plotly = new FakePlotly();
    plotly.picture = () => Promise.reject(new Error('no canvas'));
    await expect(
      downloadFigure(plotly, CONTENT, 'png', 'Figure 1', [640, 480])
    ).rejects.toThrow('no canvas');
  });
});
