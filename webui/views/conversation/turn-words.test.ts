import { expect, test } from 'vitest';
import { type ConversationView, emptyView, type Item, type Turn } from '../../../daemon/protocol/view.ts';
import { turnWords } from './turn-words.ts';

const turn: Turn = {
  ...{ turnId: 't', startedAt: 0, stopping: false, messages: [], retry: null, isCompacting: false },
  ...{ files: [], commands: [] },
};
const retry = { attempt: 3, maxAttempts: 10, due: 5000, status: 529, error: 'overloaded' };
const text = (kind: 'text' | 'thinking', key: string): Item => ({ kind, key, at: 1, text: '', open: true });
const tool = (key: string, name: string, input: unknown, parentToolId?: string): Item => ({
  ...{ kind: 'tool', key, at: 1, tool: name, input, state: 'running', output: '', detail: null },
  ...{ endedAt: null, ...(parentToolId === undefined ? {} : { parentToolId }) },
});
const view = (items: Item[], more: Partial<ConversationView> = {}): ConversationView => ({
  ...emptyView,
  ...{ turn, cwd: '/p', pages: [items], open: items.map(({ key }) => key), ...more },
});
const request = { requestId: 'r' } as ConversationView['requests'][number];

test.each([
  ['nothing without a turn', { ...emptyView }, ''],
  ['that it works', view([]), 'Working'],
  ['that it writes', view([text('text', 'a')]), 'Writing'],
  ['that it thinks', view([text('thinking', 'a')]), 'Thinking'],
  ['the command that runs', view([tool('a', 'Bash', { command: 'npm test' })]), 'Running npm test'],
  [
    'the newest of several',
    view([tool('a', 'Bash', {}), tool('b', 'Read', { file_path: '/p/src/a.ts' })]),
    'Reading src/a.ts',
  ],
  [
    'its own doing before that of a subagent',
    view([tool('a', 'Agent', { description: 'Look around' }), tool('b', 'Bash', { command: 'ls' }, 'a')]),
    'Agent Look around',
  ],
  ['that it waits', view([tool('a', 'Bash', { command: 'ls' })], { requests: [request] }), 'Waiting for you'],
  ['that it makes room', view([], { turn: { ...turn, isCompacting: true } }), 'Making room…'],
  [
    'why and when it tries again',
    view([], { turn: { ...turn, retry } }),
    'Anthropic is overloaded, try 3 of 10, next in 4 s',
  ],
  ['that it stops, before all else', view([], { turn: { ...turn, retry, stopping: true } }), 'Stopping…'],
])('the line says %s', (_name, of, words) => {
  expect(turnWords(of, 1000)).toBe(words);
});
