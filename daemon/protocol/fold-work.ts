// The part of the fold that keeps account of what a turn did: files changed, commands run, steps of Claude's own list. Pure;
// reads the CLI's structured results, which may lack any field.
import type { ConversationEvent } from './events.ts';
import type { ChangedFile, ConversationView, RanCommand, Todo, ToolItem } from './view.ts';

type Finished = Extract<ConversationEvent, { type: 'tool.finished' }>;

/** What the finished call adds to the account of the running turn, and to the list of steps. */
export function foldWork(view: ConversationView, call: ToolItem, event: Finished): ConversationView {
  const withTodos =
    call.parentToolId === undefined && !event.isError ? foldTodoResult(view, call, event) : view;
  const { turn } = withTodos;
  if (!turn) return withTodos;
  if (call.tool === 'Bash') {
    const command: RanCommand = { command: textOf(call.input, 'command'), failed: event.isError };
    return { ...withTodos, turn: { ...turn, commands: [...turn.commands, command] } };
  }
  const file = event.isError ? undefined : changedFile(call, event.detail);
  return file ? { ...withTodos, turn: { ...turn, files: withFile(turn.files, file) } } : withTodos;
}

/** `TodoWrite` gives the whole list as its input, so it holds from the moment the call begins. */
export function foldTodoList(view: ConversationView, tool: string, input: unknown): ConversationView {
  if (tool !== 'TodoWrite') return view;
  const todos = listOf(input, 'todos').map((entry, index) => ({
    todoId: String(index),
    text: textOf(entry, 'content'),
    state: stateOf(textOf(entry, 'status')),
  }));
  return { ...view, todos };
}

/** `TaskCreate`, `TaskUpdate` and `TaskList` keep the list step by step; their results say what became of it. */
function foldTodoResult(
  view: ConversationView,
  { tool, input }: ToolItem,
  { detail }: Finished,
): ConversationView {
  switch (tool) {
    case 'TaskCreate': {
      const task = fieldOf(detail, 'task');
      const todoId = textOf(task, 'id');
      if (todoId === '') return view;
      const todo: Todo = {
        todoId,
        text: textOf(task, 'subject') || textOf(input, 'subject'),
        state: 'pending',
      };
      return { ...view, todos: [...view.todos.filter((t) => t.todoId !== todoId), todo] };
    }
    case 'TaskUpdate': {
      const todoId = textOf(detail, 'taskId') || textOf(input, 'taskId');
      const status = textOf(input, 'status');
      if (status === 'deleted') return { ...view, todos: view.todos.filter((t) => t.todoId !== todoId) };
      const text = textOf(input, 'subject');
      return {
        ...view,
        todos: view.todos.map((t) =>
          t.todoId === todoId
            ? { ...t, text: text || t.text, state: status === '' ? t.state : stateOf(status) }
            : t,
        ),
      };
    }
    case 'TaskList': {
      const todos = listOf(detail, 'tasks').map((task) => ({
        todoId: textOf(task, 'id'),
        text: textOf(task, 'subject'),
        state: stateOf(textOf(task, 'status')),
      }));
      return todos.length > 0 ? { ...view, todos } : view;
    }
    default:
      return view;
  }
}

/** A list that is done with is gone when the next turn begins. */
export function withoutDoneTodos(view: ConversationView): ConversationView {
  const isOver = view.todos.length > 0 && view.todos.every((todo) => todo.state === 'done');
  return isOver ? { ...view, todos: [] } : view;
}

function changedFile({ tool, input }: ToolItem, detail: unknown): ChangedFile | undefined {
  if (tool !== 'Edit' && tool !== 'Write' && tool !== 'MultiEdit' && tool !== 'NotebookEdit')
    return undefined;
  const path =
    textOf(detail, 'filePath') || textOf(input, 'file_path') || textOf(input, 'notebook_path') || undefined;
  if (path === undefined) return undefined;
  const hunks = listOf(detail, 'structuredPatch').flatMap((hunk) => listOf(hunk, 'lines'));
  const isNew = textOf(detail, 'type') === 'create';
  if (isNew) {
    const content = textOf(detail, 'content') || textOf(input, 'content');
    return { path, isNew, added: lineCount(content), removed: 0 };
  }
  if (hunks.length === 0) return { path, isNew, added: null, removed: null };
  const starting = (mark: string) =>
    hunks.filter((line) => typeof line === 'string' && line.startsWith(mark)).length;
  return { path, isNew, added: starting('+'), removed: starting('-') };
}

/** A file that is changed twice in a turn stands there once, with the sum of its lines. */
function withFile(files: readonly ChangedFile[], file: ChangedFile): readonly ChangedFile[] {
  const index = files.findIndex((f) => f.path === file.path);
  const before = files[index];
  if (!before) return [...files, file];
  const sum = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
  return files.with(index, {
    path: file.path,
    isNew: before.isNew,
    added: sum(before.added, file.added),
    removed: sum(before.removed, file.removed),
  });
}

function lineCount(text: string): number {
  if (text === '') return 0;
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

function stateOf(status: string): Todo['state'] {
  if (status === 'completed') return 'done';
  return status === 'in_progress' ? 'working' : 'pending';
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function textOf(value: unknown, name: string): string {
  const found = fieldOf(value, name);
  return typeof found === 'string' ? found : '';
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const found = fieldOf(value, name);
  return Array.isArray(found) ? found : [];
}
