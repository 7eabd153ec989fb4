import { expect, test } from 'vitest';
import type { AnyEvent, ConversationDraft } from '../protocol/events.ts';
import { fold } from '../protocol/fold.ts';
import { type ConversationView, emptyView } from '../protocol/view.ts';
import { branchPoint, forkDrafts } from './branching.ts';

const conversationId = 'source';

function viewOf(...drafts: readonly (readonly ConversationDraft[])[]): ConversationView {
  const created: ConversationDraft = {
    ...{ type: 'conversation.created', conversationId, cwd: '/p', title: '', mode: 'plan', model: 'opus' },
  };
  const all = [created, ...drafts.flat()];
  return all.reduce((view, draft, index) => fold(view, { ...draft, id: index + 1, at: index }), emptyView);
}

const handed = (id: string): ConversationDraft[] => [
  { type: 'message.sent', messageId: id, clientId: id, deviceId: 'd', text: `say ${id}` },
  { type: 'message.handed', messageId: id, runId: 'r' },
];
const begun = (id: string): ConversationDraft[] => [
  ...handed(id),
  { type: 'turn.started', turnId: `t-${id}` },
  { type: 'text.finished', blockId: `b-${id}`, text: id },
];
const ended = (id: string, anchor?: string): ConversationDraft => ({
  ...{ type: 'turn.finished', turnId: `t-${id}`, outcome: 'completed', error: null, durationMs: 1 },
  ...{ costUsd: 0, inputTokens: 1, outputTokens: 1, ...(anchor === undefined ? {} : { anchor }) },
});
const turn = (id: string): ConversationDraft[] => [...begun(id), ended(id, `after-${id}`)];
const running: ConversationDraft = { type: 'run.started', runId: 'r', sessionId: 's', resumed: false };
const compacted: ConversationDraft = { type: 'context.compacted', trigger: 'auto', tokensBefore: 1 };
const cleared: ConversationDraft = { type: 'context.cleared' };
const wentBackTo = (messageId: string, anchor: string | null): ConversationDraft => ({
  ...{ type: 'conversation.branched', sessionId: 's', anchor, fork: false, messageId },
});

/** Anchor and first thing set aside, or the refusal. */
function pointOf(view: ConversationView, messageId: string | null) {
  const point = branchPoint(view, messageId);
  return 'refusal' in point ? point.refusal : [point.anchor, point.from];
}

test.each<[string, ConversationView, string | null, unknown]>([
  ['a message in the middle', viewOf(turn('a'), turn('b'), turn('c')), 'b', ['after-a', 'b']],
  ['the first message', viewOf(turn('a'), turn('b')), 'a', [null, 'a']],
  ['the end', viewOf(turn('a'), turn('b')), null, ['after-b', null]],
  ['the end, while a turn runs', viewOf(turn('a'), begun('b')), null, ['after-a', null]],
  ['the end of nothing', viewOf(), null, [null, null]],
  [
    'behind a turn without an end: that goes too',
    viewOf(turn('a'), begun('b'), [{ type: 'turn.interrupted', turnId: 't-b', reason: '' }], turn('c')),
    'c',
    ['after-a', 'b'],
  ],
  [
    'a message into a running turn: with the whole turn',
    viewOf(turn('a'), begun('b'), handed('c')),
    'c',
    ['after-a', 'b'],
  ],
  [
    'behind a turn in which nothing was said',
    viewOf(turn('a'), begun('b'), [ended('b')], turn('c')),
    'c',
    ['after-a', 'b'],
  ],
  ['before a summary', viewOf(turn('a'), turn('b'), [compacted], turn('c')), 'b', 'no_way_back'],
  ['before a summary, to the very beginning', viewOf(turn('a'), [compacted], turn('b')), 'a', [null, 'a']],
  ['behind a summary', viewOf(turn('a'), [compacted], turn('b'), turn('c')), 'c', ['after-b', 'c']],
  [
    'before all was cleared',
    viewOf(turn('a'), turn('b'), handed('c'), [cleared, ended('c', 'x')]),
    'b',
    'no_way_back',
  ],
  [
    'the first message after that',
    viewOf(turn('a'), handed('c'), [cleared, ended('c', 'x')], turn('d')),
    'c',
    [null, 'c'],
  ],
  ['a later one', viewOf(turn('a'), handed('c'), [cleared, ended('c', 'x')], turn('d')), 'd', ['x', 'd']],
  [
    'what was set aside already',
    viewOf(turn('a'), turn('b'), [wentBackTo('b', 'after-a')]),
    'b',
    'no_way_back',
  ],
  [
    'behind what was set aside',
    viewOf(turn('a'), turn('b'), [wentBackTo('b', 'after-a')], turn('c')),
    'c',
    ['after-a', 'c'],
  ],
  ['something that is no message', viewOf(turn('a')), 'b-a', 'no_way_back'],
  ['a message that is not there', viewOf(turn('a')), 'z', 'no_way_back'],
])('going back to %s', (_, view, messageId, expected) => {
  expect(pointOf(view, messageId)).toEqual(expected);
});

test('a fork begins with a settled copy of what Claude knew, and goes on from there', () => {
  const source = viewOf(
    [running, ...turn('a'), { type: 'notice.raised', severity: 'info', text: 'hm' }],
    [...turn('b'), wentBackTo('b', 'after-a'), ...begun('c')],
    [{ type: 'tool.announced', toolId: 'tool', tool: 'Bash' }, ended('c', 'after-c'), ...turn('d')],
  );
  const point = branchPoint(source, 'd');
  if ('refusal' in point) throw new Error(point.refusal);
  const drafts = forkDrafts({ source, point, conversationId: 'fork', mode: 'plan', deviceId: 'd' }).flat();
  const events: AnyEvent[] = drafts.map((draft, index) => ({ ...draft, id: index + 1, at: 9 }));
  const view = events.reduce(fold, emptyView);
  const items = view.pages.flat();
  expect(
    items.map((item) => ('text' in item ? item.text : item.kind === 'mark' ? item.mark : item.kind)),
  ).toEqual(['say a', 'a', 'receipt', 'hm', 'wentBack', 'say c', 'c', 'tool', 'receipt', 'forked']);
  // Such a key names an event of the log that the item stands in.
  expect(items.filter((item) => item.key.startsWith('event:'))).toMatchObject([{ mark: 'forked' }]);
  expect(items.filter((item) => item.aside || ('state' in item && item.state === 'announced'))).toEqual([]);
  expect({ ...view, pages: [] }).toMatchObject({
    ...{ conversationId: 'fork', title: 'Fork of a conversation', titledBy: null, cwd: '/p', mode: 'plan' },
    forkedFrom: { conversationId, messageId: 'd' },
    branch: { sessionId: 's', anchor: 'after-c', fork: true },
  });
});

test('a long transcript is copied fifty items at a time', () => {
  const source = viewOf(...Array.from({ length: 40 }, (_, index) => turn(`m${index}`)));
  const point = branchPoint(source, null);
  if ('refusal' in point) throw new Error(point.refusal);
  const drafts = forkDrafts({ source, point, conversationId: 'fork', mode: 'plan', deviceId: 'd' }).flat();
  const sizes = drafts.flatMap((draft) => (draft.type === 'transcript.copied' ? [draft.items.length] : []));
  expect(sizes).toEqual([50, 50, 20]);
});
