// The closing line of `npm test` adds up what both test runners report.
import { expect, test } from 'vitest';
import { closingLine } from './test-counts.mjs';

test('passed and failed tests are added up', () => {
  const all = [
    { passed: 30, failed: 0, skipped: 0 },
    { passed: 2, failed: 1, skipped: 0 },
  ];
  expect(closingLine(all)).toBe('32 passed, 1 failed');
});

test('skipped tests are told when there are any', () => {
  expect(closingLine([{ passed: 1, failed: 0, skipped: 2 }])).toBe('1 passed, 0 failed, 2 skipped');
});
