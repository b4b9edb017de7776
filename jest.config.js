/**
 * Jest beside the folders it tests. Widgets are tested in jsdom, the default;
 * a test that reads files says `@jest-environment node` in its first comment.
 */

// Packages that ship ES modules only, which Jest cannot load as they are.
const ES_MODULES = [
  '@codemirror',
  '@jupyter',
  '@jupyterlab',
  '@lezer',
  '@marijn',
  '@microsoft',
  '@rjsf',
  'color',
  'd3-.*',
  'exenv-es6',
  'h5wasm',
  'internmap',
  'lib0',
  'marked',
  'nanoid',
  'vscode-ws-jsonrpc',
  'y-protocols',
  'y-websocket',
  'yjs'
].join('|');

module.exports = {
  testRegex: 'src/.*/__tests__/.*\\.spec\\.tsx?$',
  testEnvironment: '@jupyterlab/testing/lib/jest-env.js',
  setupFiles: ['<rootDir>/jest.setup.js'],
  moduleFileExtensions: [
    'ts',
    'tsx',
    'js',
    'jsx',
    'json',
    'node',
    'mjs',
    'cjs'
  ],
  moduleNameMapper: {
    '\\.(css|less|sass|scss)$': 'identity-obj-proxy',
    '\\.(gif|ttf|eot)$': '@jupyterlab/testing/lib/jest-file-mock.js',
    // Its exports are for ES modules alone; the browsers' build runs in Node too.
    '^h5wasm$': '<rootDir>/node_modules/h5wasm/dist/esm/hdf5_hl.js'
  },
  resolver: '@jupyterlab/testing/lib/jest-resolver.js',
  transform: {
    '\\.svg$': '@jupyterlab/testing/lib/jest-raw-loader.js',
    '\\.[mc]?[jt]sx?$': '<rootDir>/jest.transform.js'
  },
  transformIgnorePatterns: [`/node_modules/(?!${ES_MODULES}).+`],
  modulePathIgnorePatterns: [
    '<rootDir>/(\\.venv|build|dist|lib|neuronvisio|ui-tests)/'
  ],
  testTimeout: 20000
};
