import { join } from 'node:path';

import { python, root, uiTests } from './paths.mjs';
import { readJest, readPlaywright, readPytest } from './reports.mjs';

const node = (folder, ...program) => [
  process.execPath,
  join(folder, 'node_modules', ...program)
];
const module = name => [python, '-m', name];

const eslint = node(root, 'eslint', 'bin', 'eslint.js');
const prettier = node(root, 'prettier', 'bin', 'prettier.cjs');
const stylelint = node(root, 'stylelint', 'bin', 'stylelint.mjs');
const tsc = node(root, 'typescript', 'bin', 'tsc');
const jest = node(root, 'jest', 'bin', 'jest.js');
const playwright = node(uiTests, '@playwright', 'test', 'cli.js');

const PRETTIER_FILES = '**/*{.ts,.tsx,.js,.mjs,.css,.json,.md}';

/**
 * The tools of `npm test` in their order: the kind that `--only` picks, what
 * must be set up before, and the commands. A tool with a report is a runner of
 * tests, counted by `read`; any other counts as one.
 */
export const tools = [
  {
    name: 'eslint',
    kind: 'lint',
    // Without their packages the types of the browser tests are unknown.
    needs: ['packages', 'uiPackages'],
    commands: () => [[...eslint, '.', '--max-warnings', '0']]
  },
  {
    name: 'prettier',
    kind: 'lint',
    needs: ['packages'],
    commands: () => [[...prettier, '--check', PRETTIER_FILES]]
  },
  {
    name: 'stylelint',
    kind: 'lint',
    needs: ['packages'],
    commands: () => [[...stylelint, 'style/**/*.css']]
  },
  {
    name: 'ruff',
    kind: 'lint',
    needs: ['pythonTools'],
    commands: () => [
      [...module('ruff'), 'check', '.'],
      [...module('ruff'), 'format', '--check', '.']
    ]
  },
  {
    name: 'tsc',
    kind: 'types',
    needs: ['packages', 'uiPackages'],
    commands: () => [
      [...tsc, '--noEmit'],
      [...tsc, '--noEmit', '--project', 'ui-tests']
    ]
  },
  {
    name: 'mypy',
    kind: 'types',
    needs: ['pythonTools'],
    commands: () => [module('mypy')]
  },
  {
    name: 'jest',
    kind: 'jest',
    needs: ['packages'],
    report: 'jest.json',
    read: readJest,
    commands: report => [[...jest, '--json', `--outputFile=${report}`]]
  },
  {
    name: 'pytest',
    kind: 'pytest',
    needs: ['pythonTools', 'extension'],
    report: 'pytest.xml',
    read: readPytest,
    commands: report => [
      [...module('pytest'), '-n', 'auto', `--junitxml=${report}`]
    ]
  },
  {
    name: 'ui',
    kind: 'ui',
    needs: ['pythonTools', 'extension', 'uiPackages', 'h5web', 'browser'],
    report: 'playwright.json',
    read: readPlaywright,
    live: true,
    cwd: uiTests,
    commands: () => [[...playwright, 'test']]
  }
];
