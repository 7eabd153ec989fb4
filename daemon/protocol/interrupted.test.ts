import { expect, test } from 'vitest';
import { interruptedMessages } from './interrupted.ts';
import type { Item, MessageItem, ReceiptItem } from './view.ts';

const message = (key: string, more: Partial<MessageItem> = {}): MessageItem => ({
  ...{ kind: 'message', key, at: 1, clientId: key, deviceId: 'phone', text: key, state: 'taken' },
  ...more,
});
const receipt: ReceiptItem = {
  ...{ kind: 'receipt', key: 'r', at: 1, outcome: 'completed', error: null, durationMs: 1, costUsd: 0 },
  ...{ files: [], commands: [], inputTokens: 0, outputTokens: 0, messageKey: null },
};
const keys = (...items: Item[]) => interruptedMessages({ pages: [items] }).map(({ key }) => key);

test('a turn without an end had taken what stands behind the last receipt, in order', () => {
  const pages = [[message('a'), receipt, message('b', { state: 'handed' })], [message('c', { steer: true })]];
  expect(interruptedMessages({ pages }).map(({ key }) => key)).toEqual(['b', 'c']);
  expect(keys(message('a'), receipt)).toEqual([]);
});

test('not what was set aside, settled, answered, or has not been given to Claude', () => {
  expect(
    keys(
      ...[message('aside', { aside: true }), message('left', { settled: 'leave' })],
      ...[message('answered', { state: 'answered' }), message('waiting', { state: 'sent' })],
      ...[message('in doubt', { state: 'doubted' }), message('said again', { settled: 'resend' })],
    ),
  ).toEqual(['in doubt']);
});
