import { expect, test } from 'vitest';
import type { ConversationDraft } from '../protocol/events.ts';
import { fold } from '../protocol/fold.ts';
import { type ConversationView, emptyView } from '../protocol/view.ts';
import { decide } from './decide.ts';
import { nextFor } from './handing.ts';

const conversationId = 'c';
let made = 0;
const asker = { deviceId: 'phone', newId: () => `new-${++made}`, mayBypass: false };
const file = { uploadId: 'u', name: 'a.txt', mediaType: 'text/plain', size: 1 };

function folded(view: ConversationView, ...drafts: readonly ConversationDraft[]): ConversationView {
  return drafts.reduce((now, draft) => fold(now, { ...draft, id: now.last + 1, at: now.last }), view);
}
const taken = (id: string, more: object = {}): ConversationDraft[] => [
  { type: 'message.sent', messageId: id, clientId: id, deviceId: 'd', text: `say ${id}`, ...more },
  { type: 'message.handed', messageId: id, runId: 'r' },
  { type: 'message.taken', messageId: id },
];
const begun: ConversationDraft = { type: 'turn.started', turnId: 't' };
const ended: ConversationDraft = {
  ...{ type: 'turn.finished', turnId: 't', outcome: 'completed', error: null, durationMs: 1 },
  ...{ costUsd: 0, inputTokens: 1, outputTokens: 1, anchor: 'after-a' },
};
const broken: ConversationDraft[] = [
  { type: 'turn.interrupted', turnId: 't', reason: 'power cut' },
  { type: 'run.ended', runId: 'r', exitCode: null, signal: 'SIGKILL', detail: '' },
];
const running: ConversationDraft = { type: 'run.started', runId: 'r', sessionId: 's', resumed: false };
const interrupted = () =>
  folded(
    ...[emptyView, running, ...taken('a'), begun, ended],
    ...[...taken('b', { attachments: [file] }), begun, ...taken('c', { steer: true }), ...broken],
  );
const settle = (behavior: 'leave' | 'retry') => ({ type: 'turn.settle', conversationId, behavior }) as const;

function decided(view: ConversationView, behavior: 'leave' | 'retry'): readonly ConversationDraft[] {
  const decision = decide(view, settle(behavior), asker);
  return 'drafts' in decision ? decision.drafts : [];
}

test('Retry goes back to before the turn and says all that it had taken again, in order, once', () => {
  made = 0;
  const view = interrupted();
  const drafts = decided(view, 'retry');
  const by = { deviceId: 'phone' };
  expect(drafts).toEqual([
    { type: 'conversation.branched', sessionId: 's', fork: false, anchor: 'after-a', messageId: 'b' },
    {
      ...{ type: 'message.sent', messageId: 'new-1', clientId: 'again:b', ...by, text: 'say b' },
      attachments: [file],
    },
    { type: 'message.sent', messageId: 'new-2', clientId: 'again:c', ...by, text: 'say c', steer: true },
    { type: 'turn.settled', ...by, behavior: 'retry', messageIds: ['b', 'c'] },
  ]);

  const after = folded(view, ...drafts);
  expect(after.interruption).toBeNull();
  expect(nextFor(after, () => true)?.key).toBe('new-1');
  expect(decide(after, settle('retry'), asker)).toEqual({ refusal: 'already_answered' });
});

test('Leave is over for every device, and what was left is not said again by a later Retry', () => {
  const left = folded(interrupted(), ...decided(interrupted(), 'leave'));
  expect([left.interruption, left.queue]).toEqual([null, []]);
  expect(decide(left, settle('retry'), asker)).toEqual({ refusal: 'already_answered' });

  const again = folded(left, running, ...taken('d'), begun, ...broken);
  expect(
    decided(again, 'retry').flatMap((draft) => (draft.type === 'message.sent' ? draft.text : [])),
  ).toEqual(['say d']);
});

test('what may not have reached Claude goes along, and is settled with it', () => {
  const doubt: ConversationDraft = { type: 'message.doubted', messageId: 'e', reason: '' };
  const view = folded(emptyView, running, ...taken('d'), begun, ...taken('e'), doubt, ...broken);
  const after = folded(view, ...decided(view, 'retry'));
  expect(after.queue.map(({ text }) => text)).toEqual(['say d', 'say e']);
  const resend = { type: 'message.settle', conversationId, messageId: 'e', behavior: 'resend' } as const;
  expect(decide(after, resend, asker)).toEqual({ refusal: 'already_answered' });
});

test('nothing is settled while Claude works, and nothing is said again that nobody asked for', () => {
  const view = interrupted();
  const waiting = folded(view, {
    type: 'message.sent',
    messageId: 'x',
    clientId: 'x',
    deviceId: 'd',
    text: 'x',
  });
  expect(decide(waiting, settle('leave'), asker)).toEqual({ refusal: 'already_answered' });
  expect(decide({ ...waiting, interruption: 'x' }, settle('retry'), asker)).toEqual({
    refusal: 'turn_running',
  });
  const unasked = folded(emptyView, running, begun, ...broken);
  expect(decide(unasked, settle('retry'), asker)).toEqual({ refusal: 'no_way_back' });
});
