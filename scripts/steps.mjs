import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { join, relative } from 'node:path';

import { Failure } from './failure.mjs';
import { root, stamps } from './paths.mjs';

const WAIT_SECONDS = 600;

const stampOf = id => join(stamps, `${id}.json`);
const markerOf = id => join(stamps, `${id}.running`);

/** The seconds since `start` (of `performance.now()`), for people to read. */
export function seconds(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

const SKIPPED = /[\\/](__tests__|__pycache__|labextension)$/;

function files(paths) {
  const found = [];
  const walk = path => {
    if (SKIPPED.test(path) || !existsSync(path)) {
      return;
    }
    if (statSync(path).isDirectory()) {
      readdirSync(path).forEach(name => walk(join(path, name)));
    } else {
      found.push(path);
    }
  };
  paths.forEach(path => walk(join(root, path)));
  return found.sort();
}

// The checkout's own place counts: environments and links hold absolute paths.
function hash(paths, facts) {
  const sum = createHash('sha256').update(JSON.stringify([root, facts]));
  for (const path of files(paths)) {
    sum.update(`\n${relative(root, path)}\n`).update(readFileSync(path));
  }
  return sum.digest('hex');
}

function readStamp(id) {
  try {
    return JSON.parse(readFileSync(stampOf(id), 'utf8'));
  } catch {
    return null;
  }
}

/** Whether this step was begun and neither finished nor failed by itself. */
export function interrupted(id) {
  return existsSync(markerOf(id));
}

function alive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  // In a container nobody may collect the ended ones: Linux tells them as Z.
  try {
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

// Two commands at once, or the orphan of a killed one, must not write into the
// same folder: the later one waits for the process that the marker names.
async function waitForOther(id) {
  const marker = markerOf(id);
  let said = false;
  for (let waited = 0; waited < WAIT_SECONDS && existsSync(marker); waited++) {
    const pid = Number(readFileSync(marker, 'utf8'));
    if (!pid || pid === process.pid || !alive(pid)) {
      return;
    }
    if (!said) {
      said = true;
      console.log(
        `Waiting for process ${pid}, which is setting up this checkout already` +
          ` (if it is not, delete ${relative(root, marker)}).`
      );
    }
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
}

/**
 * Does a step of the setup unless its inputs are those of the last success.
 *
 * A step is `{id, title, inputs, facts, outputs, keeps, stale, prepare, reset,
 * run}`: the files and values it depends on, the files that must stand
 * afterwards (those of `keeps` follow from the answer), what else makes it due,
 * what to find out first, how to clear what an interrupted run left, and the
 * work. That gets a function to tell the id of the process doing it, and what
 * `prepare` found. Answers what the work answered, now or at its last success.
 */
export async function step(options) {
  const { id, title, inputs = [], facts = [], outputs = [] } = options;
  await waitForOther(id);
  const want = hash(inputs, facts);
  const had = readStamp(id);
  const kept = value => outputs.concat(options.keeps?.(value) ?? []);
  if (
    had?.hash === want &&
    !interrupted(id) &&
    !options.stale?.() &&
    kept(had.value).every(path => existsSync(path))
  ) {
    return had.value;
  }
  const prepared = options.prepare?.();
  const start = performance.now();
  process.stdout.write(`${title} ... `);
  if (interrupted(id) || options.stale?.()) {
    options.reset?.();
  }
  mkdirSync(stamps, { recursive: true });
  rmSync(stampOf(id), { force: true });
  const started = pid => writeFileSync(markerOf(id), String(pid));
  started(process.pid);
  try {
    const value = await options.run(started, prepared);
    const missing = kept(value).find(path => !existsSync(path));
    if (missing) {
      throw new Failure(`It ended without making ${relative(root, missing)}.`);
    }
    writeFileSync(stampOf(id), JSON.stringify({ hash: want, value }));
    console.log(seconds(start));
    return value;
  } catch (error) {
    console.log(`failed after ${seconds(start)}`);
    throw error;
  } finally {
    rmSync(markerOf(id), { force: true });
  }
}
