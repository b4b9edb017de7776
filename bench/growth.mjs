import { heap, openPage, settled } from './lab.mjs';
import { ours } from './ours.mjs';
import { ms, row, slope } from './table.mjs';

const SECTIONS = [100, 1_000, 10_000, 100_000];
const SAMPLES = [4, 5, 6, 7, 8];

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
  const points = await ours.points(page);
  const again = await ours.redraw(page);
  const grown = (await heap(page)) - plain;
  await page.context().close();
  return { line, points, again, grown };
}

const list = values => values.map(value => ms(value)).join(' / ');
const counted = values =>
  values.map(value => value.toLocaleString('en-US')).join(' / ');
const megabytes = values => values.map(value => value.toFixed(1)).join(' / ');

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
  const rows = [];
  const add = (work, sizes, costs, text, bar) =>
    rows.push(
      row(work, {
        ours: `${text(costs)}; slope ${slope(sizes.map((size, i) => [size, costs[i]])).toFixed(2)}`,
        bar
      })
    );
  const of = (found, member) => found.map(one => one[member]?.time ?? null);
  const counts = '100 / 1,000 / 10,000 / 100,000 sections';
  const lengths = '1e4 … 1e8 samples';
  const sizes = SAMPLES.map(power => 10 ** power);
  add(`open with ${counts}`, SECTIONS, of(trees, 'open'), list, '');
  add(
    `expand anew, ${counts}`,
    SECTIONS,
    of(trees, 'again'),
    list,
    'no growth'
  );
  add(`filter key, ${counts}`, SECTIONS, of(trees, 'key'), list, '');
  add(
    `heap in MB, ${counts}`,
    SECTIONS,
    trees.map(({ grown }) => grown),
    megabytes,
    ''
  );
  add(`line of ${lengths}`, sizes, of(traces, 'line'), list, '');
  add(
    `points drawn of ${lengths}, on ${traces[0].points.columns} columns of pixels`,
    sizes,
    traces.map(({ points }) => points.count),
    counted,
    'with the pixels'
  );
  add(`drawn anew, ${lengths}`, sizes, of(traces, 'again'), list, 'no growth');
  add(
    `heap in MB, ${lengths}`,
    sizes,
    traces.map(({ grown }) => grown),
    megabytes,
    'no growth'
  );
  return { rows };
}
