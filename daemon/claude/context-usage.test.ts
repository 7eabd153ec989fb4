import { expect, test } from 'vitest';
import { AppError } from '../protocol/errors.ts';
import { parseContextUsage } from './context-usage.ts';

// Cut from what the two versions answered.
const of197 = {
  categories: [
    { name: 'System prompt', tokens: 6914, color: 'promptBorder' },
    { name: 'System tools (deferred)', tokens: 4640, color: 'inactive', isDeferred: true },
    { name: 'Autocompact buffer', tokens: 33000, color: 'inactive' },
    { name: 'Free space', tokens: 134812, color: 'promptBorder' },
  ],
  ...{ totalTokens: 32188, maxTokens: 200000, percentage: 16, gridRows: [] },
};
const of329 = {
  categories: [
    { id: 'messages', name: 'Messages', tokens: 21.4, color: 'x', kind: 'used' },
    { id: 'x', name: 'Tools', tokens: 5, color: 'x', isDeferred: true, kind: 'deferred' },
    { id: 'free_space', name: 'Room', tokens: 956303, color: 'x', kind: 'free' },
  ],
  ...{ totalTokens: 10697, maxTokens: 1000000, autoCompactThreshold: 967000, isAutoCompactEnabled: true },
};

test('an answer of 2.1.197 is read, kinds by their names', () => {
  expect(parseContextUsage(of197)).toEqual({
    ...{ tokens: 32188, window: 200000, compactsAt: null },
    categories: [
      { name: 'System prompt', tokens: 6914, kind: 'used' },
      { name: 'System tools (deferred)', tokens: 4640, kind: 'deferred' },
      { name: 'Autocompact buffer', tokens: 33000, kind: 'buffer' },
      { name: 'Free space', tokens: 134812, kind: 'free' },
    ],
  });
});

test('an answer of 2.1.329 is read', () => {
  expect(parseContextUsage(of329)).toEqual({
    ...{ tokens: 10697, window: 1000000, compactsAt: 967000 },
    categories: [
      { name: 'Messages', tokens: 21, kind: 'used' },
      { name: 'Tools', tokens: 5, kind: 'deferred' },
      { name: 'Room', tokens: 956303, kind: 'free' },
    ],
  });
});

test('when the CLI does not make room by itself, no threshold is told', () => {
  expect(parseContextUsage({ ...of329, isAutoCompactEnabled: false }).compactsAt).toBe(null);
});

test.each([null, 'no', {}, { ...of329, categories: 'none' }, { ...of329, totalTokens: '5' }])(
  'an answer of %j is refused in words',
  (answer) => {
    expect(() => parseContextUsage(answer)).toThrow(AppError);
  },
);
