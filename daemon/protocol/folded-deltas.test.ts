// Folding deltas away changes no view, leaves no gap for any reader, and keeps what a restart needs of them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnyEvent } from './events.ts';
import { fold, follows } from './fold.ts';
import { findSuperfluousDeltas, firstIdOf, foldAway } from './folded-deltas.ts';
import { type ConversationView, emptyView } from './view.ts';

const foldAll = (events: readonly AnyEvent[], from: ConversationView = emptyView) =>
  events.reduce(fold, from);

function compacted(events: readonly AnyEvent[]): AnyEvent[] {
  const superfluous = findSuperfluousDeltas();
  for (const event of events) superfluous.see(event);
  return events.flatMap(foldAway(superfluous.ranges()));
}

const id = fc.constantFrom('a', 'b');
const words = fc.string({ maxLength: 5 });
const usage = { durationMs: 1, costUsd: 0, inputTokens: 1, outputTokens: 1 };
const draft = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.tuple(id, words).map(([blockId, text]) => ({ type: 'text.delta', blockId, text })),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(id, words).map(([blockId, text]) => ({ type: 'thinking.delta', blockId, text })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(id, words).map(([blockId, text]) => ({ type: 'text.finished', blockId, text })),
  },
  id.map((blockId) => ({ type: 'thinking.finished', blockId, text: 'hm' })),
  id.map((blockId) => ({ type: 'block.dropped', blockId })),
  id.map((toolId) => ({ type: 'tool.started', toolId: `t${toolId}`, tool: 'Bash', input: {} })),
  id.map((toolId) => ({
    type: 'tool.finished',
    toolId: `t${toolId}`,
    isError: false,
    output: '',
    detail: null,
  })),
  id.map((turnId) => ({ type: 'turn.started', turnId })),
  id.map((turnId) => ({ type: 'turn.interrupted', turnId, reason: 'gone' })),
  id.map((turnId) => ({ type: 'turn.finished', turnId, outcome: 'completed', error: null, ...usage })),
  id.map((messageId) => ({
    type: 'message.sent',
    messageId,
    clientId: messageId,
    deviceId: 'd',
    text: messageId,
  })),
  id.map((messageId) => ({ type: 'message.handed', messageId, runId: 'run' })),
  fc.constant({
    type: 'retry.scheduled',
    attempt: 1,
    maxAttempts: 2,
    delayMs: 5,
    status: 529,
    error: 'busy',
  }),
  id.map((messageId) => ({
    type: 'conversation.branched',
    sessionId: 's',
    anchor: null,
    fork: false,
    runId: null,
    messageId,
  })),
  fc.constant({ type: 'context.cleared' }),
  fc.constant({ type: 'run.ended', runId: 'run', exitCode: 0, signal: null, detail: '' }),
  fc.constant({ type: 'moon.risen' }),
);
const log = fc.array(draft, { maxLength: 120 }).map((drafts): AnyEvent[] =>
  drafts.map((one, index) => ({
    ...one,
    ...{ id: index + 1, at: 1000 + index },
    ...(index % 3 === 0 ? {} : { source: { runId: 'run', offset: index } }),
  })),
);
const lastSource = (events: readonly AnyEvent[]) =>
  events.findLast((event) => event['source'] !== undefined)?.['source'];

test('no view at the end of a log changes, whatever was folded away', () => {
  fc.assert(
    fc.property(log, (events) => {
      expect(foldAll(compacted(events))).toEqual(foldAll(events));
    }),
    { numRuns: 1000 },
  );
});

test('every reader of the log as it was gets to the same end, gapless, wherever it stood', () => {
  fc.assert(
    fc.property(log, fc.nat(120), (events, stood) => {
      let view = foldAll(events.slice(0, stood));
      for (const event of compacted(events)) {
        if (event.id <= view.last) continue;
        expect(follows(view.last, event)).toBe(true);
        view = fold(view, event);
      }
      expect(view).toEqual(foldAll(events));
    }),
    { numRuns: 1000 },
  );
});

test('a log folded in parts, each more than once, keeps ids, views, and the place in the spool at every event', () => {
  fc.assert(
    fc.property(log, fc.nat(120), (events, cut) => {
      const twice = compacted([...compacted(events.slice(0, cut)), ...compacted(events.slice(cut))]);
      expect(foldAll(twice)).toEqual(foldAll(events));
      expect(lastSource(twice)).toEqual(lastSource(events));
      let last = 0;
      for (const event of twice) {
        expect(firstIdOf(event)).toBe(last + 1);
        last = event.id;
        const upTo = events.slice(0, last);
        if (event.type === 'deltas.folded') expect(event['source']).toEqual(sourceIn(upTo, firstIdOf(event)));
        else expect(event).toEqual(upTo.at(-1));
      }
    }),
    { numRuns: 500 },
  );
});

function sourceIn(events: readonly AnyEvent[], from: number): unknown {
  return lastSource(events.filter((event) => event.id >= from));
}

test('of a finished block the first delta stays, and one event stands for the others', () => {
  const delta = (at: number) => ({
    id: at,
    at,
    type: 'text.delta',
    blockId: 'b',
    text: 'x',
    source: { runId: 'r', offset: at },
  });
  const finished = { id: 5, at: 5, type: 'text.finished', blockId: 'b', text: 'xxxx' };
  const folded = { id: 4, at: 4, type: 'deltas.folded', from: 2, to: 4, source: { runId: 'r', offset: 4 } };
  expect(compacted([delta(1), delta(2), delta(3), delta(4), finished])).toEqual([delta(1), folded, finished]);
});

test('the text of a block that was never finished stays', () => {
  const delta = (at: number) => ({ id: at, at, type: 'text.delta', blockId: 'b', text: 'x' });
  const events = [
    delta(1),
    delta(2),
    delta(3),
    { id: 4, at: 4, type: 'turn.interrupted', turnId: 't', reason: '' },
  ];
  expect(compacted(events)).toEqual(events);
});

test('what was said of a block before the conversation went elsewhere stays with what was set aside', () => {
  const delta = (at: number, text: string) => ({ id: at, at, type: 'text.delta', blockId: 'b', text });
  const message = { messageId: 'm', clientId: 'm', deviceId: 'd', text: 'hello' };
  const events = [
    { id: 1, at: 1, type: 'message.sent', ...message },
    { id: 2, at: 2, type: 'message.handed', messageId: 'm', runId: 'run' },
    ...[delta(3, 'to '), delta(4, 'be '), delta(5, 'or ')],
    {
      id: 6,
      at: 6,
      type: 'conversation.branched',
      sessionId: 's',
      anchor: null,
      fork: false,
      messageId: 'm',
    },
    ...[delta(7, 'not '), delta(8, 'to '), delta(9, 'be')],
    { id: 10, at: 10, type: 'text.finished', blockId: 'b', text: 'not to be' },
  ];
  const folded = { id: 9, at: 9, type: 'deltas.folded', from: 8, to: 9 };
  expect(compacted(events)).toEqual([...events.slice(0, 7), folded, ...events.slice(9)]);
  expect(foldAll(compacted(events))).toEqual(foldAll(events));
});
