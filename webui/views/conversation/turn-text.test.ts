import { describe, expect, test } from 'vitest';
import { emptyView, type Item, type ReceiptItem } from '../../../daemon/protocol/view.ts';
import { isNewest, turnText, wordsForAgain } from './turn-text.ts';

const text = (key: string, words: string, parentToolId?: string): Item => ({
  ...{ kind: 'text', key, at: 1, text: words, open: false },
  ...(parentToolId === undefined ? {} : { parentToolId }),
});
const message = (key: string, words: string, attachments?: []): Item => ({
  ...{ kind: 'message', key, at: 1, text: words, state: 'answered', clientId: key, deviceId: 'd' },
  ...(attachments ? { attachments } : {}),
});
const receipt = (key: string, messageKey: string | null = null): ReceiptItem => ({
  ...{ kind: 'receipt', key, at: 1, outcome: 'failed', error: null, durationMs: 1, costUsd: 0 },
  ...{ files: [], commands: [], inputTokens: 0, outputTokens: 0, messageKey },
});

const pages: Item[][] = [
  [message('m1', 'Hello'), text('a', 'First'), receipt('r1', 'm1'), message('m2', 'And?', [])],
  [text('b', ' Second\n'), text('c', 'inner', 'agent'), text('d', 'Third'), receipt('r2', 'm2')],
];

test.each([
  ['r1', 'First'],
  ['r2', 'Second\n\nThird'],
  ['other', ''],
])('the text of turn %s is what Claude itself said in it', (key, words) => {
  expect(turnText(pages, key)).toBe(words);
});

describe('again', () => {
  test.each([
    ['the message that failed', receipt('r1', 'm1'), 'Hello'],
    ['a request, when files came with it', receipt('r2', 'm2'), 'Please try that again.'],
    ['a request, when the message is not held', receipt('r', 'm0'), 'Please try that again.'],
    ['nothing, when nobody had asked', receipt('r'), undefined],
  ])('sends %s', (_name, of, words) => {
    expect(wordsForAgain(pages, of)).toBe(words);
  });
});

test.each([
  ['the last one', {}, 'r2', true],
  ['an earlier one', {}, 'r1', false],
  ['the last one while something waits', { unanswered: ['m3'] }, 'r2', false],
])('%s of the receipts is the newest: %o', (_name, more, key, expected) => {
  expect(isNewest({ ...emptyView, pages, ...more }, key)).toBe(expected);
});
