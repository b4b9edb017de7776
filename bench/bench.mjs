import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

import { findBrowser } from '../scripts/browser.mjs';
import { Failure, main } from '../scripts/failure.mjs';
import { cache, h5webServer, python } from '../scripts/paths.mjs';
import { checkNode } from '../scripts/prerequisites.mjs';
import { run } from '../scripts/process.mjs';
import {
  installH5webServer,
  installUiPackages,
  setUpExtension,
  setUpPackages,
  setUpPython
} from '../scripts/setup.mjs';
import { seconds } from '../scripts/steps.mjs';
import { changes } from './changes.mjs';
import { growth } from './growth.mjs';
import { folder, startBrowser, startLab } from './lab.mjs';
import { leak } from './leak.mjs';
import { limits } from './limits.mjs';
import { longTrace } from './longtrace.mjs';
import { overLink } from './overlink.mjs';
import { outputs } from './outputs.mjs';
import { sideBySide } from './sidebyside.mjs';
import { atStart } from './start.mjs';
import { table } from './table.mjs';

const FILES = folder(cache, 'bench', 'files');

/** What can be measured alone, in the order measured: what JupyterLab loads, in a browser that did nothing before. */
const PARTS = {
  start: atStart,
  long: longTrace,
  side: sideBySide,
  link: overLink,
  changes,
  outputs,
  growth,
  leak
};

async function setUp() {
  checkNode();
  await setUpPython();
  await setUpPackages();
  await setUpExtension();
  await installUiPackages();
  await installH5webServer();
  const began = performance.now();
  await run('bench-files', python, [join('bench', 'files.py'), FILES], {
    live: true
  });
  console.log(`The files are in ${FILES}, ${seconds(began)}.`);
}

function chosenParts(args) {
  const unknown = args.find(name => !(name in PARTS));
  if (unknown !== undefined) {
    throw new Failure(
      `Use npm run bench, or npm run bench -- PART…, where PART is one of ${Object.keys(PARTS).join(', ')}.`
    );
  }
  return Object.keys(PARTS).filter(
    name => args.length === 0 || args.includes(name)
  );
}

await main(async () => {
  const parts = chosenParts(process.argv.slice(2));
  await setUp();
  const began = performance.now();
  const browser = await startBrowser(await findBrowser());
  const rows = [];
  const notes = [];
  const lab = await startLab(FILES);
  const peerLab = parts.some(name => ['long', 'side'].includes(name))
    ? await startLab(FILES, h5webServer)
    : null;
  try {
    const limit = await limits(FILES);
    for (const name of parts) {
      const start = performance.now();
      const measured = await PARTS[name]({
        browser,
        lab,
        peerLab,
        limit,
        files: FILES
      });
      rows.push(...measured.rows);
      notes.push(...(measured.notes ?? []));
      console.log(`\n${table(measured.rows)}\n\n${name}: ${seconds(start)}`);
    }
  } finally {
    await browser.close();
    lab.close();
    peerLab?.close();
  }
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const date = new Date().toISOString().slice(0, 10);
  console.log(
    [
      '',
      `${date}; ${cpus()[0].model.trim()}, ${cpus().length} cores, ${gigabytes} GB, Node ${process.version}; Chromium without a GPU; ${seconds(began)}`,
      '',
      table(rows),
      ...notes.map(note => `\n${note}`)
    ].join('\n')
  );
  const missed = rows.filter(({ met }) => met === false).length;
  console.log(
    missed > 0 ? `\n${missed} of the bars missed.` : '\nAll bars met.'
  );
  return missed > 0 ? 1 : 0;
});
