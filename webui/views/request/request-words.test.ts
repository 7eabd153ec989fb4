import { expect, it } from 'vitest';
import { requestQuestion, requestsSaid } from './request-words.ts';

it.each([
  ['Bash', { command: 'ls' }, 'Run this command?'],
  ['Edit', { file_path: '/p/src/hello.js' }, 'Change hello.js?'],
  ['Write', {}, 'Write a file?'],
  ['mcp__issue_tracker__close_issue', {}, 'Use close issue (issue tracker)?'],
  ['Teleport', {}, 'Use Teleport?'],
])('%s is asked for in words', (tool, input, question) => {
  expect(requestQuestion(tool, input)).toBe(question);
});

it('says what is asked with what it is about, and how many wait', () => {
  const run = { tool: 'Bash', input: { command: 'ls -l' } };
  const ask = { tool: 'AskUserQuestion', input: { questions: [{ question: 'Which one?' }] } };
  expect([[], [run], [ask, run]].map(requestsSaid)).toEqual([
    '',
    'Claude asks: Run this command? ls -l',
    'Claude asks: Claude has a question Which one? 2 requests wait.',
  ]);
});
