import { copyFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { python } from '../scripts/paths.mjs';
import { run } from '../scripts/process.mjs';
import { LAYOUTS, openPage, settled } from './lab.mjs';
import { ours } from './ours.mjs';
import { median, ms, row } from './table.mjs';

const ROUNDS = 3;
/** Milliseconds in which a change is to be shown. */
const SOON = 2000;
/** Milliseconds after which a change, or the end of what is read, is waited for no more. */
const MOST = 30_000;
/** Milliseconds without a request after which what is fetched ahead has come. */
const QUIET = 1000;

const WRITE = `
import sys, h5py
with h5py.File(sys.argv[1], "r+") as h5file:
    h5file["results/VecRef/apical_1/v"][7] = float(sys.argv[2])
`;

/** Change a sample of the drawn line; answers the time until it is seen, null where it is not. */
async function change(page, file, value) {
  const seen = page
    .waitForFunction(
      wanted => {
        const plot = document.querySelector('.js-plotly-plot');
        const isThere = plot?.data?.some(line => line.y.includes(wanted));
        return isThere && Date.now();
      },
      value,
      { timeout: MOST }
    )
    .then(handle => handle.jsonValue())
    .catch(() => null);
  await run('bench-change', python, ['-c', WRITE, file, `${value}`]);
  const at = await seen;
  return at === null ? null : at - statSync(file).mtimeMs;
}

/** What the page asks of files, from now on. */
function readsOf(page) {
  const reads = { requests: 0, bytes: 0 };
  let last = performance.now();
  page.on('response', response => {
    if (response.url().includes('/files/')) {
      last = performance.now();
      reads.requests += 1;
      reads.bytes += Number(response.headers()['content-length'] ?? 0);
    }
  });
  return {
    /** Settles when nothing more is asked, with what was asked since the last time. */
    async take() {
      const end = performance.now() + MOST;
      while (performance.now() < Math.min(end, last + QUIET)) {
        await settled(page, QUIET / 4);
      }
      const isOver = performance.now() >= last + QUIET;
      const taken = { ...reads, isOver };
      reads.requests = reads.bytes = 0;
      return taken;
    }
  };
}

async function changed({ browser, lab }, file, name) {
  const page = await openPage(browser, lab.port);
  const reads = readsOf(page);
  await ours.openSections(page, name, 5000);
  await settled(page);
  await ours.expandSection(page, 'apical_1');
  await ours.line(page, 'apical_1/v');
  const first = await reads.take();
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('neuronvisio:follow-file')
  );
  const times = [];
  const later = [];
  for (let i = 0; i < ROUNDS; i++) {
    times.push(await change(page, file, 900 + i));
    later.push(await reads.take());
  }
  await page.context().close();
  return { first, time: median(times), later };
}

function asked({ requests, bytes, isOver }) {
  const text = `${(bytes / 1e6).toFixed(2)} MB, ${requests.toLocaleString('en-US')} requests`;
  return isOver ? text : `${text} and more`;
}

/**
 * A file of 1.2 GB of which a sample changes while it is followed, its group
 * expanded and one trace drawn. Most of the time passes until the next look at
 * the file, which is one a second.
 */
export async function changes(setup) {
  const rows = [];
  for (const layout of LAYOUTS) {
    const name = `changing-${layout}.h5`;
    const file = join(setup.files, name);
    copyFileSync(join(setup.files, `big-${layout}.h5`), file);
    try {
      const { first, time, later } = await changed(setup, file, name);
      const most = later.reduce((a, b) => (a.bytes > b.bytes ? a : b));
      rows.push(
        row(`${layout}: change of the 1.2 GB file → the new line`, {
          ours: ms(time),
          bar: ms(SOON),
          met: time !== null && time <= SOON
        }),
        row(`${layout}: read again for it`, {
          ours: asked(most),
          limit: `first opening ${asked(first)}`
        })
      );
    } finally {
      rmSync(file, { force: true });
    }
  }
  return { rows };
}
