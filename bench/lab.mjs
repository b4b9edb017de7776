import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { environment, python, uiTests, venv } from '../scripts/paths.mjs';

const require = createRequire(join(uiTests, 'package.json'));

async function freePort() {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** The layouts of the files; most is measured on the first. */
export const LAYOUTS = ['manager', 'original'];

/** Milliseconds after which the peer is given up. */
export const PATIENCE = 60_000;

/**
 * A JupyterLab over a folder, with our extension alone or the peer's alone.
 * `peer` is the folder that pip installed the peer into.
 */
export async function startLab(root, peer = null) {
  const port = await freePort();
  const state = mkdtempSync(join(tmpdir(), 'neuronvisio-bench-'));
  const extensions = join(peer ?? venv, 'share', 'jupyter', 'labextensions');
  const args = [
    ...['-m', 'jupyterlab', '--no-browser', '--allow-root'],
    ...[`--port=${port}`, '--ServerApp.ip=127.0.0.1'],
    ...[`--ServerApp.root_dir=${root}`, '--LabApp.expose_app_in_browser=True'],
    ...['--IdentityProvider.token=', '--ServerApp.password='],
    ...['--ServerApp.disable_check_xsrf=True', '--ServerApp.log_level=ERROR'],
    ...['--LabApp.news_url=', '--ServerApp.terminals_enabled=False'],
    `--LabApp.labextensions_path=${extensions}`,
    ...(peer
      ? ["--ServerApp.jpserver_extensions={'jupyterlab_h5web': True}"]
      : [])
  ];
  const env = environment({
    JUPYTER_CONFIG_DIR: join(state, 'config'),
    JUPYTER_DATA_DIR: join(state, 'data'),
    JUPYTER_RUNTIME_DIR: join(state, 'runtime'),
    ...(peer
      ? { PYTHONPATH: [peer, process.env.PYTHONPATH ?? ''].join(delimiter) }
      : {})
  });
  const child = spawn(python, args, { env, stdio: 'ignore' });
  const lab = {
    port,
    megabytes: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1024;
    },
    close: () => child.kill()
  };
  for (let tries = 0; tries < 300; tries++) {
    const there = await fetch(`http://127.0.0.1:${port}/api`).catch(() => null);
    if (there?.ok) {
      return lab;
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  child.kill();
  throw new Error('JupyterLab did not start within a minute.');
}

/** A headless browser. */
export function startBrowser(executablePath) {
  return require('playwright-core').chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--js-flags=--expose-gc']
  });
}

/** A page of JupyterLab of its own, nothing opened in it before; the port may be a link's. `prepare` is called before it loads. */
export async function openPage(browser, port, prepare = () => undefined) {
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 }
  });
  const page = await context.newPage();
  await page.addInitScript(installBeats);
  await page.addInitScript(installIsSeen);
  await page.addInitScript(installProbe);
  await prepare(page);
  await page.goto(`http://127.0.0.1:${port}/lab?reset`);
  await page.waitForFunction(() => window.jupyterapp, null, {
    timeout: 120_000
  });
  await page.evaluate(() => window.jupyterapp.restored);
  await page
    .locator('.jp-DirListing-item')
    .first()
    .waitFor({ timeout: 60_000 });
  await settled(page);
  // A server that is busy for long makes JupyterLab say that it is gone.
  const dialog = page.locator('.jp-Dialog');
  await page.addLocatorHandler(dialog, () => page.keyboard.press('Escape'));
  return page;
}

/** Settles when the page has had nothing long to do for a moment; it asks for no frames, so that the page rests as before a user who looks. */
export function settled(page, quiet = 700) {
  return page.evaluate(
    wanted =>
      new Promise(resolve => {
        let since = performance.now();
        let last = since;
        const look = () => {
          const now = performance.now();
          if (now - last > 100) {
            since = now;
          }
          last = now;
          if (now - since > wanted) {
            resolve();
          } else {
            setTimeout(look, 50);
          }
        };
        look();
      }),
    quiet
  );
}

/**
 * Runs in the page: calls each of `neuronvisioBeats` when a frame begins, and
 * right before it is painted.
 */
function installBeats() {
  // Its size changes in each frame, and is told when that is laid out.
  const beat = document.createElement('div');
  beat.style.cssText =
    'position: fixed; top: 0; left: -9px; height: 1px; contain: strict';
  const beats = new Set();
  new ResizeObserver(() => beats.forEach(one => one.paints())).observe(beat);
  let isBeating = false;
  const pulse = () => {
    beat.style.width = beat.style.width === '1px' ? '2px' : '1px';
    beats.forEach(one => one.begins());
    isBeating = beats.size > 0;
    if (isBeating) {
      requestAnimationFrame(pulse);
    }
  };
  window.neuronvisioBeats = {
    delete: one => beats.delete(one),
    add: one => {
      document.body.append(beat);
      beats.add(one);
      // Twice in a frame would leave the size as it is.
      if (!isBeating) {
        isBeating = true;
        requestAnimationFrame(pulse);
      }
    }
  };
}

/** Runs in the page: tells the time from an event of the user's to a painted frame. */
function installProbe() {
  const longTasks = [];
  new PerformanceObserver(list => longTasks.push(...list.getEntries())).observe(
    { type: 'longtask', buffered: true }
  );
  window.neuronvisioProbe = (type, isDone) =>
    new Promise(resolve => {
      let start = null;
      let last = null;
      let widest = 0;
      const onEvent = event => {
        start ??= event.timeStamp;
        last ??= performance.now();
      };
      window.addEventListener(type, onEvent, { capture: true });
      const finish = () => {
        const end = performance.now();
        window.removeEventListener(type, onEvent, { capture: true });
        // The entry of a task comes a little after the task.
        setTimeout(() => {
          const tasks = longTasks
            .filter(task => task.startTime + task.duration > start)
            .filter(task => task.startTime < end)
            .map(task => task.duration);
          resolve({
            time: end - start,
            blocked: Math.max(0, ...tasks),
            frame: widest,
            nodes: document.querySelectorAll('*').length
          });
        }, 150);
      };
      const beat = {
        begins: () => {
          const now = performance.now();
          if (last !== null) {
            widest = Math.max(widest, now - last);
            last = now;
          }
        },
        paints: () => {
          if (start !== null && isDone()) {
            window.neuronvisioBeats.delete(beat);
            // The next task after the painting.
            setTimeout(finish, 0);
          }
        }
      };
      window.neuronvisioBeats.add(beat);
    });
}

/**
 * Does something in the page and measures from its first event of a type until
 * a condition holds and is painted: ms, the longest task over 50 ms, DOM nodes.
 */
export async function measure(page, { event, act, done, argument, limit }) {
  const measured = page.evaluate(
    ([type, condition, given]) => {
      const isDone = new Function(`return (${condition})`)();
      return window.neuronvisioProbe(type, () => isDone(given));
    },
    [event, String(done), argument ?? null]
  );
  // Where the act itself fails, that is what is told.
  measured.catch(() => undefined);
  // The page answers in order: by now it looks out for the event.
  await page.evaluate(() => undefined);
  await act();
  return within(measured, limit ?? 60_000);
}

/** Milliseconds for which a hand holds a button down in a double-click. */
const PRESS = 60;

/** Opens a file as a hand does, which takes its time for two clicks. */
export function doubleClick(page, file) {
  return page
    .locator('.jp-DirListing-item', { hasText: file })
    .dblclick({ delay: PRESS });
}

/** Measures from the double-click on a file. */
export function measureOpening(page, file, measured) {
  return measure(page, {
    event: 'dblclick',
    act: () => doubleClick(page, file),
    ...measured
  });
}

/** Whether an element is there; runs in the page. */
export function isThere(selector) {
  return document.querySelector(selector) !== null;
}

/** Whether an element is seen, and not under the spinner of its tab; runs in the page. */
export function isSeen(selector) {
  return window.neuronvisioIsSeen(document.querySelector(selector));
}

/** Runs in the page: whether an element is there, where a hand and an eye reach it. */
function installIsSeen() {
  window.neuronvisioIsSeen = element => {
    if (!element) {
      return false;
    }
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const spinner = element
      .closest('.jp-MainAreaWidget')
      ?.querySelector('.jp-Spinner');
    return (
      element.contains(document.elementFromPoint(x, y)) &&
      (!spinner ||
        getComputedStyle(spinner).backgroundColor === 'rgba(0, 0, 0, 0)')
    );
  };
}

/** Closes all tabs. */
export function closeAll(page) {
  return page.evaluate(() => window.jupyterapp.shell.closeAll());
}

/** The value of a promise, or null where it takes longer. */
async function within(promise, milliseconds) {
  let timer;
  const late = new Promise(resolve => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  const value = await Promise.race([promise, late]);
  clearTimeout(timer);
  promise.catch(() => undefined);
  return value;
}

/** The page's JavaScript heap in MB, after a collection. */
export async function heap(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1e6;
}

/** The folder of a run's own files; made when absent. */
export function folder(...names) {
  const path = join(...names);
  mkdirSync(path, { recursive: true });
  return path;
}
