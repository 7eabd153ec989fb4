// Reads from the JSON reports of vitest and Playwright how many tests passed, failed and were skipped, and which of them passed
// only when they were tried again.
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number, flaky: readonly string[] }} Counts `flaky`: passed, but only when tried again */
/** @typedef {{ status: string, fullName: string, failureMessages?: string[] }} Assertion */
/** @typedef {{ status: string, projectName: string, results: { error?: { message?: string } }[] }} Attempt */
/** @typedef {{ suites?: Suite[], specs?: { title: string, tests: Attempt[] }[] }} Suite */

/**
 * @param {string} file
 * @returns {Counts}
 */
export function vitestCounts(file) {
  const report = read(file);
  /** @type {Assertion[]} */
  const all = (report.testResults ?? []).flatMap((/** @type {any} */ each) => each.assertionResults);
  const flaky = all.filter(
    ({ status, failureMessages = [] }) => status === 'passed' && failureMessages.length > 0,
  );
  return {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
    flaky: flaky.map(({ fullName, failureMessages }) => named(fullName, failureMessages?.[0])),
  };
}

/**
 * @param {string} file
 * @returns {Counts}
 */
export function playwrightCounts(file) {
  const { stats = {}, suites = [] } = read(file);
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats;
  return { passed: expected + flaky, failed: unexpected, skipped, flaky: suites.flatMap(flakyStories) };
}

/**
 * The line that ends `npm test`.
 * @param {Counts[]} all
 */
export function closingLine(all) {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    all.reduce((total, counts) => total + counts[key], 0);
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped}`;
}

/**
 * @param {Suite} suite
 * @returns {string[]}
 */
function flakyStories({ suites = [], specs = [] }) {
  const own = specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'flaky')
      .map(({ projectName, results }) => named(`[${projectName}] ${title}`, results[0]?.error?.message)),
  );
  return [...own, ...suites.flatMap(flakyStories)];
}

/**
 * @param {string} name
 * @param {string} [said] by the first try
 */
function named(name, said = '') {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the runners colour what they say
  const [line = ''] = said.replaceAll(/\u001b\[[0-9;]*m/g, '').split('\n');
  return line === '' ? name : `${name}: ${line}`;
}

/** @param {string} file */
function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
