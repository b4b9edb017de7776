import js from '@eslint/js';
import jupyter from '@jupyter/eslint-plugin';
import { defineConfig } from 'eslint/config';
import prettierRecommended from 'eslint-plugin-prettier/recommended';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const TESTS = ['src/**/__tests__/**', 'ui-tests/tests/**'];
const PLOTLY = '/^plotly\\.js/';

/**
 * A wall around some files: they import what matches one of `allowed`, and
 * nothing else. A file obeys the last wall that names it.
 */
function wall(files, allowed, more = []) {
  return {
    files: files.map(file => `src/${file}`),
    ignores: TESTS,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(?!(?:${allowed.join('|')})$)`,
              message:
                'The walls between the folders (ARCHITECTURE.md) forbid this import.'
            },
            ...more
          ]
        }
      ]
    }
  };
}

const SIBLINGS = '\\./[\\w-]+';
const REFS = '\\.\\./refs/[\\w-]+';
const LUMINO = '@lumino/[\\w-]+';
const JUPYTERLAB = '@jupyterlab/(?!application)[\\w-]+';
const from = (folder, ...names) =>
  `\\.\\./${folder}/(?:${names.join('|') || '[\\w-]+'})`;
const STYLE = '\\.\\./\\.\\./style/[\\w-]+\\.css';
const beside = (...names) => `\\./(?:${names.join('|')})`;

const walls = [
  wall(['index.ts', 'plugins/**/*.ts'], ['(?!h5wasm|plotly\\.js).*']),
  wall(['refs/*.ts'], [SIBLINGS]),
  // The worker's side of hdf5, and the only code that names h5wasm.
  wall(
    ['hdf5/*.ts'],
    [
      '\\./(?!(?:calls|client|give|spawn|stopping|worker)$)[\\w-]+',
      REFS,
      'h5wasm'
    ]
  ),
  // What reads a file knows nothing of the messages that ask it to.
  wall(
    [
      'hdf5/{arraycache,arrays,bytes,decimate,engine,errors,facts,links,preview,reader,trace}.ts'
    ],
    [
      '\\./(?!(?:calls|client|dispatch|give|protocol|spawn|stopping|worker)$)[\\w-]+',
      REFS,
      'h5wasm'
    ]
  ),
  // What both sides share.
  wall(
    ['hdf5/{source,protocol}.ts'],
    [
      beside('source', 'protocol'),
      REFS,
      '@lumino/disposable',
      '@lumino/signaling'
    ]
  ),
  // The page's side.
  wall(
    ['hdf5/{calls,client,give,spawn,stopping}.ts'],
    [
      beside('calls', 'give', 'spawn', 'stopping', 'protocol', 'source'),
      REFS,
      LUMINO
    ]
  ),
  wall(
    ['plot/**/*.ts'],
    [SIBLINGS, REFS, LUMINO, '@jupyterlab/translation', 'plotly\\.js.*'],
    [
      {
        regex: '^plotly\\.js',
        allowTypeImports: true,
        message: 'Load plotly.js by import(), when something is drawn.'
      }
    ]
  ),
  wall(
    ['mime/**/*.ts'],
    [
      SIBLINGS,
      REFS,
      from('hdf5', 'source'),
      from('plot', 'loader'),
      from('viewer', '(?!document$|create$|viewer$|shell$)[\\w-]+'),
      STYLE,
      LUMINO,
      JUPYTERLAB
    ]
  ),
  wall(
    ['viewer/**/*.ts'],
    [
      SIBLINGS,
      REFS,
      from('hdf5', 'source', 'client'),
      from('plot'),
      STYLE,
      LUMINO,
      JUPYTERLAB
    ]
  )
];

export default defineConfig([
  {
    ignores: [
      '**/node_modules',
      '.cache',
      '.venv',
      '.yarn',
      'build',
      'coverage',
      'dist',
      'lib',
      'neuronvisio',
      'Sims',
      'ui-tests/playwright-report',
      'ui-tests/test-results'
    ]
  },
  js.configs.recommended,
  prettierRecommended,
  {
    rules: {
      curly: ['error', 'all'],
      eqeqeq: 'error',
      'prefer-arrow-callback': 'error',
      'max-lines': [
        'error',
        { max: 350, skipBlankLines: true, skipComments: true }
      ],
      'max-lines-per-function': [
        'error',
        { max: 60, skipBlankLines: true, skipComments: true }
      ]
    }
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals.node }
  },
  {
    // What is measured is looked at by functions that run in the page.
    files: ['bench/*.mjs'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } }
  },
  {
    files: ['**/*.js'],
    languageOptions: { sourceType: 'commonjs' }
  },
  {
    files: ['src/**/*.ts', 'ui-tests/tests/**/*.ts'],
    plugins: { jupyter },
    extends: [
      tseslint.configs.recommendedTypeChecked,
      jupyter.configs.recommended
    ],
    languageOptions: {
      globals: { ...globals.browser, ...globals.es2020 },
      parserOptions: {
        project: ['./tsconfig.json', './ui-tests/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname
      }
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'interface',
          format: ['PascalCase'],
          custom: { regex: '^I[A-Z]', match: true }
        }
      ],
      // A token's interface gives a widget's its name.
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowInterfaces: 'with-single-extends' }
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      // A class and a namespace of one name are how Lumino spells options.
      '@typescript-eslint/no-namespace': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { args: 'none' }],
      // It would take 'index' | string for a mistake, which says what to expect.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      // A method may answer a promise because its interface says so.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Signals take the method and its object apart: connect(this._f, this).
      '@typescript-eslint/unbound-method': 'off'
    }
  },
  ...walls,
  {
    files: ['src/**/*.ts'],
    ignores: ['src/plot/**', ...TESTS],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: `ImportExpression[source.value=${PLOTLY}]`,
          message: 'Only src/plot loads plotly.js.'
        },
        {
          selector: 'ImportExpression[source.value=/^h5wasm/]',
          message: 'h5wasm belongs to the worker.'
        }
      ]
    }
  },
  {
    files: TESTS.flatMap(folder => [`${folder}/*.ts`, folder]),
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      'jupyter/no-untranslated-string': 'off',
      'jupyter/require-disposable-ownership': 'off',
      'jupyter/require-disposable-transfer': 'off'
    }
  }
]);
