import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { cache } from './paths.mjs';

const reportOf = name => join(cache, name);

/** Where a runner writes its report; the last one there is deleted. */
export function freshReport(name) {
  rmSync(reportOf(name), { force: true });
  return reportOf(name);
}

function readJson(name) {
  return JSON.parse(readFileSync(reportOf(name), 'utf8'));
}

/** The counts in Jest's JSON report. */
export function readJest(name) {
  const report = readJson(name);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests
  };
}

/** The counts in pytest's JUnit report. */
export function readPytest(name) {
  const text = readFileSync(reportOf(name), 'utf8');
  const suite = text.match(/<testsuite\s[^>]*>/)[0];
  const count = key => Number(suite.match(`\\b${key}="(\\d+)"`)[1]);
  const failed = count('failures') + count('errors');
  const skipped = count('skipped');
  return { passed: count('tests') - failed - skipped, failed, skipped };
}

/** The counts in Playwright's JSON report. */
export function readPlaywright(name) {
  const { stats, errors } = readJson(name);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped
  };
}
