import { expect, test } from 'vitest';
import type { Item, MessageItem, ToolItem } from '../../../daemon/protocol/view.ts';
import { mayHaveChanged, withDraft } from './going-back.ts';

const message = (key: string, more: Partial<MessageItem> = {}): MessageItem => ({
  ...{ kind: 'message', key, at: 1, clientId: key, deviceId: 'phone', text: key, state: 'answered' },
  ...more,
});
const tool = (name: string): ToolItem => ({
  ...{ kind: 'tool', key: name, at: 1, tool: name, input: {}, state: 'done', output: '', detail: null },
  endedAt: 2,
});
const view = (...items: Item[]) => ({ pages: [items] });

test('files may have changed when one of the editing tools ran behind the message', () => {
  const items = [tool('Write'), message('a'), tool('Bash'), message('b'), tool('Edit')];
  expect(['a', 'b', 'unknown'].map((key) => mayHaveChanged(view(...items), key))).toEqual([true, true, true]);
  expect(mayHaveChanged(view(...items.slice(0, 3)), 'a')).toBe(false);
});

test('what is being written is kept below the text that comes back', () => {
  expect([withDraft('old', ' '), withDraft('old', 'new')]).toEqual(['old', 'old\n\nnew']);
});
