import { heap, openPage, settled } from './lab.mjs';
import { workerMegabytes } from './memory.mjs';
import { ours } from './ours.mjs';
import { ms, row, slope } from './table.mjs';

const SECTIONS = [100, 1_000, 10_000, 100_000];
const SAMPLES = [4, 5, 6, 7, 8];
/** What must not grow, and the slope below which it does not. */
const FLAT = { bar: 'no growth' };
const MOST_SLOPE = 0.1;
/** Megabytes that a worker keeps by default. */
const CACHE = 128;

async function withSections({ browser, lab }, count) {
  const page = await openPage(browser, lab.port);
  const plain = await heap(page);
  const open = await ours.openSections(page, `sections-${count}.h5`, count);
  await settled(page);
  const again = await ours.reexpand(page);
  const grown = (await heap(page)) - plain;
  // The first reads the names of all.
  await ours.search(page, '9');
  const key = await ours.search(page, '99');
  await page.context().close();
  return { open, again, key, grown };
}

async function withSamples({ browser, lab }, power) {
  const page = await openPage(browser, lab.port);
  const plain = await heap(page);
  await ours.open(page, `samples-1e${power}.h5`);
  await settled(page, 2500);
  await ours.expandSection(page, 'soma');
  await settled(page);
  const line = await ours.line(page, 'soma/v', { limit: 120_000 });
  await settled(page);
  await ours.zoom(page);
  const [worker] = await workerMegabytes(page);
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('neuronvisio:reset-zoom')
  );
  await settled(page);
  const points = await ours.points(page);
  const again = await ours.redraw(page);
  const grown = (await heap(page)) - plain;
  await page.context().close();
  return { line, worker, points, again, grown };
}

const list = values => values.map(value => ms(value)).join(' / ');
const counted = values =>
  values.map(value => value.toLocaleString('en-US')).join(' / ');
const megabytes = values => values.map(value => value.toFixed(1)).join(' / ');
const times = (found, member) => found.map(one => one[member]?.time ?? null);
const of = (found, member) => found.map(one => one[member]);

/** Makes rows of costs and their slope over sizes; what must not grow has the bar of `FLAT`. */
function rowsOver(sizes, label) {
  return (work, costs, text, { bar = '', met = null } = {}) => {
    const grows = slope(sizes.map((size, i) => [size, costs[i]]));
    return row(`${work}, ${label}`, {
      ours: `${text(costs)}; slope ${grows.toFixed(2)}`,
      bar,
      met: bar === FLAT.bar ? grows < MOST_SLOPE : met
    });
  };
}

function sectionRows(trees) {
  const over = rowsOver(SECTIONS, '100 / 1,000 / 10,000 / 100,000 sections');
  return [
    over('open', times(trees, 'open'), list),
    over('expand anew', times(trees, 'again'), list, FLAT),
    over('filter key', times(trees, 'key'), list),
    over('heap in MB', of(trees, 'grown'), megabytes)
  ];
}

function sampleRows(traces) {
  const sizes = SAMPLES.map(power => 10 ** power);
  const over = rowsOver(sizes, '1e4 … 1e8 samples');
  const workers = of(traces, 'worker');
  const [{ points }] = traces;
  return [
    over('line', times(traces, 'line'), list),
    over(
      `points drawn on ${points.columns} columns of pixels`,
      traces.map(one => one.points.count),
      counted,
      FLAT
    ),
    over('drawn anew', times(traces, 'again'), list, FLAT),
    over("worker's memory in MB", workers, megabytes, {
      bar: `cache of ${CACHE} MB`,
      met: workers.every(worker => worker <= CACHE)
    }),
    over('heap in MB', of(traces, 'grown'), megabytes, FLAT)
  ];
}

/** How costs grow with the sections and samples of a file: the slopes on logarithmic scales. */
export async function growth(setup) {
  const trees = [];
  for (const count of SECTIONS) {
    trees.push(await withSections(setup, count));
  }
  const traces = [];
  for (const power of SAMPLES) {
    traces.push(await withSamples(setup, power));
  }
  return { rows: [...sectionRows(trees), ...sampleRows(traces)] };
}
