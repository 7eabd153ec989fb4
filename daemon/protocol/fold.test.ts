// The fold's promises: pure, idempotent, the same from the start or from any snapshot, whatever the events.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyEvent, ConversationDraft } from './events.ts';
import { fold, follows } from './fold.ts';
import { type ConversationView, emptyView, type Item, pageSize, tail } from './view.ts';

const log = (drafts: readonly ConversationDraft[]): AnyEvent[] =>
  drafts.map((draft, index) => ({ ...draft, id: index + 1, at: 1000 + index }));
const foldAll = (events: readonly AnyEvent[], from: ConversationView = emptyView) =>
  events.reduce(fold, from);
const items = (view: ConversationView): Item[] => view.pages.flat();

const sent = (messageId: string): ConversationDraft => ({
  type: 'message.sent',
  messageId,
  clientId: messageId,
  deviceId: 'd',
  text: messageId,
});
const runId = 'run';

/** Any event at all with few ids, so that they meet. */
const id = fc.constantFrom('a', 'b', 'c');
const draft: fc.Arbitrary<ConversationDraft> = fc.oneof(
  id.map(sent),
  id.map((messageId): ConversationDraft => ({ type: 'message.handed', messageId, runId })),
  id.map((messageId): ConversationDraft => ({ type: 'message.taken', messageId })),
  id.map((messageId): ConversationDraft => ({ type: 'message.doubted', messageId, reason: 'gone' })),
  id.map(
    (messageId): ConversationDraft => ({
      ...{ type: 'message.settled', messageId, deviceId: 'd', behavior: 'leave' },
    }),
  ),
  id.map((turnId): ConversationDraft => ({ type: 'turn.started', turnId })),
  id.map((turnId): ConversationDraft => ({ type: 'turn.interrupted', turnId, reason: 'gone' })),
  id.map(
    (messageId): ConversationDraft => ({
      ...{ type: 'turn.settled', deviceId: 'phone', behavior: 'leave', messageIds: [messageId] },
    }),
  ),
  id.map(
    (turnId): ConversationDraft => ({
      type: 'turn.finished',
      turnId,
      outcome: 'completed',
      error: null,
      durationMs: 1,
      costUsd: 1,
      inputTokens: 1,
      outputTokens: 1,
    }),
  ),
  fc
    .tuple(id, fc.string())
    .map(([blockId, text]): ConversationDraft => ({ type: 'text.delta', blockId, text })),
  fc
    .tuple(id, fc.string())
    .map(([blockId, text]): ConversationDraft => ({ type: 'text.finished', blockId, text })),
  id.map((blockId): ConversationDraft => ({ type: 'block.dropped', blockId })),
  id.map((toolId): ConversationDraft => ({ type: 'tool.announced', toolId: `t${toolId}`, tool: 'Bash' })),
  id.map(
    (toolId): ConversationDraft => ({ type: 'tool.started', toolId: `t${toolId}`, tool: 'Bash', input: {} }),
  ),
  id.map(
    (toolId): ConversationDraft => ({
      type: 'tool.finished',
      toolId: `t${toolId}`,
      isError: false,
      output: '',
      detail: null,
    }),
  ),
  id.map(
    (requestId): ConversationDraft => ({
      type: 'permission.requested',
      requestId,
      toolId: null,
      tool: 'Bash',
      input: {},
      description: null,
      reason: null,
      blockedPath: null,
      suggestions: [],
    }),
  ),
  id.map(
    (requestId): ConversationDraft => ({
      type: 'permission.answered',
      requestId,
      deviceId: 'd',
      behavior: 'allow',
      message: null,
    }),
  ),
);

describe('any log', () => {
  test('folded twice over changes nothing, and a snapshot plus the rest equals the whole', () => {
    fc.assert(
      fc.property(fc.array(draft, { maxLength: 200 }), fc.nat(200), (drafts, cut) => {
        const events = log(drafts);
        const whole = foldAll(events);
        expect(foldAll(events, whole)).toEqual(whole);
        const snapshot: ConversationView = JSON.parse(JSON.stringify(foldAll(events.slice(0, cut))));
        expect(foldAll(events, snapshot)).toEqual(JSON.parse(JSON.stringify(whole)));
      }),
    );
  });

  test('leaves the view it was given untouched', () => {
    fc.assert(
      fc.property(fc.array(draft, { maxLength: 60 }), draft, (drafts, next) => {
        const view = foldAll(log(drafts));
        const before = JSON.stringify(view);
        fold(view, { ...next, id: view.last + 1, at: 5 });
        expect(JSON.stringify(view)).toBe(before);
      }),
    );
  });
});

test('a message is sent, with Claude, and answered when its turn is over', () => {
  const states: unknown[] = [];
  let view = emptyView;
  const drafts: ConversationDraft[] = [
    sent('m'),
    { type: 'message.handed', messageId: 'm', runId },
    { type: 'message.taken', messageId: 'm' },
    { type: 'turn.started', turnId: 't' },
    {
      type: 'turn.finished',
      turnId: 't',
      outcome: 'completed',
      error: null,
      durationMs: 1,
      costUsd: 0.5,
      inputTokens: 1,
      outputTokens: 1,
    },
  ];
  for (const event of log(drafts)) {
    view = fold(view, event);
    const message = [...view.queue, ...items(view)].find((item) => item.key === 'm');
    states.push(message?.kind === 'message' && message.state);
  }
  expect(states).toEqual(['sent', 'handed', 'taken', 'taken', 'answered']);
  expect(view.costUsd).toBe(0.5);
});

test('a message handed during a turn that nobody sent is not taken for answered by it', () => {
  const view = foldAll(
    log([
      { type: 'turn.started', turnId: 't' },
      sent('m'),
      { type: 'message.handed', messageId: 'm', runId },
      {
        type: 'turn.finished',
        turnId: 't',
        outcome: 'completed',
        error: null,
        durationMs: 1,
        costUsd: 0,
        inputTokens: 1,
        outputTokens: 1,
      },
    ]),
  );
  expect(view.unanswered).toEqual(['m']);
});

test('what was still open when a turn ends is closed, and requests are gone', () => {
  const view = foldAll(
    log([
      { type: 'turn.started', turnId: 't' },
      { type: 'text.delta', blockId: 'b', text: 'half' },
      { type: 'tool.started', toolId: 'tool', tool: 'Bash', input: {} },
      {
        type: 'permission.requested',
        requestId: 'r',
        toolId: 'tool',
        tool: 'Bash',
        input: {},
        description: null,
        reason: null,
        blockedPath: null,
        suggestions: [],
      },
      { type: 'turn.interrupted', turnId: 't', reason: 'power cut' },
    ]),
  );
  expect(items(view)).toMatchObject([
    { kind: 'text', open: false, text: 'half' },
    { kind: 'tool', state: 'interrupted' },
  ]);
  expect(view).toMatchObject({ turn: null, requests: [], open: [], interruption: 'power cut' });
});

test('an event of an unknown type is kept and shown', () => {
  const view = fold(emptyView, { id: 1, at: 7, type: 'moon.risen', phase: 'full' });
  expect(items(view)).toEqual([
    { kind: 'unknown', key: 'event:1', at: 7, value: { id: 1, at: 7, type: 'moon.risen', phase: 'full' } },
  ]);
});

test('long conversations lie in full pages, and a tail says how many it left out', () => {
  const notices = Array.from(
    { length: 3 * pageSize + 1 },
    (_, n): ConversationDraft => ({ type: 'notice.raised', severity: 'info', text: String(n) }),
  );
  const view = foldAll(log(notices));
  expect(view.pages.map((page) => page.length)).toEqual([pageSize, pageSize, pageSize, 1]);
  expect(tail(view, 2)).toMatchObject({ dropped: 2, pages: view.pages.slice(2), last: view.last });
  expect(
    foldAll(log(notices).slice(-1), tail(foldAll(log(notices).slice(0, -1)), 2)).pages.flat(),
  ).toHaveLength(2 * pageSize + 1);
});

test('a reader takes only the next event, or a fold of deltas that joins on', () => {
  expect(follows(4, { id: 5, at: 0, type: 'x' })).toBe(true);
  expect(follows(4, { id: 6, at: 0, type: 'x' })).toBe(false);
  expect(follows(4, { id: 9, at: 0, type: 'deltas.folded', from: 5, to: 9 })).toBe(true);
  expect(follows(4, { id: 9, at: 0, type: 'deltas.folded', from: 6, to: 9 })).toBe(false);
});
