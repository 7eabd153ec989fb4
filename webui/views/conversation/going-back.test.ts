import { expect, test } from 'vitest';
import type { Item, MessageItem, ReceiptItem, ToolItem } from '../../../daemon/protocol/view.ts';
import { mayHaveChanged, unanswered, withDraft } from './going-back.ts';

const message = (key: string, more: Partial<MessageItem> = {}): MessageItem => ({
  ...{ kind: 'message', key, at: 1, clientId: key, deviceId: 'phone', text: key, state: 'answered' },
  ...more,
});
const tool = (name: string): ToolItem => ({
  ...{ kind: 'tool', key: name, at: 1, tool: name, input: {}, state: 'done', output: '', detail: null },
  endedAt: 2,
});
const receipt: ReceiptItem = {
  ...{ kind: 'receipt', key: 'r', at: 1, outcome: 'completed', error: null, durationMs: 1, costUsd: 0 },
  ...{ files: [], commands: [], inputTokens: 0, outputTokens: 0, messageKey: null },
};
const view = (...items: Item[]) => ({ pages: [items] });

test('files may have changed when one of the editing tools ran behind the message', () => {
  const items = [tool('Write'), message('a'), tool('Bash'), message('b'), tool('Edit')];
  expect(['a', 'b', 'unknown'].map((key) => mayHaveChanged(view(...items), key))).toEqual([true, true, true]);
  expect(mayHaveChanged(view(...items.slice(0, 3)), 'a')).toBe(false);
});

test('the message without an end is the first behind the last receipt, and not one that was set aside', () => {
  const aside = message('aside', { aside: true });
  expect(unanswered(view(message('a'), receipt, aside, message('b'), message('c')))?.key).toBe('b');
  expect(unanswered(view(message('a'), receipt))).toBeUndefined();
});

test('what is being written is kept below the text that comes back', () => {
  expect([withDraft('old', ' '), withDraft('old', 'new')]).toEqual(['old', 'old\n\nnew']);
});
