import { findBrowser } from './browser.mjs';
import { Failure, main } from './failure.mjs';
import { checkNode } from './prerequisites.mjs';
import { capture } from './process.mjs';
import { freshReport } from './reports.mjs';
import {
  installH5web,
  installPythonTestTools,
  installUiPackages,
  setUpExtension,
  setUpPackages,
  setUpPython
} from './setup.mjs';
import { seconds } from './steps.mjs';
import { tools } from './tools.mjs';

const KINDS = [...new Set(tools.map(tool => tool.kind))];

/** What tools need, each with what has to be there before it. */
const SETUP = {
  python: { after: [], run: setUpPython },
  packages: { after: ['python'], run: setUpPackages },
  extension: { after: ['packages'], run: setUpExtension },
  pythonTools: { after: ['python'], run: installPythonTestTools },
  uiPackages: { after: ['python'], run: installUiPackages },
  h5web: { after: ['python'], run: installH5web },
  browser: {
    after: ['uiPackages'],
    run: async () => {
      process.env.CHROMIUM_PATH = await findBrowser();
      console.log(`The browser is ${process.env.CHROMIUM_PATH}.`);
    }
  }
};

/** Reads `--only KIND [arguments of that runner]`. */
function readArguments(args) {
  if (args.length === 0) {
    return { chosen: tools, rest: [] };
  }
  const [option, kind, ...rest] = args;
  const chosen = tools.filter(tool => tool.kind === kind);
  if (option !== '--only' || chosen.length === 0) {
    throw new Failure(
      `Use npm test, or npm test -- --only KIND, where KIND is one of ${KINDS.join(', ')}.`
    );
  }
  if (rest.length > 0 && chosen.length > 1) {
    throw new Failure(
      `More arguments are taken after one runner only, not after ${kind}.`
    );
  }
  return { chosen, rest };
}

/** Does the setup that `needs` name, once each; answers what failed. */
async function setUp(needs) {
  const failed = new Set();
  const done = new Set();
  const prepare = async name => {
    if (done.has(name) || failed.has(name)) {
      return;
    }
    for (const before of SETUP[name].after) {
      await prepare(before);
    }
    const missing = SETUP[name].after.find(before => failed.has(before));
    if (missing) {
      failed.add(name);
      return;
    }
    try {
      await SETUP[name].run();
      done.add(name);
    } catch (error) {
      failed.add(name);
      console.error(error instanceof Failure ? error.message : error.stack);
    }
  };
  for (const name of needs) {
    await prepare(name);
  }
  return failed;
}

// A runner that ran nothing or broke outside its tests has failed as well.
function counted(tool, ok) {
  if (!tool.read) {
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  }
  try {
    const counts = tool.read(tool.report);
    if ((!ok || counts.passed === 0) && counts.failed === 0) {
      return { ...counts, failed: 1 };
    }
    return counts;
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function runTool(tool, rest) {
  const start = performance.now();
  if (tool.live) {
    console.log(`${tool.name} ...`);
  }
  const report = tool.report && freshReport(tool.report);
  let ok = true;
  let output = '';
  for (const [index, [command, ...args]] of tool.commands(report).entries()) {
    const result = await capture(
      `test-${tool.name}`,
      command,
      args.concat(rest),
      {
        cwd: tool.cwd,
        live: tool.live,
        append: index > 0,
        env: report && { NEURONVISIO_REPORT: report }
      }
    );
    if (result.code !== 0) {
      ok = false;
      output += `\n${result.tail}\n(all of it is in ${result.file})`;
    }
  }
  const counts = counted(tool, ok);
  const time = seconds(start);
  console.log(`${tool.name}: ${describe(counts)} in ${time}`);
  if (output && !tool.live) {
    console.log(`${output}\n`);
  }
  return { name: tool.name, ...counts, time };
}

function describe({ passed, failed, skipped }) {
  const text = `${passed} passed, ${failed} failed`;
  return skipped ? `${text}, ${skipped} skipped` : text;
}

function printTable(results) {
  const head = ['tool', 'passed', 'failed', 'skipped', 'time'];
  const rows = results.map(result =>
    head.map((key, column) => String(result[column === 0 ? 'name' : key]))
  );
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map(row => row[column].length))
  );
  console.log('');
  for (const row of [head, ...rows]) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])
    );
    console.log(cells.join('  '));
  }
}

/** Checks that run beside each other, each of which keeps one core busy. */
const CHECKS_AT_ONCE = 2;

/** Runs the tools in their order, checks beside each other; answers in the same order. */
async function runAll(chosen, broken, rest) {
  const results = new Map();
  const run = async tool => {
    if (tool.needs.some(need => broken.has(need))) {
      console.log(`${tool.name} was not run, since its setup failed.`);
      const counts = { passed: 0, failed: 1, skipped: 0 };
      results.set(tool, { name: tool.name, ...counts, time: '-' });
    } else {
      results.set(tool, await runTool(tool, rest));
    }
  };
  const checks = chosen.filter(tool => !tool.read);
  const lane = async () => {
    for (let tool = checks.shift(); tool; tool = checks.shift()) {
      await run(tool);
    }
  };
  await Promise.all(Array.from({ length: CHECKS_AT_ONCE }, lane));
  for (const tool of chosen.filter(({ read }) => read)) {
    await run(tool);
  }
  return chosen.map(tool => results.get(tool));
}

await main(async () => {
  checkNode();
  const { chosen, rest } = readArguments(process.argv.slice(2));
  const broken = await setUp(new Set(chosen.flatMap(tool => tool.needs)));
  const results = await runAll(chosen, broken, rest);
  const total = key => results.reduce((sum, result) => sum + result[key], 0);
  printTable(results);
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
  return total('failed') > 0 ? 1 : 0;
});
