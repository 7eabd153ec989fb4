import { expect, test } from 'vitest';
import { emptyView, type ConversationView, type Item } from '../protocol/view.ts';
import { subjectOf } from './titles.ts';

const message = (text: string): Item => ({
  ...{ kind: 'message', key: text, at: 1, clientId: 'c', deviceId: 'd', text, state: 'answered' },
});
const receipt = (outcome: 'completed' | 'failed'): Item => ({
  ...{ kind: 'receipt', key: outcome, at: 1, outcome, error: null, durationMs: 1, costUsd: 0, files: [] },
  ...{ commands: [], inputTokens: 0, outputTokens: 0, messageKey: null },
});
const forked: Item = { kind: 'mark', key: 'm', at: 1, mark: 'forked' };
const done = receipt('completed');
const view = (items: Item[], more: Partial<ConversationView> = {}) => ({
  ...emptyView,
  pages: [items],
  ...more,
});

test.each<[string, ConversationView, string | undefined]>([
  ['the first message', view([message('one'), done, message('two'), done]), 'one'],
  ['not what is said to the CLI', view([message('/cost'), done, message('one'), done]), 'one'],
  ['what is new in a fork', view([message('one'), done, forked, message('two'), done]), 'two'],
  ['nothing before a turn of the fork', view([message('one'), done, forked, message('two')]), undefined],
  ['nothing as long as no turn went well', view([message('one'), receipt('failed')]), undefined],
  ['nothing when it has a title', view([message('one'), done], { titledBy: 'person' }), undefined],
  ['only the beginning of long words', view([message('x'.repeat(9000)), done]), 'x'.repeat(2000)],
])('a title is asked for %s', (_, given, expected) => {
  expect(subjectOf(given)).toBe(expected);
});
