import type { IPlotData } from './figure';
import { buildLayout } from './layout';
import type { IPlotConfig, IPlotly } from './loader';
import { PAPER_THEME } from './theme';

const WIDTH = 320;
const HEIGHT = 240;

let isDue = true;

/** Take note that a figure was drawn, after which there is nothing to rehearse. */
export function skipRehearsal(): void {
  isDue = false;
}

/**
 * Draw a small figure out of sight when the page has nothing else to do.
 *
 * A browser compiles what is called first: plotly's first figure takes three
 * times as long as its second, and it is better had before a user waits for it.
 */
export function rehearseSoon(plotly: IPlotly): void {
  requestIdleCallback(() => {
    if (isDue) {
      isDue = false;
      void draw(plotly);
    }
  });
}

async function draw(plotly: IPlotly): Promise<void> {
  const node = document.createElement('div');
  node.className = 'jp-NeuronvisioRehearsal';
  node.setAttribute('aria-hidden', 'true');
  document.body.append(node);
  try {
    await plotly.react(node, [line()], layout(), CONFIG);
  } catch {
    // The first figure in sight tells what is wrong.
  } finally {
    plotly.purge(node);
    node.remove();
  }
}

const CONFIG: IPlotConfig = {
  displaylogo: false,
  displayModeBar: true,
  doubleClick: false,
  responsive: false,
  scrollZoom: false,
  modeBarButtons: [['zoom2d', 'pan2d']]
};

function line(): IPlotData {
  return {
    type: 'scatter',
    x: Float64Array.of(0, 1, 2, 3),
    y: Float64Array.of(0, 2, 1, 3),
    name: '',
    mode: 'lines',
    connectgaps: false,
    line: { color: '#000000', dash: 'solid', width: 1 },
    marker: { color: '#000000', size: 1 },
    opacity: 1,
    yaxis: 'y',
    hovertemplate: ''
  };
}

function layout(): object {
  const texts = { sampleIndex: '', assumed: '', xOf: () => '', xOfGroups: '' };
  const options = { range: null, showLegend: false, texts };
  const size = { width: WIDTH, height: HEIGHT, autosize: false };
  return { ...buildLayout([], options, PAPER_THEME), ...size };
}
