// The closing line of `npm test` adds up what both test runners report, and what had to be tried again is named.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { closingLine, playwrightCounts, vitestCounts } from './test-counts.mjs';

const folder = mkdtempSync(join(tmpdir(), 'porchlight-counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: object): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test('passed and failed tests are added up', () => {
  const all = [
    { passed: 30, failed: 0, skipped: 0, flaky: [] },
    { passed: 2, failed: 1, skipped: 0, flaky: [] },
  ];
  expect(closingLine(all)).toBe('32 passed, 1 failed');
});

test('skipped tests are told when there are any', () => {
  expect(closingLine([{ passed: 1, failed: 0, skipped: 2, flaky: [] }])).toBe(
    '1 passed, 0 failed, 2 skipped',
  );
});

test('a test of vitest that passed only when tried again counts as passed and is named', () => {
  const assertionResults = [
    { status: 'passed', fullName: 'the log is whole', failureMessages: [] },
    { status: 'passed', fullName: 'a run ends', failureMessages: ['Error: too late\n    at once'] },
    { status: 'failed', fullName: 'a run begins', failureMessages: ['Error: never', 'Error: never'] },
  ];
  const file = report({ numPassedTests: 2, numFailedTests: 1, testResults: [{ assertionResults }] });
  const flaky = ['a run ends: Error: too late'];
  expect(vitestCounts(file)).toEqual({ passed: 2, failed: 1, skipped: 0, flaky });
});

test('a story that passed only when tried again counts as passed and is named', () => {
  const story = (title: string, status: string, ...said: string[]) => ({
    title,
    tests: [{ status, projectName: 'phone', results: said.map((message) => ({ error: { message } })) }],
  });
  const specs = [
    story('she scans', 'flaky', '\u001b[31mError\u001b[39m: no light\n  here'),
    story('he asks', 'expected'),
  ];
  const file = report({
    stats: { expected: 1, flaky: 1, unexpected: 0, skipped: 3 },
    suites: [{ suites: [{ specs }] }],
  });
  const flaky = ['[phone] she scans: Error: no light'];
  expect(playwrightCounts(file)).toEqual({ passed: 2, failed: 0, skipped: 3, flaky });
});
