import { expect, test } from 'vitest';
import { chooseDemoScript, demoScripts } from './demo-scripts.ts';
import { demoEdits, demoProject } from './demo/project.ts';
import { outcomeOf } from './demo/turn.ts';
import { welcome } from './demo/words.ts';
import { parseMessagesBody } from './messages.ts';
import { pickTurn } from './pick.ts';
import { builtInScripts } from './scripts.ts';

const chosenFor = (words: string) => chooseDemoScript({ words, notice: undefined });

test('plain words lead to what they ask for', () => {
  const expected = {
    'Hello there': 'demoHello',
    'hi!': 'demoHello',
    'what can you do?': 'demoHello',
    'Think about it': 'demoThink',
    'run something': 'demoRun',
    'please run the tests': 'demoRun',
    'ask permission for something': 'demoCreate',
    'touch a file': 'demoCreate',
    'create a file': 'demoCreate',
    'edit the file': 'demoEdit',
    'Change the greeting': 'demoEdit',
    'show me markdown': 'demoMarkdown',
    'make a plan': 'demoPlan',
    'ask me a question': 'demoQuestion',
    'a todo list': 'demoTodo',
    'send an agent': 'demoAgent',
    'work in the background': 'demoAgent',
    'show an error': 'demoError',
    'something about the whistle of this machine': 'demoEcho',
  };
  const chosen = Object.keys(expected).map((words) => [words, chosenFor(words)]);
  expect(Object.fromEntries(chosen)).toEqual(expected);
});

test('everything that the welcome promises is there', () => {
  const promised = [...welcome.matchAll(/^\| \*\*(.+?)\*\* \|/gm)].map(([, words = '']) => chosenFor(words));
  expect(promised.sort()).toEqual(
    [
      ...['demoAgent', 'demoCreate', 'demoEdit', 'demoError', 'demoMarkdown'],
      ...['demoPlan', 'demoQuestion', 'demoRun', 'demoThink', 'demoTodo'],
    ].sort(),
  );
});

test("a background task's end is answered as news, whatever words it carries", () => {
  expect(chooseDemoScript({ words: 'create a plan', notice: '<result>done</result>' })).toBe('demoNotice');
});

test('demo scripts and built-in scripts share no name', () => {
  expect(Object.keys(demoScripts).filter((name) => name in builtInScripts)).toEqual([]);
});

test('the demo always finds something to edit in its own program, and never the same twice in a row', () => {
  let source: string = demoProject['hello.js'];
  const taken: string[] = [];
  for (let round = 0; round < 6; round += 1) {
    const edit = demoEdits.find(({ before }) => source.split(before).length === 2);
    if (edit === undefined) break;
    source = source.replace(edit.before, () => edit.after);
    taken.push(edit.told);
  }
  expect([taken.length, taken.some((told, index) => told === taken[index - 1])]).toEqual([6, false]);
});

test.each([
  { content: 'fine', is_error: false, kind: 'done' },
  { content: 'The user does not want that', is_error: true, kind: 'refused' },
  { content: '<tool_use_error>File has not been read yet.</tool_use_error>', is_error: true, kind: 'failed' },
  { content: 'Exit code 2\nls: no such file', is_error: true, kind: 'failed' },
])('a tool result "$content" counts as $kind', ({ content, is_error, kind }) => {
  const result = { type: 'tool_result', tool_use_id: 't', content, is_error };
  const body = parseMessagesBody({ messages: [{ role: 'user', content: [result] }] });
  expect(outcomeOf({ ...pickTurn(body, {}, () => undefined), attempt: 0 }).kind).toBe(kind);
});
