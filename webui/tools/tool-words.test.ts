import { describe, expect, test } from 'vitest';
import { type Told, toolWords } from './tool-words.ts';

const cwd = '/home/ana/shop';

function told(tool: string, input: unknown, more: Partial<Told> = {}): Told {
  return { tool, input, state: 'done', output: '', detail: null, ...more };
}

function line(call: Told): string {
  const { verb, target, changes } = toolWords(call, cwd);
  const counted = changes === null ? '' : ` +${changes.added} -${changes.removed}`;
  return `${verb} ${target.head}${target.tail}${counted}`.trim();
}

const patch = [{ oldStart: 1, newStart: 1, lines: [' a', '-b', '+c', '+d'] }];

test.each<[Told, string]>([
  [told('Bash', { command: 'npm test' }), 'Ran npm test'],
  [told('Bash', { command: 'cd a\nls\n' }), 'Ran cd a …'],
  [told('Read', { file_path: '/home/ana/shop/src/a.ts' }), 'Read src/a.ts'],
  [told('Read', { file_path: '/home/ana/shop2/a.ts' }), 'Read /home/ana/shop2/a.ts'],
  [
    told('Edit', { file_path: '/home/ana/shop/a.ts' }, { detail: { structuredPatch: patch } }),
    'Edited a.ts +2 -1',
  ],
  [told('MultiEdit', { file_path: '/etc/hosts' }), 'Edited /etc/hosts'],
  [told('NotebookEdit', { notebook_path: '/home/ana/shop/n.ipynb' }), 'Edited n.ipynb'],
  [
    told(
      'Write',
      { file_path: '/home/ana/shop/a.ts' },
      { detail: { type: 'update', structuredPatch: patch } },
    ),
    'Wrote a.ts +2 -1',
  ],
  [
    told('Write', { file_path: '/home/ana/shop/a.ts' }, { detail: { type: 'create', content: 'a\nb\n' } }),
    'Created a.ts +2 -0',
  ],
  [told('Grep', { pattern: 'foo.*' }), 'Searched foo.*'],
  [told('Glob', { pattern: '**/*.ts' }), 'Looked for **/*.ts'],
  [told('WebFetch', { url: 'https://example.org:8443/a' }), 'Fetched example.org:8443'],
  [told('WebFetch', { url: 'nonsense' }), 'Fetched nonsense'],
  [told('WebSearch', { query: 'preact' }), 'Searched the web preact'],
  [told('Agent', { description: 'Look around' }), 'Agent Look around'],
  [told('Task', { description: 'Look around' }), 'Agent Look around'],
  [told('TodoWrite', { todos: [{ status: 'completed' }, { status: 'pending' }] }), 'Tasks 1 of 2'],
  [told('TaskCreate', { subject: 'First' }), 'Tasks First'],
  [told('TaskUpdate', { taskId: '1', status: 'in_progress' }), 'Tasks #1 in progress'],
  [told('TaskList', {}, { detail: { tasks: [{ status: 'completed' }] } }), 'Tasks 1 of 1'],
  [told('AskUserQuestion', { questions: [{ question: 'Which?' }] }), 'Asked Which?'],
  [told('ExitPlanMode', { plan: '# Move it\n\n1. Write' }), 'Planned Move it'],
  [told('Skill', { skill: 'review' }), 'Skill review'],
  [told('mcp__linear__create_issue', { title: 'Broken' }), 'linear: create issue Broken'],
  [told('mcp__my_server__a__b', {}), 'my server: a b'],
  [told('FutureTool', { a: 1 }), 'Future Tool'],
  [told('FutureTool', { a: 1, what: 'this\nand that' }), 'Future Tool this …'],
  [told('BashOutput', { bash_id: '1' }, { detail: { command: 'npm start' } }), 'Checked npm start'],
  [told('TaskOutput', {}, { detail: { task: { description: 'Look' } } }), 'Checked Look'],
  [told('KillShell', { shell_id: '1' }), 'Stopped background work'],
  [told('TaskStop', {}, { detail: { command: 'sleep 9' } }), 'Stopped sleep 9'],
  [told('EnterPlanMode', {}), 'Planning first'],
  [told('SlashCommand', { command: '/review' }), 'Skill /review'],
  [told('ToolSearch', { query: 'select:WebFetch' }), 'Looked for tools WebFetch'],
  [told('LSP', { operation: 'hover', filePath: '/home/ana/shop/a.ts' }), 'Looked up a.ts'],
  [told('LS', { path: '/home/ana/shop/src' }), 'Listed src'],
  [told('SendMessage', { to: 'x', summary: 'Look again' }), 'Told an agent Look again'],
])('%o is told in words', (call, words) => {
  expect(line(call)).toBe(words);
});

describe('the verb', () => {
  const states = ['announced', 'running', 'done', 'failed', 'interrupted'] as const;

  test('follows the state, and claims nothing that did not happen', () => {
    const verbs = states.map((state) => toolWords(told('Edit', {}, { state }), cwd).verb);
    expect(verbs).toEqual(['Editing', 'Editing', 'Edited', 'Edit', 'Edit']);
  });

  test('says of a command that it ran when it has an exit code', () => {
    const failed = (output: string) => toolWords(told('Bash', {}, { state: 'failed', output }), cwd).verb;
    expect([failed('Exit code 2\nno'), failed('Permission denied by the person')]).toEqual(['Ran', 'Run']);
  });
});

test.each([null, undefined, 'text', 7, [], { file_path: 7, command: {}, todos: 'x', questions: [null] }])(
  'an input of %j breaks no words',
  (input) => {
    for (const tool of ['Bash', 'Read', 'Edit', 'Write', 'TodoWrite', 'AskUserQuestion', 'WebFetch'])
      expect(typeof line(told(tool, input, { detail: input }))).toBe('string');
  },
);

test('a long command is cut', () => {
  expect(toolWords(told('Bash', { command: 'x'.repeat(5000) }), cwd).target.tail).toHaveLength(120);
});
