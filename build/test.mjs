// `npm test` and continuous integration: installs what is missing, builds, checks, runs all tests; one line per stage.
// Stops at the first stage that fails and prints what it said. What starts processes may fail once: it is tried again, and named
// as flaky. The last line is always `N passed, N failed`.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isBuilt } from './freshness.mjs';
import { install } from './install.mjs';
import { quietly } from './quietly.mjs';
import { closingLine, playwrightCounts, vitestCounts } from './test-counts.mjs';
import { installTestTools } from './test-tools.mjs';

/** @typedef {import('./test-counts.mjs').Counts} Counts */
/** @typedef {{ name: string, run: () => Promise<unknown>, counts?: () => Counts }} Stage */

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = 'dist/test-reports';
const unitReport = `${reports}/vitest.json`;
const e2eReport = `${reports}/playwright.json`;
/** Tells the configurations of both runners that all tests run, and nobody looks. */
const whole = { PORCHLIGHT_TEST_RUN: 'whole' };

/** @type {Stage[]} */
const stages = [
  { name: 'install', run: () => install(root).then(() => installTestTools(root)) },
  { name: 'build', run: async () => isBuilt(root) || script('build/run.mjs', 'build/bundle.ts') },
  { name: 'check', run: () => script('build/run.mjs', 'build/check.ts') },
  {
    name: 'unit',
    run: () =>
      script(
        'node_modules/vitest/vitest.mjs',
        'run',
        '--config=build/vitest.config.ts',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${unitReport}`,
      ),
    counts: () => vitestCounts(unitReport),
  },
  {
    name: 'e2e',
    run: () =>
      script(
        'node_modules/@playwright/test/cli.js',
        'test',
        '--config=e2e/playwright.config.ts',
        '--reporter=list,json',
      ),
    counts: () => playwrightCounts(e2eReport),
  },
];

process.chdir(root);
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
/** @type {Counts[]} */
const counted = [];
for (const stage of stages) {
  if (!(await passes(stage))) break;
}
for (const name of counted.flatMap(({ flaky }) => flaky)) console.log(`flaky: ${name}`);
console.log(closingLine(counted));

/** @param {Stage} stage */
async function passes({ name, run, counts }) {
  const started = performance.now();
  const problem = await run().then(
    () => undefined,
    (error) => (error instanceof Error ? error.message : String(error)),
  );
  const found = counts?.() ?? { passed: 0, failed: 0, skipped: 0, flaky: [] };
  const complaint = problem ?? (counts && found.passed === 0 ? 'no test ran' : undefined);
  // A stage that fails without naming a test (a file that does not load, a type error) is one failure.
  counted.push(complaint && found.failed === 0 ? { ...found, failed: 1 } : found);
  const time = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const result = counts ? closingLine([found]) : 'ok';
  console.log(`${name.padEnd(8)}${time.padStart(9)}  ${complaint ? 'FAILED' : result}`);
  if (complaint) {
    console.error(complaint);
    process.exitCode = 1;
  }
  return complaint === undefined;
}

/** @param {string[]} args */
function script(...args) {
  return quietly(root, process.execPath, args, {
    ...whole,
    PLAYWRIGHT_JSON_OUTPUT_FILE: `${root}/${e2eReport}`,
  });
}
