import { describe, expect, test } from 'vitest';
import { fold } from './fold.ts';
import { type ConversationView, emptyView, type ReceiptItem } from './view.ts';

type Fields = { type: string; [field: string]: unknown };

/** The view after these events, their ids and times counted from one. */
function viewAfter(...events: readonly Fields[]): ConversationView {
  return events.reduce<ConversationView>(
    (view, event, index) => fold(view, { id: index + 1, at: (index + 1) * 1000, ...event }),
    emptyView,
  );
}

const begin: Fields = { type: 'turn.started', turnId: 't' };
const end: Fields = {
  type: 'turn.finished',
  ...{ turnId: 't', outcome: 'completed', error: null, durationMs: 1, costUsd: 0.01 },
  ...{ inputTokens: 3, outputTokens: 4, cacheReadTokens: 20, cacheWriteTokens: 100 },
};
let calls = 0;
function call(tool: string, input: unknown, result: Partial<Fields> = {}, nested = {}): Fields[] {
  calls += 1;
  const toolId = `call-${calls}`;
  return [
    { type: 'tool.started', toolId, tool, input, ...nested },
    { type: 'tool.finished', toolId, isError: false, output: '', detail: null, ...result },
  ];
}
const hunk = (...lines: string[]) => ({ structuredPatch: [{ oldStart: 1, newStart: 1, lines }] });
const receiptOf = (view: ConversationView) =>
  view.pages.flat().find((item): item is ReceiptItem => item.kind === 'receipt');

describe('the receipt of a turn', () => {
  const workOf = (...events: readonly Fields[]) => {
    const { files = [], commands = [] } = receiptOf(viewAfter(begin, ...events, end)) ?? {};
    return { files, commands };
  };

  test('counts the lines of an edit, of a new file and of what was overwritten', () => {
    const path = '/p/a.ts';
    expect(
      workOf(
        ...call('Edit', { file_path: path }, { detail: { filePath: path, ...hunk(' x', '-a', '+b', '+c') } }),
        ...call('Write', { file_path: '/p/n' }, { detail: { type: 'create', content: 'one\ntwo\n' } }),
        ...call('Write', { file_path: '/p/o' }, { detail: { type: 'update', ...hunk('-a') } }),
      ).files,
    ).toEqual([
      { path, isNew: false, added: 2, removed: 1 },
      { path: '/p/n', isNew: true, added: 2, removed: 0 },
      { path: '/p/o', isNew: false, added: 0, removed: 1 },
    ]);
  });

  test('names a file that is changed twice once, with the sum, and as new when it was', () => {
    expect(
      workOf(
        ...call('Write', { file_path: '/p/n' }, { detail: { type: 'create', content: 'one' } }),
        ...call('Edit', { file_path: '/p/n' }, { detail: hunk('-one', '+two', '+three') }),
      ).files,
    ).toEqual([{ path: '/p/n', isNew: true, added: 3, removed: 1 }]);
  });

  test('says nothing of lines that the tool did not tell, in the sum neither', () => {
    const file = { path: '/p/n.ipynb', isNew: false, added: null, removed: null };
    const cell = call('NotebookEdit', { notebook_path: file.path, new_source: 'x' });
    expect(workOf(...cell).files).toEqual([file]);
    expect(workOf(...call('Edit', { file_path: file.path }, { detail: hunk('+a') }), ...cell).files).toEqual([
      file,
    ]);
  });

  test('leaves out what failed, and what has no path', () => {
    const failed = call('Edit', { file_path: '/p/a' }, { isError: true, detail: hunk('+a') });
    expect(workOf(...failed, ...call('Write', { content: 'x' })).files).toEqual([]);
  });

  test('tells commands in order, with how they ended, those of subagents too', () => {
    expect(
      workOf(
        ...call('Bash', { command: 'npm test' }, { isError: true }),
        ...call('Bash', { command: 'ls' }, {}, { parentToolId: 'agent' }),
        ...call('Read', { file_path: '/p/a' }),
      ).commands,
    ).toEqual([
      { command: 'npm test', failed: true },
      { command: 'ls', failed: false },
    ]);
  });

  test('counts what went into the model from its cache too', () => {
    const { inputTokens, outputTokens } = receiptOf(viewAfter(begin, end)) ?? {};
    expect({ inputTokens, outputTokens }).toEqual({ inputTokens: 123, outputTokens: 4 });
  });

  test('begins anew with each turn', () => {
    const view = viewAfter(begin, ...call('Bash', { command: 'ls' }), end, { ...begin, turnId: 'u' });
    expect(view.turn).toMatchObject({ files: [], commands: [] });
  });
});

describe("Claude's own list", () => {
  const todo = (content: string, status: string) => ({ content, status, activeForm: '' });

  test('is what TodoWrite says, from the moment it begins', () => {
    const [started = begin] = call('TodoWrite', {
      todos: [todo('First', 'completed'), todo('Second', 'in_progress'), todo('Third', 'pending')],
    });
    expect(viewAfter(begin, started).todos).toEqual([
      { todoId: '0', text: 'First', state: 'done' },
      { todoId: '1', text: 'Second', state: 'working' },
      { todoId: '2', text: 'Third', state: 'pending' },
    ]);
  });

  const create = (id: string, subject: string) =>
    call('TaskCreate', { subject }, { detail: { task: { id, subject } } });
  const update = (input: Record<string, unknown>, result = {}) => call('TaskUpdate', input, result);

  test('is built step by step by the Task tools', () => {
    const view = viewAfter(
      begin,
      ...create('1', 'First'),
      ...create('2', 'Second'),
      ...create('3', 'Third'),
      ...update({ taskId: '1', status: 'completed' }),
      ...update({ taskId: '2', status: 'in_progress', subject: 'Second, better' }),
      ...update({ taskId: '3', status: 'deleted' }),
    );
    expect(view.todos).toEqual([
      { todoId: '1', text: 'First', state: 'done' },
      { todoId: '2', text: 'Second, better', state: 'working' },
    ]);
  });

  test('is put right by TaskList, but not emptied by one that tells nothing', () => {
    const listed = call(
      'TaskList',
      {},
      { detail: { tasks: [{ id: '9', subject: 'Other', status: 'pending' }] } },
    );
    const other = [{ todoId: '9', text: 'Other', state: 'pending' }];
    expect(viewAfter(begin, ...create('1', 'First'), ...listed).todos).toEqual(other);
    expect(viewAfter(begin, ...listed, ...call('TaskList', {})).todos).toEqual(other);
  });

  test('does not change by a call that failed', () => {
    const failed = update({ taskId: '1', status: 'completed' }, { isError: true });
    expect(viewAfter(begin, ...create('1', 'First'), ...failed).todos[0]?.state).toBe('pending');
  });

  test('is not that of a subagent', () => {
    const parent = { parentToolId: 'agent' };
    const inner = call('TodoWrite', { todos: [todo('Inner', 'pending')] }, {}, parent);
    const task = call(
      'TaskCreate',
      { subject: 'x' },
      { detail: { task: { id: '1', subject: 'x' } } },
      parent,
    );
    expect(viewAfter(begin, ...inner, ...task).todos).toEqual([]);
  });

  test('that is done is gone with the next turn; one that is not stays', () => {
    const done = [...create('1', 'First'), ...update({ taskId: '1', status: 'completed' })];
    expect(viewAfter(begin, ...done, end).todos).toHaveLength(1);
    expect(viewAfter(begin, ...done, end, begin).todos).toEqual([]);
    expect(viewAfter(begin, ...done, ...create('2', 'Second'), end, begin).todos).toHaveLength(2);
  });
});

test.each([
  null,
  'text',
  7,
  [],
  { todos: 'x' },
  { todos: [null, 7] },
  { structuredPatch: [null, { lines: 7 }] },
])('an input and a result of %j break nothing', (value) => {
  const tools = ['Edit', 'Write', 'Bash', 'TodoWrite', 'TaskCreate', 'TaskUpdate', 'TaskList'];
  const events = tools.flatMap((tool) => call(tool, value, { detail: value }));
  expect(viewAfter(begin, ...events, end).pages.flat()).toHaveLength(tools.length + 1);
});
