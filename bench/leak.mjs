import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { closeAll, doubleClick, heap, openPage } from './lab.mjs';
import { isDrawn, row } from './ours.mjs';
import { row as tableRow } from './table.mjs';

const ROUNDS = 200;
/** Rounds after which caches are as full as they get. */
const SETTLED = 40;
/** Rounds of JupyterLab's own viewer of this file, as settled. */
const TABLE = 'table.csv';
const CORE_ROUNDS = 80;
/** Kilobytes of the heap by which a round may leave more than one of JupyterLab's own viewer. */
const STEADY = 10;

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

/** Do something again and again; the heap and the processes once settled and at the end. */
async function rounds({ browser, lab }, [settled, count], act) {
  const page = await openPage(browser, lab.port);
  const seen = [];
  for (let i = 1; i <= count; i++) {
    await act(page);
    if (i === settled || i === count) {
      // What is garbage goes first.
      const used = await heap(page);
      seen.push({ heap: used, process: await rendererMegabytes(browser) });
    }
  }
  await page.context().close();
  const [early, late] = seen;
  const aRound = (of, to) => ((to - of) * 1000) / (count - settled);
  const kilobytes = aRound(early.heap, late.heap);
  const ofProcess =
    late.process === null
      ? ''
      : `, ${Math.round(aRound(early.process, late.process))} kB of the page's processes`;
  return {
    early,
    late,
    kilobytes,
    text: `${Math.round(kilobytes)} kB a round${ofProcess}`
  };
}

/** Not measured: each look at the time waits a little for what it missed. */
async function openDrawClose(page) {
  await doubleClick(page, 'small-manager.h5');
  await page.locator(row('/results/VecRef/apical_1')).click();
  await page.locator(row('/results/VecRef/apical_1/v')).click();
  await page.waitForFunction(isDrawn, 1);
  await closeAll(page);
}

async function openAndCloseTable(page) {
  await doubleClick(page, TABLE);
  await page.locator('.jp-CSVViewer').waitFor({ state: 'attached' });
  await closeAll(page);
}

/**
 * Open, draw and close again and again. JupyterLab itself keeps something of
 * each tab, the buttons of its toolbar and a bar of tabs: what its own viewer
 * of a table leaves is the limit.
 */
export async function leak(setup) {
  const mine = await rounds(setup, [SETTLED, ROUNDS], openDrawClose);
  writeFileSync(join(setup.files, TABLE), 'a,b\n1,2\n');
  const core = await rounds(setup, [SETTLED, CORE_ROUNDS], openAndCloseTable);
  const { early, late } = mine;
  return {
    rows: [
      tableRow(`open, draw and close ${ROUNDS} times`, {
        ours: `heap ${early.heap.toFixed(1)} MB after ${SETTLED} → ${late.heap.toFixed(1)} MB, ${mine.text}`,
        limit: `JupyterLab's CSV viewer ${core.text}`,
        bar: `steady: at most ${STEADY} kB over JupyterLab's own`,
        met: mine.kilobytes - core.kilobytes < STEADY
      })
    ]
  };
}
