import { expect, test } from 'vitest';
import type { ConversationDraft } from './events.ts';
import { fold } from './fold.ts';
import { type ConversationView, emptyView } from './view.ts';

function folded(drafts: readonly ConversationDraft[]): ConversationView {
  return drafts.reduce((view, draft, at) => fold(view, { ...draft, id: at + 1, at }), emptyView);
}
const given = (id: string): ConversationDraft[] => [
  { type: 'message.sent', messageId: id, clientId: id, deviceId: 'd', text: id },
  { type: 'message.handed', messageId: id, runId: 'r' },
  { type: 'message.taken', messageId: id },
];
const begun = (turnId: string): ConversationDraft => ({ type: 'turn.started', turnId });
const ended = (turnId: string): ConversationDraft => ({
  ...{ type: 'turn.finished', turnId, outcome: 'completed', error: null, durationMs: 1, costUsd: 0 },
  ...{ inputTokens: 1, outputTokens: 1 },
});
const states = ({ pages }: ConversationView) =>
  pages.flat().flatMap((item) => (item.kind === 'message' ? item.state : []));

test('what is said into a text that is being written is answered when its own turn is over', () => {
  const until = [...given('a'), begun('t1'), ...given('b'), ended('t1'), begun('t2')];
  const again: ConversationDraft = { type: 'message.taken', messageId: 'b' };
  const during = folded([...until, again]);
  expect([states(during), during.unanswered]).toEqual([['answered', 'taken'], ['b']]);
  const after = folded([...until, again, ended('t2')]);
  expect([states(after), after.unanswered]).toEqual([['answered', 'answered'], []]);
});

test('what the CLI says of a message once more when no turn is under way does not make it unanswered', () => {
  const view = folded([...given('a'), begun('t'), ended('t'), { type: 'message.taken', messageId: 'a' }]);
  expect([states(view), view.unanswered]).toEqual([['answered'], []]);
});
