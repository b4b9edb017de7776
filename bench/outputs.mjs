import { join } from 'node:path';

import { python } from '../scripts/paths.mjs';
import { run } from '../scripts/process.mjs';
import { doubleClick, openPage, settled } from './lab.mjs';
import { median, ms, row } from './table.mjs';

const COUNT = 50;

/** A notebook of many outputs: what each takes to paint, and scrolling through them. */
export async function outputs({ browser, lab, files }) {
  const args = [join('bench', 'outputs.py'), files, String(COUNT)];
  await run('bench-outputs', python, args);
  const page = await openPage(browser, lab.port);
  await page.evaluate(watchOutputs);
  await doubleClick(page, 'outputs.ipynb');
  await page.locator('.jp-NeuronvisioOutput').first().waitFor();
  await settled(page, 1500);
  const before = await page.evaluate(
    () => window.neuronvisioOutputs.paints.length
  );
  const notebook = page.locator('.jp-NotebookPanel-notebook');
  await notebook.hover();
  await page.evaluate(() => window.neuronvisioOutputs.tasks.splice(0));
  for (let turn = 0; turn < 400; turn++) {
    await page.mouse.wheel(0, 250);
    await page.waitForTimeout(50);
    if (await page.evaluate(isAtEnd)) {
      break;
    }
  }
  await settled(page, 1000);
  const { paints, tasks } = await page.evaluate(() => ({
    paints: window.neuronvisioOutputs.paints,
    tasks: window.neuronvisioOutputs.tasks
  }));
  await page.context().close();
  const worst = Math.max(...paints);
  const longest = Math.max(0, ...tasks);
  return {
    rows: [
      row(
        `notebook output → painted, ${paints.length} outputs (${before} at opening)`,
        {
          ours: `${ms(median(paints))}, worst ${ms(worst)}`,
          bar: '150 ms each',
          met: worst < 150
        }
      ),
      row(`scroll through ${COUNT} outputs, longest task`, {
        ours: `${Math.round(longest)} ms, ${tasks.length} over 50 ms`,
        bar: '50 ms',
        met: longest <= 50
      })
    ]
  };
}

/** Notes how long each output takes from coming into view until its line is painted; runs in the page. */
function watchOutputs() {
  const paints = [];
  const tasks = [];
  window.neuronvisioOutputs = { paints, tasks };
  new PerformanceObserver(list =>
    tasks.push(...list.getEntries().map(entry => entry.duration))
  ).observe({ type: 'longtask' });
  const isPainted = node =>
    [...node.querySelectorAll('.scatterlayer path.js-line')].some(
      path => (path.getAttribute('d') ?? '').length > 20
    );
  const follow = (node, start) => {
    const wait = () => {
      if (isPainted(node)) {
        paints.push(performance.now() - start);
      } else if (performance.now() - start < 10_000) {
        requestAnimationFrame(wait);
      }
    };
    wait();
  };
  // To ask each where it is would have the browser lay out what it leaves out of sight.
  const inView = new IntersectionObserver(entries => {
    for (const { isIntersecting, target, time } of entries) {
      if (isIntersecting) {
        inView.unobserve(target);
        follow(target, time);
      }
    }
  });
  const seen = new WeakSet();
  const look = () => {
    for (const node of document.querySelectorAll('.jp-NeuronvisioOutput')) {
      if (!seen.has(node)) {
        seen.add(node);
        inView.observe(node);
      }
    }
    requestAnimationFrame(look);
  };
  look();
}

/** Whether the notebook is scrolled to its end; runs in the page. */
function isAtEnd() {
  const node =
    document.querySelector('.jp-WindowedPanel-outer') ??
    document.querySelector('.jp-NotebookPanel-notebook');
  return node.scrollTop + node.clientHeight >= node.scrollHeight - 2;
}
