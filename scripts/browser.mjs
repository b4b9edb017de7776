import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

import { Failure } from './failure.mjs';
import { uiTests } from './paths.mjs';
import { run } from './process.mjs';
import { seconds } from './steps.mjs';

const NAMES = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'chrome'
];

function usualPlaces() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium'].map(
      name => `/Applications/${name}.app/Contents/MacOS/${name}`
    );
  }
  if (process.platform === 'win32') {
    const { ProgramFiles, LOCALAPPDATA } = process.env;
    return [ProgramFiles, process.env['ProgramFiles(x86)'], LOCALAPPDATA]
      .filter(Boolean)
      .map(folder => join(folder, 'Google/Chrome/Application/chrome.exe'));
  }
  return [];
}

function installed() {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return NAMES.flatMap(name => folders.map(dir => join(dir, name + suffix)))
    .concat(usualPlaces())
    .find(path => existsSync(path));
}

function playwrights() {
  try {
    const require = createRequire(join(uiTests, 'package.json'));
    const path = require('playwright-core').chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

async function installDebians() {
  const start = performance.now();
  process.stdout.write("Installing Debian's chromium ... ");
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt', 'apt-get', ['update'], { env });
    await run(
      'apt',
      'apt-get',
      ['install', '--yes', '--no-install-recommends', 'chromium'],
      { env, append: true }
    );
  } catch (error) {
    console.log(`failed after ${seconds(start)}`);
    throw error;
  }
  console.log(seconds(start));
  return installed();
}

/**
 * The program of a Chrome or Chromium: what CHROMIUM_PATH names, an installed
 * one, Playwright's own, or Debian's, which is installed where that is allowed.
 */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) {
      throw new Failure(`CHROMIUM_PATH names ${named}, which is not there.`);
    }
    return named;
  }
  const found = installed() ?? playwrights();
  if (found) {
    return found;
  }
  const apt = spawnSync('apt-get', ['--version']).status === 0;
  const path =
    apt && process.getuid?.() === 0 ? await installDebians() : undefined;
  if (!path) {
    throw new Failure(
      'The browser tests need Google Chrome or Chromium: install one of them, or set CHROMIUM_PATH to where it is.'
    );
  }
  return path;
}
