import type { IPlotData } from './figure';
import { joinLines } from './joined';
import { buildLayout } from './layout';
import type { IPlotConfig, IPlotly } from './loader';
import { PAPER_THEME, traceStyle } from './theme';

const WIDTH = 320;
const HEIGHT = 240;

/** The first drawing of a page, of which all is new to the browser, is of one line; the others are of more. */
const LINES = 12;

/** The looks of these lines: some have one in common, and are drawn as one. */
const LOOKS = 8;

/** Samples of a line. */
const SAMPLES = 400;

/** So many drawings, and a browser has compiled well what draws many lines. */
const TIMES = 16;

/** So many milliseconds without anything to do a page has only while no frame is awaited. */
const CALM = 20;

let left = TIMES;
let lines = 1;
let isBegun = false;

/** Take note of a drawing of so many lines, which need not be rehearsed. */
export function noteDrawing(count: number): void {
  lines = LINES;
  if (count >= LOOKS) {
    left -= 1;
  }
}

/**
 * Draw small figures out of sight, one each time that the page has nothing else to do.
 *
 * A browser compiles what is called first, and compiles well what is called
 * often: plotly's first figure takes three times as long as its second, and
 * the first of a hundred lines twice as long as the same later. Both are
 * better had before a user waits for it.
 */
export function rehearseSoon(plotly: IPlotly): void {
  if (!isBegun) {
    isBegun = true;
    void rehearse(plotly);
  }
}

async function rehearse(plotly: IPlotly): Promise<void> {
  const node = document.createElement('div');
  node.className = 'jp-NeuronvisioRehearsal';
  node.setAttribute('aria-hidden', 'true');
  try {
    for (await rest(); left > 0; await rest()) {
      left -= 1;
      document.body.append(node);
      const data = Array.from({ length: lines }, (_, slot) => line(slot));
      await plotly.react(node, joinLines(data), layout(), CONFIG);
      lines = LINES;
    }
  } catch {
    // The first figure in sight tells what is wrong.
  } finally {
    plotly.purge(node);
    node.remove();
  }
}

/** Kept when the page has nothing to do for a while, and so not between the frames of a scroll. */
async function rest(): Promise<void> {
  let free = 0;
  while (free < CALM) {
    free = await new Promise(resolve =>
      requestIdleCallback(deadline => resolve(deadline.timeRemaining()))
    );
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

function line(slot: number): IPlotData {
  const { color, dash } = traceStyle(slot % LOOKS, true);
  const x = Float64Array.from({ length: SAMPLES }, (_, index) => index);
  return {
    type: 'scatter',
    x,
    // Others each time, or nothing would be drawn anew.
    y: x.map(at => Math.sin((slot + at) / LINES) * (left + at)),
    name: '',
    mode: 'lines',
    connectgaps: false,
    line: { color, dash, width: 1 },
    marker: { color, size: 1 },
    opacity: 1,
    yaxis: 'y',
    hovertemplate: '%{x}'
  };
}

function layout(): object {
  const texts = { sampleIndex: '', assumed: '', xOf: () => '', xOfGroups: '' };
  const options = { range: null, showLegend: false, texts };
  const size = { width: WIDTH, height: HEIGHT, autosize: false };
  return { ...buildLayout([], options, PAPER_THEME), ...size };
}
