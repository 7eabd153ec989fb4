// What commands mean for a conversation as it stands.
import { expect, test } from 'vitest';
import { emptyView, type PermissionRequest } from '../protocol/view.ts';
import { decide, titleFrom } from './decide.ts';

const asker = { deviceId: 'phone', newId: 'fresh' };
const conversationId = 'c';
const turn = { turnId: 't', startedAt: 0, stopping: false, messages: [], retry: null };
const request: PermissionRequest = {
  ...{ requestId: 'r', toolId: null, tool: 'Bash', input: {}, description: null, reason: null },
  ...{ blockedPath: null, suggestions: [], at: 0 },
};

test('a stop is asked for once; without a turn it is refused', () => {
  const stop = { type: 'turn.stop', conversationId } as const;
  expect(decide(emptyView, stop, asker)).toEqual({ refusal: 'no_turn' });
  expect(decide({ ...emptyView, turn }, stop, asker)).toEqual({
    drafts: [{ type: 'turn.stopRequested', deviceId: 'phone' }],
  });
  expect(decide({ ...emptyView, turn: { ...turn, stopping: true } }, stop, asker)).toEqual({ drafts: [] });
});

test('a permission is answered once, by whoever comes first', () => {
  const answer = {
    type: 'permission.answer',
    conversationId,
    requestId: 'r',
    behavior: 'deny',
    message: 'no',
  } as const;
  const drafts = [
    { type: 'permission.answered', requestId: 'r', deviceId: 'phone', behavior: 'deny', message: 'no' },
  ];
  expect(decide({ ...emptyView, requests: [request] }, answer, asker)).toEqual({ drafts });
  expect(decide(emptyView, answer, asker)).toEqual({ refusal: 'already_answered' });
});

test('a title is the first line, cut at a word', () => {
  expect(titleFrom('  Fix the login\nIt breaks on Safari.')).toBe('Fix the login');
  const long = titleFrom('Please look at the very long list of things that I would like to have done today');
  expect(long).toBe('Please look at the very long list of things that I would…');
});
