import { nullTranslator } from '@jupyterlab/translation';
import type { IModebarButton } from '../loader';
import { plotConfig } from '../modebar';
import { FakePlotly } from './fakeplot';

function setUp({ wheelZoom = true } = {}) {
  const resetZoom = jest.fn();
  const download = jest.fn();
  const config = plotConfig(new FakePlotly(), nullTranslator.load('test'), {
    wheelZoom,
    resetZoom,
    download
  });
  const own = config.modeBarButtons
    .flat()
    .filter((button): button is IModebarButton => typeof button !== 'string');
  return { config, own, resetZoom, download };
}

describe('#plotConfig()', () => {
  it("should show no logo, and zoom by the wheel where that is not the page's", () => {
    const { config } = setUp();
    expect(config.displaylogo).toBe(false);
    expect(config.scrollZoom).toBe(true);
    expect(setUp({ wheelZoom: false }).config.scrollZoom).toBe(false);
  });

  it("should leave the double-click to the figure, since plotly's knows the points in view alone", () => {
    expect(setUp().config.doubleClick).toBe(false);
  });

  it('should have no button that sends the data away', () => {
    const { config, own } = setUp();
    expect(
      config.modeBarButtons.flat().filter(button => typeof button === 'string')
    ).toEqual(['zoom2d', 'pan2d']);
    expect(own).toHaveLength(3);
  });

  it('should say what each button does, by an icon of its own', () => {
    const { own } = setUp();
    expect(own.map(button => button.title)).toEqual([
      'Show the whole range',
      'Save as PNG',
      'Save as SVG, to edit'
    ]);
    expect(new Set(own.map(button => button.icon)).size).toBe(3);
    expect(own.every(button => button.icon)).toBe(true);
  });

  it('should show the whole range, and save in either format', () => {
    const { own, resetZoom, download } = setUp();
    const [reset, png, svg] = own;
    reset.click();
    expect(resetZoom).toHaveBeenCalledTimes(1);
    expect(download).not.toHaveBeenCalled();
    png.click();
    svg.click();
    expect(download.mock.calls).toEqual([['png'], ['svg']]);
  });
});
