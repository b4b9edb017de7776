import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';

import { Failure } from './failure.mjs';
import { cache, environment, root } from './paths.mjs';

const windows = process.platform === 'win32';
const TAIL = 40;
const running = new Set();

// JupyterLab in the foreground deals with signals itself.
let lab = false;

/** Stops a child and what it started; its own process group makes that sure. */
function stop(child, signal) {
  if (windows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
  } else {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It ended by itself a moment ago.
    }
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (lab) {
      return;
    }
    running.forEach(child => stop(child, signal));
    console.error('\nStopped.');
    process.exit(130);
  });
}

// npm passes a signal on to its shell, which ends without telling this process:
// then the shell is no longer the parent, and the signal is made up for.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  const watch = () => {
    if (process.ppid !== parent) {
      process.kill(process.pid, 'SIGTERM');
    }
  };
  setInterval(watch, 500).unref();
}

/**
 * Runs a program with its output going to a log file, and to the terminal too
 * when `live`. Answers its exit code, standard output and the log's end.
 */
export function capture(log, command, args, options = {}) {
  const folder = join(cache, 'logs');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${log}.log`);
  const sink = createWriteStream(file, { flags: options.append ? 'a' : 'w' });
  sink.write(`$ ${[command, ...args].join(' ')}\n`);
  const child = spawn(command, args, {
    cwd: options.cwd ?? root,
    env: environment(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !windows
  });
  running.add(child);
  options.started?.(child.pid);
  const out = [];
  const both = [];
  const take = chunk => {
    sink.write(chunk);
    both.push(chunk);
    if (options.live) {
      process.stdout.write(chunk);
    }
  };
  child.stdout.on('data', chunk => {
    out.push(chunk);
    take(chunk);
  });
  child.stderr.on('data', take);
  return new Promise((resolve, reject) => {
    child.on('error', error => {
      running.delete(child);
      reject(new Failure(`${command} could not be started: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      sink.end(() =>
        resolve({
          code: code ?? 1,
          signal,
          stdout: Buffer.concat(out).toString(),
          tail: lastLines(Buffer.concat(both).toString()),
          file: relative(root, file)
        })
      );
    });
  });
}

function lastLines(text) {
  return text.trimEnd().split(/\r?\n/).slice(-TAIL).join('\n');
}

/** Runs a program as `capture` does; anything but success is a Failure. */
export async function run(log, command, args, options = {}) {
  const result = await capture(log, command, args, options);
  if (result.code !== 0) {
    throw new Failure(
      `${result.tail}\n\nThis failed; all of its output is in ${result.file}.`
    );
  }
  return result.stdout;
}

/**
 * Runs JupyterLab in the foreground and answers its exit code. A terminal's
 * Ctrl+C reaches JupyterLab by itself, so only other signals are passed on.
 */
export function foreground(command, args, cwd) {
  lab = true;
  const child = spawn(command, args, {
    cwd,
    env: environment(),
    stdio: 'inherit'
  });
  const pass = signal => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) {
      child.kill(signal);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, pass);
  }
  return new Promise((resolve, reject) => {
    child.on('error', error => {
      reject(new Failure(`JupyterLab could not be started: ${error.message}`));
    });
    child.on('exit', (code, signal) => resolve(signal ? 130 : code));
  });
}
