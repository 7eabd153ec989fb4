// What the CLI asks before it does something, and what it does with each answer (can_use_tool): through the daemon, with the
// pinned `claude`. Rules that are kept for later are in permission-rules.integration.test.ts.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRequest, startTalk, type Talk, toldOf } from '../testing/talk.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;
let talk: Talk;

beforeAll(async () => {
  daemon = await startTestDaemon();
  talk = await startTalk(daemon);
});

afterAll(() => daemon.close());

const inProject = (name: string) => join(daemon.project, name);
const exists = (name: string) => existsSync(inProject(name));

/** Says it, denies the one request that comes, and gives that request. */
async function requestFor(text: string) {
  await talk.say(text);
  const request = await talk.asked();
  await talk.answer(request, { behavior: 'deny' });
  await talk.ended();
  return request;
}

describe('a request tells', () => {
  test('the command, the path it would touch, and every suggestion as the CLI made it', async () => {
    expect(await requestFor('[[bash touch a.txt]]')).toMatchObject({
      tool: 'Bash',
      toolId: expect.stringMatching(/^toolu_/),
      input: { command: 'touch a.txt', description: 'Run a command' },
      description: 'Run a command',
      reason: null,
      blockedPath: inProject('a.txt'),
      suggestions: [
        {
          type: 'addRules',
          rules: [{ toolName: 'Bash', ruleContent: 'touch a.txt' }],
          behavior: 'allow',
          destination: 'localSettings',
        },
        { type: 'addDirectories', directories: [daemon.project], destination: 'session' },
        { type: 'setMode', mode: 'acceptEdits', destination: 'session' },
      ],
    });
  });

  test('the whole new file', async () => {
    expect(await requestFor('[[write b.txt]]')).toMatchObject({
      tool: 'Write',
      input: { file_path: inProject('b.txt'), content: 'line one\nline two\nline three\n' },
      description: 'b.txt',
      blockedPath: null,
    });
  });

  test.each([
    ['[[bash npm run x]]', 'Bash', 'This command requires approval'],
    ['[[read /etc/hostname]]', 'Read', 'Path is outside allowed working directories'],
    ['[[write .git/config]]', 'Write', 'which is a sensitive file.'],
  ])('why %s is asked', async (text, tool, reason) => {
    expect(await requestFor(text)).toMatchObject({ tool, reason: expect.stringContaining(reason) });
  });

  test('the path outside the project that a command would touch', async () => {
    const path = join(daemon.folder, 'outside.txt');
    expect(await requestFor(`[[bash touch ${path}]]`)).toMatchObject({ blockedPath: path });
    expect(existsSync(path)).toBe(false);
  });

  test('the tool call in the log that it is about', async () => {
    await talk.say('[[bash touch joined.txt]]');
    const events = await talk.next(isRequest);
    const request = events.at(-1);
    const call = events.find((event) => event.type === 'tool.started');
    expect(request?.['toolId']).toBe(call?.['toolId']);
    if (request) await talk.answer(request, { behavior: 'deny' });
    await talk.ended();
  });
});

describe('an answer', () => {
  test('to allow runs what was asked', async () => {
    const events = await talk.allowing('[[bash touch allowed.txt]]');
    expect([exists('allowed.txt'), events.at(-1)?.['outcome']]).toEqual([true, 'completed']);
    expect(events.find((event) => event.type === 'permission.answered')).toMatchObject({
      behavior: 'allow',
    });
  });

  test('to allow something else runs that, and only that', async () => {
    await talk.say('[[bash touch as-asked.txt]]');
    const request = await talk.asked();
    const updatedInput = { command: 'touch as-edited.txt', description: 'Run a command' };
    await talk.answer(request, { behavior: 'allow', updatedInput });
    await talk.ended();
    expect([exists('as-asked.txt'), exists('as-edited.txt')]).toEqual([false, true]);
  });

  test('to allow an edited file writes the edited one', async () => {
    await talk.say('[[write edited.txt]]');
    const request = await talk.asked();
    const updatedInput = { file_path: inProject('edited.txt'), content: 'my own words\n' };
    await talk.answer(request, { behavior: 'allow', updatedInput });
    await talk.ended();
    expect(readFileSync(inProject('edited.txt'), 'utf8')).toBe('my own words\n');
  });

  test('to deny gives Claude exactly these words as an error, and Claude goes on', async () => {
    const message = 'No, use “d2” please —\nand  mind\tthe `spaces`. 🙂';
    await talk.say('[[bash touch denied.txt]]');
    const request = await talk.asked();
    await talk.answer(request, { behavior: 'deny', message });
    const events = await talk.ended();
    expect(toldOf(daemon.api, request['toolId'])).toEqual({ text: message, isError: true });
    expect(events.find((event) => event.type === 'tool.finished')).toMatchObject({
      isError: true,
      output: message,
    });
    expect([exists('denied.txt'), events.at(-1)?.['outcome']]).toEqual([false, 'completed']);
    expect(events.findLast((event) => event.type === 'text.finished')).toMatchObject({ text: 'done: bash' });
  });

  test('to deny without words still gives Claude some', async () => {
    const request = await requestFor('[[bash touch wordless.txt]]');
    expect(toldOf(daemon.api, request['toolId'])).toEqual({ text: 'The person said no.', isError: true });
  });

  test('given twice is refused the second time and does nothing', async () => {
    await talk.say('[[bash touch twice.txt]]');
    const request = await talk.asked();
    await talk.answer(request, { behavior: 'deny', message: 'the first' });
    await expect(talk.answer(request, { behavior: 'allow' })).rejects.toThrow('already_answered');
    await talk.ended();
    expect([exists('twice.txt'), toldOf(daemon.api, request['toolId'])?.text]).toEqual([false, 'the first']);
  });
});

test('three commands at once are asked one by one where they must be, and the rest runs', async () => {
  const events = await talk.allowing('[[multi]]');
  expect(events.filter(isRequest).map((event) => event['input'])).toMatchObject([
    { command: `touch ${inProject('multi.tmp')}` },
  ]);
  expect(events.filter((event) => event.type === 'tool.finished')).toHaveLength(3);
});

test('a subagent asks through the same door', async () => {
  await talk.say('[[task {{bash touch by-subagent.txt}}]]');
  const request = await talk.asked();
  expect(request).toMatchObject({ tool: 'Bash', input: { command: 'touch by-subagent.txt' } });
  await talk.answer(request, { behavior: 'deny', message: 'not you' });
  await talk.ended();
  expect(toldOf(daemon.api, request['toolId'])).toEqual({ text: 'not you', isError: true });
});

test('a stop withdraws the request, and an answer that comes too late is refused', async () => {
  await talk.say('[[bash touch stopped.txt]]');
  const request = await talk.asked();
  await daemon.client.command('turn.stop', { conversationId: talk.conversationId });
  const events = await talk.ended();
  const withdrawn = events.filter((event) => event.type === 'permission.withdrawn');
  expect(withdrawn).toMatchObject([{ requestId: request['requestId'] }]);
  await expect(talk.answer(request, { behavior: 'allow' })).rejects.toThrow('already_answered');
  expect([exists('stopped.txt'), events.at(-1)?.['outcome']]).toEqual([false, 'stopped']);
});
