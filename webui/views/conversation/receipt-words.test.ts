import { expect, test } from 'vitest';
import type { ReceiptItem } from '../../../daemon/protocol/view.ts';
import { receiptWords, tokenWords } from './receipt-words.ts';

const plain = { outcome: 'completed', durationMs: 100_000, costUsd: 0.123, files: [], commands: [] } as const;
const file = (isNew: boolean) => ({ path: '/p/a', isNew, added: 1, removed: 0 });
const command = (failed: boolean) => ({ command: 'ls', failed });
const told = (more: Partial<ReceiptItem>) => receiptWords({ ...plain, ...more });

test.each([
  [{}, '1 m 40 s · $0.12'],
  [
    { files: [file(false), file(true)], commands: [command(false), command(false)] },
    'Edited 2 files · ran 2 commands ✓ · 1 m 40 s · $0.12',
  ],
  [{ files: [file(true)], costUsd: 0 }, 'Created 1 file · 1 m 40 s'],
  [{ commands: [command(true)] }, 'Ran 1 command ✗ · 1 m 40 s · $0.12'],
  [
    { commands: [command(true), command(false), command(false)] },
    'Ran 3 commands, 1 failed · 1 m 40 s · $0.12',
  ],
  [{ outcome: 'stopped', files: [file(false)] }, 'Stopped · edited 1 file · 1 m 40 s · $0.12'],
  [{ outcome: 'failed', costUsd: 0 }, 'Failed · 1 m 40 s'],
  [{ origin: 'task-notification' }, 'After background work · 1 m 40 s · $0.12'],
  [{ origin: 'cron' }, 'By itself (cron) · 1 m 40 s · $0.12'],
] satisfies [Partial<ReceiptItem>, string][])('%o is told in one line', (more, words) => {
  expect(told(more)).toBe(words);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1k'],
  [1234, '1.2k'],
  [9949, '9.9k'],
  [9950, '10k'],
  [12_345, '12k'],
  [999_499, '999k'],
  [999_500, '1M'],
  [1_250_000, '1.3M'],
])('%d tokens are %s', (tokens, words) => {
  expect(tokenWords(tokens)).toBe(words);
});
