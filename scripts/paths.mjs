import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const windows = process.platform === 'win32';

/** The checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The Python environment that the commands make and own. */
export const venv = join(root, '.venv');

/** The environment's folder of programs. */
export const venvBin = join(venv, windows ? 'Scripts' : 'bin');

/** The environment's Python. */
export const python = join(venvBin, windows ? 'python.exe' : 'python');

/** The environment's jlpm, which is the yarn that comes with JupyterLab. */
export const jlpm = join(venvBin, windows ? 'jlpm.exe' : 'jlpm');

/** What is known about finished steps; gone with the environment. */
export const stamps = join(venv, '.cache');

/** Logs, reports and everything else that may be deleted at any time. */
export const cache = join(root, '.cache');

/** The built extension, as the wheel and JupyterLab take it. */
export const labextension = join(root, 'neuronvisio', 'labextension');

/** jupyterlab-h5web's frontend, kept apart for the tests beside it. */
export const h5web = join(cache, 'h5web');

/** The same with its server's part, for the benchmark. */
export const h5webServer = join(cache, 'h5web-server');

/** Where the browser tests live. */
export const uiTests = join(root, 'ui-tests');

/**
 * The variables for child processes: the environment's programs and this very
 * Node come first on the search path.
 */
export function environment(extra = {}) {
  const env = { ...process.env, VIRTUAL_ENV: venv };
  const name = Object.keys(env).find(key => key.toUpperCase() === 'PATH');
  const path = [venvBin, dirname(process.execPath)];
  if (name) {
    path.push(env[name]);
  }
  env[name ?? 'PATH'] = path.join(delimiter);
  delete env.PYTHONHOME;
  return { ...env, ...extra };
}
