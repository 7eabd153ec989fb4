import { expect, test } from 'vitest';
import type { ConversationDraft } from './events.ts';
import { fold } from './fold.ts';
import { type ConversationView, emptyView } from './view.ts';

function folded(drafts: readonly ConversationDraft[]): ConversationView {
  return drafts.reduce((view, draft, at) => fold(view, { ...draft, id: at + 1, at }), emptyView);
}
const handed = (id: string): ConversationDraft[] => [
  { type: 'message.sent', messageId: id, clientId: id, deviceId: 'd', text: id },
  { type: 'message.handed', messageId: id, runId: 'r' },
];
const taken = (id: string): ConversationDraft => ({ type: 'message.taken', messageId: id });
const given = (id: string): ConversationDraft[] => [...handed(id), taken(id)];
const begun = (turnId: string): ConversationDraft => ({ type: 'turn.started', turnId });
const ended = (turnId: string): ConversationDraft => ({
  ...{ type: 'turn.finished', turnId, outcome: 'completed', error: null, durationMs: 1, costUsd: 0 },
  ...{ inputTokens: 1, outputTokens: 1 },
});
const states = ({ pages }: ConversationView) =>
  pages.flat().flatMap((item) => (item.kind === 'message' ? item.state : []));

test('what an earlier Porchlight counted as answered by the turn before is answered when its own turn is over', () => {
  const until = [...given('a'), begun('t1'), ...given('b'), ended('t1'), begun('t2')];
  const again: ConversationDraft = { type: 'message.taken', messageId: 'b' };
  const during = folded([...until, again]);
  expect([states(during), during.unanswered]).toEqual([['answered', 'taken'], ['b']]);
  const after = folded([...until, again, ended('t2')]);
  expect([states(after), after.unanswered]).toEqual([['answered', 'answered'], []]);
});

test('no turn answers what Claude has only heard, neither the one under way nor the next that begins without it', () => {
  const heard = folded([...given('a'), begun('t1'), ...handed('b'), ...handed('c'), ended('t1')]);
  expect([states(heard), heard.unanswered]).toEqual([
    ['answered', 'handed', 'handed'],
    ['b', 'c'],
  ]);
  const rest = [taken('b'), begun('t2'), ended('t2')];
  const next = folded([...given('a'), begun('t1'), ...handed('b'), ...handed('c'), ended('t1'), ...rest]);
  expect([states(next), next.unanswered]).toEqual([['answered', 'answered', 'handed'], ['c']]);
});

test('a turn of a CLI that does not say what it begins with answers all that it was given', () => {
  const view = folded([...handed('a'), begun('t'), ended('t')]);
  expect([states(view), view.unanswered]).toEqual([['answered'], []]);
});

test('what the CLI says of a message once more when no turn is under way does not make it unanswered', () => {
  const view = folded([...given('a'), begun('t'), ended('t'), { type: 'message.taken', messageId: 'a' }]);
  expect([states(view), view.unanswered]).toEqual([['answered'], []]);
});
