// Agents that work on when the turn that began them is over: what they do and ask must not end with it.
import { expect, test } from 'vitest';
import type { ConversationDraft } from './events.ts';
import { fold } from './fold.ts';
import { type ConversationView, emptyView } from './view.ts';

const fromAgent: ConversationDraft[] = [
  { type: 'turn.started', turnId: 't' },
  { type: 'tool.started', toolId: 'agent', tool: 'Agent', input: {} },
  { type: 'task.started', taskId: 'k', toolId: 'agent', kind: 'local_agent', description: 'Look around' },
  { type: 'tool.finished', toolId: 'agent', isError: false, output: 'launched', detail: null },
  { type: 'tool.started', toolId: 'own', tool: 'Bash', input: {} },
  { type: 'tool.started', toolId: 'nested', tool: 'Bash', input: {}, parentToolId: 'agent' },
  {
    type: 'permission.requested',
    requestId: 'r',
    toolId: 'nested',
    tool: 'Bash',
    input: {},
    description: null,
    reason: null,
    blockedPath: null,
    suggestions: [],
  },
];

const turnFinished: ConversationDraft = {
  type: 'turn.finished',
  turnId: 't',
  outcome: 'completed',
  error: null,
  durationMs: 1,
  costUsd: 0,
  inputTokens: 0,
  outputTokens: 0,
};

function viewAfter(...drafts: ConversationDraft[]) {
  const view = [...fromAgent, ...drafts]
    .map((draft, index) => ({ ...draft, id: index + 1, at: index }))
    .reduce<ConversationView>(fold, emptyView);
  const tools = view.pages.flat().flatMap((item) => (item.kind === 'tool' ? [[item.key, item.state]] : []));
  return {
    tools: Object.fromEntries(tools),
    open: view.open,
    requests: view.requests.map((request) => request.requestId),
  };
}

test('the turn ends: the agent works and asks on', () => {
  expect(viewAfter(turnFinished)).toEqual({
    tools: { agent: 'done', own: 'interrupted', nested: 'running' },
    open: ['nested'],
    requests: ['r'],
  });
});

test('the agent ends: its answered request and its tool are over', () => {
  expect(
    viewAfter(
      turnFinished,
      { type: 'permission.answered', requestId: 'r', deviceId: 'd', behavior: 'allow', message: null },
      { type: 'tool.finished', toolId: 'nested', isError: false, output: '', detail: null },
    ),
  ).toEqual({ tools: { agent: 'done', own: 'interrupted', nested: 'done' }, open: [], requests: [] });
});

test('the process is gone: nothing works on', () => {
  expect(viewAfter({ type: 'turn.interrupted', turnId: 't', reason: 'power cut' })).toEqual({
    tools: { agent: 'done', own: 'interrupted', nested: 'interrupted' },
    open: [],
    requests: [],
  });
});
