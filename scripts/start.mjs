import { realpathSync, statSync } from 'node:fs';
import {
  basename,
  dirname,
  isAbsolute,
  join,
  relative,
  resolve,
  sep
} from 'node:path';

import { Failure, main } from './failure.mjs';
import { checkNode } from './prerequisites.mjs';
import { python, root } from './paths.mjs';
import { foreground } from './process.mjs';
import {
  runExample,
  setUpExtension,
  setUpPackages,
  setUpPython
} from './setup.mjs';
import { seconds } from './steps.mjs';

const RESULTS = /\.(h5|hdf5)$/i;

/** Splits the command's arguments into the file and those of `jupyter lab`. */
function readArguments(args) {
  const at = args.findIndex(
    (arg, index) => !arg.startsWith('-') && (index === 0 || RESULTS.test(arg))
  );
  return at < 0
    ? { file: null, rest: args }
    : { file: args[at], rest: args.filter((_, index) => index !== at) };
}

// npm runs the command in the checkout; INIT_CWD is where the user typed it.
function findFile(file) {
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), file);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) {
    throw new Failure(`There is no file ${path}.`);
  }
  if (!stat.isFile()) {
    throw new Failure(`${path} is a folder: name a file in it.`);
  }
  return realpathSync(path);
}

/**
 * The folder that JupyterLab shows: the checkout for a file in it, else the
 * file's own. Jupyter serves nothing below a hidden folder.
 */
function serverRoot(file) {
  const checkout = realpathSync(root);
  const path = relative(checkout, file);
  const servable =
    !isAbsolute(path) && !path.split(sep).some(part => part.startsWith('.'));
  return servable ? checkout : dirname(file);
}

function labArguments(file, rest) {
  const folder = serverRoot(file);
  const path = relative(folder, file).split(sep).map(encodeURIComponent);
  const args = [
    '-m',
    'jupyterlab',
    `--ServerApp.root_dir=${folder}`,
    `--LabApp.default_url=/lab/tree/${path.join('/')}`
  ];
  if (process.getuid?.() === 0) {
    console.log('Passing --allow-root to JupyterLab, since you are root.');
    args.push('--allow-root');
  }
  return args.concat(rest);
}

async function exampleFile() {
  if (process.platform === 'win32') {
    console.log(
      'NEURON has no pip package for Windows, so a file that is in the checkout is opened.'
    );
    return join(root, 'fixtures', 'storage.h5');
  }
  return runExample();
}

await main(async () => {
  const start = performance.now();
  checkNode();
  const { file, rest } = readArguments(process.argv.slice(2));
  const named = file === null ? null : findFile(file);
  await setUpPython();
  await setUpPackages();
  await setUpExtension();
  const path = named ?? realpathSync(await exampleFile());
  const args = labArguments(path, rest);
  console.log(`Ready after ${seconds(start)}: opening ${basename(path)}.`);
  return foreground(python, args, dirname(path));
});
