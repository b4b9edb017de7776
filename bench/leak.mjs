import { readFileSync } from 'node:fs';

import { heap, openPage } from './lab.mjs';
import { isDrawn, ours } from './ours.mjs';
import { row } from './table.mjs';

const ROUNDS = 200;
/** Rounds after which caches are as full as they get. */
const SETTLED = 40;

/** Megabytes of the browser's processes that show pages; null where the system does not tell. */
async function rendererMegabytes(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  try {
    return processInfo
      .filter(({ type }) => type === 'renderer')
      .map(({ id }) => readFileSync(`/proc/${id}/status`, 'utf8'))
      .map(status => Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024)
      .reduce((sum, size) => sum + size, 0);
  } catch {
    return null;
  }
}

/** Open, draw and close again and again. */
export async function leak({ browser, lab }) {
  const page = await openPage(browser, lab.port);
  const seen = [];
  for (let i = 1; i <= ROUNDS; i++) {
    await ours.open(page, 'small-manager.h5');
    await ours.expandSection(page, 'apical_1');
    await ours.line(page, 'apical_1/v');
    await page.waitForFunction(isDrawn, 1);
    await ours.close(page);
    if (i === SETTLED || i === ROUNDS) {
      seen.push({
        heap: await heap(page),
        process: await rendererMegabytes(browser)
      });
    }
  }
  await page.context().close();
  const [early, late] = seen;
  const grown = late.heap - early.heap;
  const process =
    late.process === null
      ? ''
      : `; the page's processes ${Math.round(early.process)} → ${Math.round(late.process)} MB`;
  return {
    rows: [
      row(`open, draw and close ${ROUNDS} times`, {
        ours: `heap ${early.heap.toFixed(1)} MB after ${SETTLED} → ${late.heap.toFixed(1)} MB${process}`,
        bar: 'steady',
        met: grown < 2
      })
    ]
  };
}
