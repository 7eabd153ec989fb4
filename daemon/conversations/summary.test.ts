import { expect, test } from 'vitest';
import { emptyView, type Item } from '../protocol/view.ts';
import { summaryOf } from './summary.ts';

const lastText = (item: Item) => summaryOf({ ...emptyView, pages: [[item]] }).lastText;

test('the last words of a conversation are words: Claude’s without their marks, the person’s as they were typed', () => {
  const text = '## Context Usage\n\n**Tokens:** 2k / 200k';
  expect(lastText({ kind: 'text', key: 't', at: 1, text, open: false })).toBe(
    'Context Usage Tokens: 2k / 200k',
  );
  const message = { key: 'm', at: 1, clientId: 'c', deviceId: 'd', state: 'answered' } as const;
  expect(lastText({ kind: 'message', ...message, text: 'Use **two** stars' })).toBe('Use **two** stars');
});
