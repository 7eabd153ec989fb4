// What commands mean for a conversation as it stands.
import { expect, test } from 'vitest';
import { emptyView, type MessageItem, type PermissionRequest } from '../protocol/view.ts';
import { decide, titleFrom } from './decide.ts';

const asker = { deviceId: 'phone', newId: () => 'fresh', mayBypass: false };
const conversationId = 'c';
const turn = {
  turnId: 't',
  startedAt: 0,
  stopping: false,
  messages: [],
  retry: null,
  isCompacting: false,
  files: [],
  commands: [],
};
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

test('a task is asked to stop once; one that is over cannot be', () => {
  const task = {
    ...{ taskId: 'a', toolId: null, kind: 'local_bash', description: '', startedAt: 0, stopping: false },
    ...{ tokens: 0, toolUses: 0, lastTool: null },
  };
  const stop = { type: 'task.stop', conversationId, taskId: 'a' } as const;
  const withTask = (stopping: boolean) => ({ ...emptyView, tasks: [{ ...task, stopping }] });
  expect(decide(withTask(false), stop, asker)).toEqual({
    drafts: [{ type: 'task.stopRequested', taskId: 'a', deviceId: 'phone' }],
  });
  expect(decide(withTask(true), stop, asker)).toEqual({ drafts: [] });
  expect(decide(emptyView, stop, asker)).toEqual({ refusal: 'no_task' });
});

test('a name that a person gives is theirs', () => {
  const rename = { type: 'conversation.rename', conversationId, title: 'Mine' } as const;
  expect(decide(emptyView, rename, asker)).toEqual({
    drafts: [{ type: 'conversation.renamed', title: 'Mine', by: 'person' }],
  });
});

test('a title is the first line, cut at a word', () => {
  expect(titleFrom('  Fix the login\nIt breaks on Safari.')).toBe('Fix the login');
  const long = titleFrom('Please look at the very long list of things that I would like to have done today');
  expect(long).toBe('Please look at the very long list of things that I would…');
});

test('what waits can be edited, sent now, withdrawn and reordered; what Claude has cannot', () => {
  const message = {
    kind: 'message',
    key: 'm',
    at: 0,
    clientId: 'x',
    deviceId: 'd',
    text: 'old',
    state: 'sent',
  } as const;
  const waiting = { ...emptyView, queue: [message] };
  const target = { conversationId, messageId: 'm' };
  expect(decide(waiting, { type: 'message.edit', ...target, text: 'new' }, asker)).toEqual({
    drafts: [{ type: 'message.edited', messageId: 'm', text: 'new' }],
  });
  expect(decide(waiting, { type: 'message.withdraw', ...target }, asker)).toEqual({
    drafts: [{ type: 'message.withdrawn', messageId: 'm', deviceId: 'phone' }],
  });
  expect(decide(waiting, { type: 'message.edit', ...target, text: ' \n' }, asker)).toEqual({
    refusal: 'bad_request',
  });
  for (const type of ['message.steer', 'message.withdraw'] as const) {
    expect(decide(emptyView, { type, ...target }, asker)).toEqual({ refusal: 'not_waiting' });
  }
});

test('a stop takes what waits along, if the person says so', () => {
  const message = {
    kind: 'message',
    key: 'm',
    at: 0,
    clientId: 'x',
    deviceId: 'd',
    text: 'old',
    state: 'sent',
  } as const;
  const view = { ...emptyView, turn, queue: [message] };
  expect(decide(view, { type: 'turn.stop', conversationId, dropQueue: true }, asker)).toEqual({
    drafts: [
      { type: 'message.withdrawn', messageId: 'm', deviceId: 'phone' },
      { type: 'turn.stopRequested', deviceId: 'phone' },
    ],
  });
});

test('bypassing permissions is refused unless the computer allows it', () => {
  const choose = { type: 'conversation.configure', conversationId, mode: 'bypassPermissions' } as const;
  expect(decide(emptyView, choose, asker)).toEqual({ refusal: 'bypass_not_allowed' });
  expect(decide(emptyView, choose, { ...asker, mayBypass: true })).toEqual({
    drafts: [{ type: 'conversation.configured', deviceId: 'phone', mode: 'bypassPermissions' }],
  });
});

test('a doubted message is settled once; said again it is a new message with the same files', () => {
  const attachments = [{ uploadId: 'u', name: 'a.txt', mediaType: 'text/plain', size: 1 }];
  const doubted: MessageItem = {
    ...{ kind: 'message', key: 'm', at: 0, clientId: 'k', deviceId: 'other', text: 'Do it' },
    ...{ state: 'doubted', attachments },
  };
  const view = (message: MessageItem) => ({ ...emptyView, pages: [[message]] });
  const settle = (behavior: 'leave' | 'resend') =>
    ({ type: 'message.settle', conversationId, messageId: 'm', behavior }) as const;
  const decided = { type: 'message.settled', messageId: 'm', deviceId: 'phone' };
  const again = { messageId: 'fresh', clientId: 'again:m', deviceId: 'phone', text: 'Do it', attachments };

  expect(decide(view(doubted), settle('leave'), asker)).toEqual({
    drafts: [{ ...decided, behavior: 'leave' }],
  });
  expect(decide(view(doubted), settle('resend'), asker)).toEqual({
    drafts: [
      { ...decided, behavior: 'resend' },
      { type: 'message.sent', ...again },
    ],
  });
  const refused = { refusal: 'already_answered' };
  expect(decide(view({ ...doubted, settled: 'leave' }), settle('resend'), asker)).toEqual(refused);
  expect(decide(view({ ...doubted, state: 'taken' }), settle('resend'), asker)).toEqual(refused);
  expect(decide(emptyView, settle('leave'), asker)).toEqual(refused);
});
