const { execFileSync } = require('node:child_process');
const { existsSync, mkdirSync, mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');

const baseConfig = require('@jupyterlab/galata/lib/playwright-config');

const checkout = resolve(__dirname, '..');
const python = [
  join(checkout, '.venv', 'bin', 'python'),
  join(checkout, '.venv', 'Scripts', 'python.exe')
].find(path => existsSync(path));
const h5web = join(checkout, '.cache/h5web/share/jupyter/labextensions');

// Every worker loads this file again and has to come to the same values, so
// each is made once and handed on by the environment.
function once(name, make) {
  process.env[name] = process.env[name] || make();
  return process.env[name];
}

function freePort() {
  const script = `const server = require('net').createServer();
    server.listen(0, 'localhost', () => {
      console.log(server.address().port);
      server.close();
    });`;
  return execFileSync(process.execPath, ['-e', script]).toString().trim();
}

const folder = once('NEURONVISIO_UI_ROOT', () =>
  mkdtempSync(join(tmpdir(), 'neuronvisio-ui-'))
);

// For specs whose files are made as they run.
once('NEURONVISIO_UI_PYTHON', () => python);

/** A project and its Jupyter server with a root folder of its own. */
function project(
  name,
  files,
  { app = 'jupyterlab', page = 'lab', beside = '' } = {}
) {
  const key = name.toUpperCase().replace(/-/g, '_');
  const port = once(`NEURONVISIO_UI_PORT_${key}`, freePort);
  const root = join(folder, name);
  mkdirSync(root, { recursive: true });
  const baseURL = `http://localhost:${port}`;
  return {
    project: { name, ...files, use: { baseURL } },
    server: {
      command: `"${python}" -m ${app} --config jupyter_server_test_config.py`,
      cwd: __dirname,
      url: `${baseURL}/${page}`,
      timeout: 120 * 1000,
      reuseExistingServer: false,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 5000 },
      env: {
        NEURONVISIO_UI_PORT: port,
        NEURONVISIO_UI_BESIDE: beside,
        JUPYTERLAB_GALATA_ROOT_DIR: root,
        JUPYTER_CONFIG_DIR: join(folder, 'config'),
        JUPYTER_DATA_DIR: join(folder, 'data'),
        JUPYTER_RUNTIME_DIR: join(folder, `runtime-${name}`)
      }
    }
  };
}

const projects = [
  project('lab', { testIgnore: /\.(h5web|notebook)\.spec\.ts$/ }),
  project(
    'lab-with-h5web',
    { testMatch: '**/*.h5web.spec.ts' },
    { beside: h5web }
  ),
  project(
    'notebook',
    { testMatch: '**/*.notebook.spec.ts' },
    { app: 'notebook', page: 'tree' }
  )
];

module.exports = {
  ...baseConfig,
  testDir: join(__dirname, 'tests'),
  outputDir: join(__dirname, 'test-results'),
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // A busy machine takes its time; nothing waits longer than it has to.
  expect: { ...baseConfig.expect, timeout: 15 * 1000 },
  reporter: [
    ['list'],
    [
      'json',
      {
        outputFile:
          process.env.NEURONVISIO_REPORT ||
          join(checkout, '.cache', 'playwright.json')
      }
    ],
    ['html', { open: 'never', outputFolder: 'playwright-report' }]
  ],
  use: {
    ...baseConfig.use,
    video: 'off', // a video needs Playwright's own ffmpeg
    screenshot: 'only-on-failure',
    trace: 'off', // it makes each test longer by half
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || undefined,
      args: [
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync'
      ]
    }
  },
  projects: projects.map(({ project }) => project),
  webServer: projects.map(({ server }) => server)
};
