import { expect, it } from 'vitest';
import { requestQuestion } from './request-words.ts';

it.each([
  ['Bash', { command: 'ls' }, 'Run this command?'],
  ['Edit', { file_path: '/p/src/hello.js' }, 'Change hello.js?'],
  ['Write', {}, 'Write a file?'],
  ['mcp__issue_tracker__close_issue', {}, 'Use close issue (issue tracker)?'],
  ['Teleport', {}, 'Use Teleport?'],
])('%s is asked for in words', (tool, input, question) => {
  expect(requestQuestion(tool, input)).toBe(question);
});
