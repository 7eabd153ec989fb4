import { expect, test } from 'vitest';
import { parseMessagesBody } from './messages.ts';
import { type Picked, type Script, pickTurn } from './pick.ts';

const scripts: Record<string, Script> = { one: [], two: [] };
const user = (content: unknown) => ({ role: 'user', content });
const said = { role: 'assistant', content: [{ type: 'text', text: 'said' }] };
const toolResult = user([{ type: 'tool_result', tool_use_id: 't1', content: 'out', is_error: true }]);

const pick = (...messages: unknown[]): Picked =>
  pickTurn(parseMessagesBody({ messages }), scripts, ({ words, notice }) =>
    words === 'plain' || notice !== undefined ? 'two' : undefined,
  );
const nameArgsStep = ({ name, args, step }: Picked) => [name, args, step];

test('the newest message with a keyword names the script and its arguments', () => {
  expect(nameArgsStep(pick(user('[[one]]'), said, user('please [[two a  b/c]] now')))).toEqual([
    'two',
    ['a', 'b/c'],
    0,
  ]);
});

test('the last keyword of a message wins, and a word that is no script is none', () => {
  expect(nameArgsStep(pick(user('[[one]] [[two]] [[three]] [[toString]]')))).toEqual(['two', [], 0]);
});

test('the step is the number of answers since that message', () => {
  expect(
    nameArgsStep(pick(user('[[two]]'), said, user('[[one]]'), said, toolResult, said, toolResult)),
  ).toEqual(['one', [], 2]);
});

test('a later message without a keyword ends the script', () => {
  expect(nameArgsStep(pick(user('[[one]]'), said, user('thanks')))).toEqual([undefined, [], 0]);
});

test('a message without a keyword may be given a script by its words', () => {
  expect(nameArgsStep(pick(user('plain'), said, toolResult))).toEqual(['two', [], 1]);
});

test('reminders of the CLI and system messages pick nothing', () => {
  const reminder = { type: 'text', text: '<system-reminder>\nlink notes as [[two]]\n</system-reminder>' };
  const picked = pick(user([reminder, { type: 'text', text: '[[one]]' }]), {
    role: 'system',
    content: 'The user sent a new message: [[two]]',
  });
  expect(nameArgsStep(picked)).toEqual(['one', [], 0]);
});

test('the notice of a finished background task is told as a notice', () => {
  const notice =
    '<system-reminder><task-notification><result>r</result></task-notification></system-reminder>';
  const { name, words, notice: told } = pick(user('[[one]]'), said, user(notice));
  expect({ name, words, told }).toEqual({ name: 'two', words: '', told: '<result>r</result>' });
});

test('what the CLI writes after a cut answer goes on with the same script', () => {
  const goOn = user('Output token limit hit. Resume directly.');
  expect(nameArgsStep(pick(user('[[one]]'), said, goOn))).toEqual(['one', [], 1]);
});

test('only the results of the newest step are told', () => {
  expect(pick(user('[[one]]'), said, toolResult, said, toolResult).toolResults).toEqual([
    { toolUseId: 't1', text: 'out', isError: true },
  ]);
});

test('the working folder is found in the system prompt and in a system message', () => {
  const line = '# Environment\n - Primary working directory: /a b/c\n - Platform: linux';
  const inPrompt = parseMessagesBody({ system: [{ type: 'text', text: line }], messages: [] });
  expect([
    pickTurn(inPrompt, scripts, () => undefined).folder,
    pick(user('x'), { role: 'system', content: line }).folder,
  ]).toEqual(['/a b/c', '/a b/c']);
});
