import { openPage } from './lab.mjs';
import { median, row } from './table.mjs';

const ROUNDS = 9;
const NAME = 'jupyterlab-neuronvisio';

/** What JupyterLab loads and does at its start because of us. */
export async function atStart({ browser, lab }) {
  const sizes = [];
  const times = [];
  for (let i = 0; i < ROUNDS; i++) {
    let stop = null;
    const page = await openPage(browser, lab.port, async fresh => {
      const session = await fresh.context().newCDPSession(fresh);
      await session.send('Profiler.enable');
      await session.send('Profiler.setSamplingInterval', { interval: 100 });
      await session.send('Profiler.start');
      stop = () => session.send('Profiler.stop');
    });
    const { profile } = await stop();
    times.push(ownTime(profile));
    sizes.push(await page.evaluate(scriptBytes, NAME));
    await page.context().close();
  }
  const [bytes, time] = [median(sizes), median(times)];
  return {
    rows: [
      row('JavaScript at the start of JupyterLab', {
        ours: `${(bytes / 1000).toFixed(1)} kB, ${time.toFixed(1)} ms`,
        bar: '60 kB, 10 ms',
        met: bytes < 60_000 && time < 10
      })
    ]
  };
}

/** Milliseconds in our own scripts. */
function ownTime({ nodes, samples, timeDeltas }) {
  const ownNodes = new Set(
    nodes
      .filter(({ callFrame }) => callFrame.url.includes(NAME))
      .map(({ id }) => id)
  );
  return (
    samples.reduce(
      (sum, id, i) => sum + (ownNodes.has(id) ? timeDeltas[i] : 0),
      0
    ) / 1000
  );
}

/** Bytes of the scripts of an extension that were loaded; runs in the page. */
function scriptBytes(name) {
  return performance
    .getEntriesByType('resource')
    .filter(entry => entry.name.includes(name) && /\.js(\?|$)/.test(entry.name))
    .reduce((sum, entry) => sum + entry.decodedBodySize, 0);
}
