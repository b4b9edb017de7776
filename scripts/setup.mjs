import {
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  unlinkSync
} from 'node:fs';
import { dirname, join } from 'node:path';

import { findPython } from './prerequisites.mjs';
import {
  h5web,
  h5webServer,
  jlpm,
  labextension,
  python,
  root,
  uiTests,
  venv
} from './paths.mjs';
import { run } from './process.mjs';
import { interrupted, step } from './steps.mjs';

const H5WEB = 'jupyterlab-h5web==12.8.0';
/** What its server needs beside what JupyterLab brings. */
const H5WEB_SERVER = ['h5grove==4.0.0', 'orjson', 'tifffile'];

const link = join(
  venv,
  'share',
  'jupyter',
  'labextensions',
  'jupyterlab-neuronvisio'
);
const PIP = ['-m', 'pip', 'install', '--disable-pip-version-check'];

const remove = path => rmSync(path, { recursive: true, force: true });

function isLink(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

// pip writes to and deletes what it recorded below this path. Through the link
// that would be the built extension itself.
function unlinkExtension() {
  if (isLink(link)) {
    unlinkSync(link);
  }
}

function makeEnvironment() {
  return step({
    id: 'venv',
    title: 'Making the Python environment in .venv',
    outputs: [python],
    // A pip killed half way can leave packages that look installed.
    stale: () =>
      interrupted('python') ||
      interrupted('python-test') ||
      !existsSync(python),
    reset: () => remove(venv),
    prepare: findPython,
    run: (started, [command, ...args]) =>
      run('venv', command, [...args, '-m', 'venv', venv], { started }).then(
        () => null
      )
  });
}

// The extension is built by a step of its own, so pip's build hook is off.
function pip(log, args, started) {
  return run(log, python, [...PIP, ...args], {
    started,
    env: { SKIP_JUPYTER_BUILDER: '1' }
  }).then(() => null);
}

function installPython() {
  return step({
    id: 'python',
    title: 'Installing JupyterLab, NEURON and this package into .venv',
    inputs: ['pyproject.toml', 'package.json', 'LICENSE'],
    outputs: [jlpm, join(root, 'neuronvisio', '_version.py')],
    run: started => {
      unlinkExtension();
      return pip('pip', ['--editable', '.[dev]'], started);
    }
  });
}

/** Installs the Python test tools. */
export function installPythonTestTools() {
  return step({
    id: 'python-test',
    title: 'Installing the Python test tools',
    inputs: ['pyproject.toml', 'package.json'],
    run: started => {
      unlinkExtension();
      return pip(
        'pip-test',
        ['--no-build-isolation', '--editable', '.[test]'],
        started
      ).finally(linkExtension);
    }
  });
}

function installPackages(id, title, folder) {
  const modules = join(root, folder, 'node_modules');
  const inputs = ['package.json', 'yarn.lock', '.yarnrc.yml'];
  return step({
    id,
    title,
    inputs: inputs.map(name => join(folder, name)),
    outputs: [join(modules, '.yarn-state.yml')],
    reset: () => remove(modules),
    run: started =>
      run(id, jlpm, ['install', '--immutable'], {
        cwd: join(root, folder),
        started
      }).then(() => null)
  });
}

/** Installs the packages of the browser tests. */
export function installUiPackages() {
  return installPackages(
    'ui-packages',
    'Installing the packages of the browser tests',
    uiTests.slice(root.length + 1)
  );
}

function build() {
  return step({
    id: 'build',
    title: 'Building the extension',
    inputs: [
      'src',
      'style',
      'schema',
      'package.json',
      'yarn.lock',
      'tsconfig.json',
      'webpack.config.js'
    ],
    outputs: ['package.json', 'static', 'static/style.js'].map(name =>
      join(labextension, name)
    ),
    run: started => {
      remove(labextension);
      return run('build', jlpm, ['build:prod'], { started }).then(() => null);
    }
  });
}

// `pip install --editable` copies the extension as it is at that moment. A link
// shows every later build too; on Windows a junction needs no special rights.
function linkExtension() {
  if (!existsSync(labextension)) {
    return;
  }
  if (existsSync(link) && realpathSync(link) === realpathSync(labextension)) {
    return;
  }
  unlinkExtension();
  remove(link);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(labextension, link, 'junction');
  console.log('Linked the extension into .venv, where JupyterLab finds it.');
}

/** Sets up what both commands need. */
export async function setUpPython() {
  await makeEnvironment();
  await installPython();
}

/** Installs the JavaScript packages. */
export function setUpPackages() {
  return installPackages('packages', 'Installing the JavaScript packages', '.');
}

/** Builds the extension and shows it to JupyterLab. */
export async function setUpExtension() {
  await build();
  linkExtension();
}

/** Runs the example model and answers the file that it saved. */
export function runExample() {
  return step({
    id: 'example',
    title: 'Running examples/ball_and_stick.py in NEURON',
    inputs: ['examples', 'neuronvisio'].concat('pyproject.toml'),
    keeps: file => [file],
    run: async started => {
      const output = await run(
        'example',
        python,
        [join('examples', 'ball_and_stick.py'), '--output-root', root],
        { started }
      );
      return output.trim().split(/\r?\n/).pop();
    }
  });
}

function installPeer({ id, title, folder, packages, output }) {
  return step({
    id,
    title,
    facts: packages,
    outputs: [output],
    run: started => {
      remove(folder);
      return pip(id, ['--target', folder, '--no-deps', ...packages], started);
    }
  });
}

/** Fetches jupyterlab-h5web's frontend into a folder of its own. */
export function installH5web() {
  return installPeer({
    id: 'h5web',
    title: 'Fetching jupyterlab-h5web for the tests beside it',
    folder: h5web,
    packages: [H5WEB],
    output: join(h5web, 'share', 'jupyter', 'labextensions')
  });
}

/** Fetches jupyterlab-h5web with its server's part, which the benchmark compares with. */
export function installH5webServer() {
  return installPeer({
    id: 'h5web-server',
    title: 'Fetching jupyterlab-h5web and its server for the benchmark',
    folder: h5webServer,
    packages: [H5WEB, ...H5WEB_SERVER],
    output: join(h5webServer, 'h5grove')
  });
}
