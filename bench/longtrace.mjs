import { findBrowser } from '../scripts/browser.mjs';
import { LAYOUTS, openPage, PATIENCE, settled, startBrowser } from './lab.mjs';
import { ours } from './ours.mjs';
import { peer } from './peer.mjs';
import { blocked, median, medians, ms, row, told } from './table.mjs';

const FETCHES = 3;
const ROUNDS = 3;

/** Ours on the long trace: the line, its first rough part, a zoom and a pan, and a plain fetch. */
async function ourLong({ browser, lab }, layout) {
  const page = await openPage(browser, lab.port);
  const file = `long-${layout}.h5`;
  const fetched = median(await plainFetches(page, file));
  await ours.open(page, file);
  await settled(page, 2500);
  await ours.expandSection(page, 'soma');
  await settled(page);
  const line = await ours.longLine(page, 'soma/v');
  await settled(page);
  let bytesAtZoom = 0;
  page.on('request', request => {
    bytesAtZoom += request.url().includes('/files/') ? 1 : 0;
  });
  const zoom = await ours.zoom(page);
  const pan = await ours.pan(page);
  await page.context().close();
  return { fetched, ...line, zoom, pan, bytesAtZoom };
}

/** The same on fresh pages: medians, and of zoom and pan what was longest. */
async function ourRounds(setup, layout) {
  const rounds = [];
  for (let i = 0; i < ROUNDS; i++) {
    rounds.push(await ourLong(setup, layout));
  }
  const of = member => rounds.map(round => round[member]);
  const longest = moved =>
    moved.every(one => one !== null)
      ? moved.reduce((a, b) => (a.frame > b.frame ? a : b))
      : null;
  return {
    fetched: median(of('fetched')),
    line: medians(of('line')),
    rough: median(of('rough')),
    zoom: longest(of('zoom')),
    pan: longest(of('pan')),
    bytesAtZoom: Math.max(...of('bytesAtZoom'))
  };
}

/** Milliseconds to fetch the bytes of v and x of the long trace, from the page. */
async function plainFetches(page, file) {
  const times = [];
  for (let i = 0; i < FETCHES; i++) {
    times.push(
      await page.evaluate(async name => {
        const start = performance.now();
        const headers = { Range: 'bytes=0-159999999' };
        const url = `/files/${name}`;
        const answer = await fetch(url, { headers, cache: 'no-store' });
        await answer.arrayBuffer();
        return performance.now() - start;
      }, file)
    );
  }
  return times;
}

/** In a browser of its own: while the peer still draws, no other page of the browser is painted. */
async function peerLong({ peerLab }, layout) {
  const browser = await startBrowser(await findBrowser());
  const page = await openPage(browser, peerLab.port);
  await peer.open(page, `long-${layout}.h5`);
  await peer.expand(page, 1);
  await peer.expandSection(page, 'soma');
  const line = await peer.line(page, 'soma/v', { limit: PATIENCE });
  await browser.close();
  return line;
}

function longRows(layout, long, theirs, limit) {
  const { fetched, line, rough, zoom, pan, bytesAtZoom } = long;
  return [
    row(`${layout}: 10 million samples against their x`, {
      ours: `${told(line)}, first rough line ${ms(rough)}`,
      peer: peerText(theirs),
      limit: `fetch ${ms(fetched)}, h5py ${ms(limit[`line-long-${layout}`])}`,
      bar: '1.5 × the fetch, rough within 1 s',
      met:
        line.time !== null &&
        line.time <= 1.5 * fetched &&
        rough !== null &&
        rough <= 1000
    }),
    ...[
      ['zoom', zoom],
      ['pan', pan]
    ].map(([name, moved]) =>
      row(`${layout}: ${name} on them, longest frame`, {
        ours: moved ? `${ms(moved.frame)}${blocked(moved)}` : ms(null),
        bar: '50 ms',
        met: moved !== null && moved.frame < 50
      })
    ),
    row(`${layout}: requests for bytes at zoom and pan`, {
      ours: `${bytesAtZoom}`,
      bar: '0',
      met: bytesAtZoom === 0
    })
  ];
}

/** A trace of ten million samples: ours in both layouts, and the peer. */
export async function longTrace(setup) {
  const rows = [];
  for (const layout of LAYOUTS) {
    const long = await ourRounds(setup, layout);
    const theirs =
      layout === LAYOUTS[0] ? await peerLong(setup, layout) : undefined;
    rows.push(...longRows(layout, long, theirs, setup.limit));
  }
  return { rows };
}

function peerText(line) {
  return line === undefined
    ? ''
    : line === null
      ? `not within ${PATIENCE / 1000} s`
      : told(line);
}
