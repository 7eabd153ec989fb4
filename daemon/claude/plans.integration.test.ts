// Plan mode: what is asked, what each answer to a plan does to the mode, the plan file and what Claude's API is told. Through
// the daemon, with the pinned `claude`.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Mode } from '../protocol/events.ts';
import type { LogEvent } from '../testing/daemon-client.ts';
import { isRequest, startTalk, type Talk, toldOf } from '../testing/talk.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

const plan = '# Plan\n\n1. Write the file\n2. Run the tests\n';
const modesIn = (events: readonly LogEvent[]) =>
  events.filter((event) => event.type === 'mode.changed').map((event) => event['mode']);

interface Planned {
  readonly talk: Talk;
  readonly request: LogEvent;
  readonly planFile: string;
}

/** A conversation in which Claude has made a plan and asks for its approval. */
async function planned(options: { mode?: Mode } = {}): Promise<Planned> {
  const talk = await startTalk(daemon, options);
  await talk.say('[[plan]]');
  const request = await talk.asked();
  return { talk, request, planFile: String((request['input'] as Record<string, unknown>)['planFilePath']) };
}

/** What is asked of these two, one after the other, both denied. */
async function askedFor(talk: Talk): Promise<unknown[]> {
  const events = [
    ...(await talk.denying('[[write by-tool.txt]]')),
    ...(await talk.denying('[[bash touch by-shell.txt]]')),
  ];
  return events.filter(isRequest).map((event) => event['tool']);
}

test('the request for approval holds the plan and the file it is in', async () => {
  const { request, planFile } = await planned();
  expect(request).toMatchObject({ tool: 'ExitPlanMode', input: { plan, planFilePath: planFile } });
  expect(readFileSync(planFile, 'utf8')).toBe(plan);
});

describe('a plan that is approved', () => {
  test.each([
    ['default', 'default'],
    ['acceptEdits', 'acceptEdits'],
    // Started in plan mode there is none before it.
    ['plan', 'default'],
  ] as const)('in a conversation of mode %s leads to mode %s', async (mode, after) => {
    const { talk, request, planFile } = await planned({ mode });
    await talk.answer(request, { behavior: 'allow' });
    const events = await talk.ended();
    expect(modesIn(events)).toEqual([after]);
    expect(toldOf(daemon.api, request['toolId'])).toEqual({
      text: `User has approved your plan. You can now start coding. Start with updating your todo list if applicable\n\nYour plan has been saved to: ${planFile}\nYou can refer back to it if needed during implementation.\n\n## Approved Plan:\n${plan}`,
      isError: false,
    });
    expect(await askedFor(talk)).toEqual(after === 'default' ? ['Write', 'Bash'] : []);
  });

  test('into the mode that accepts edits asks no more for files, in the next process neither', async () => {
    const { talk, request } = await planned();
    await talk.answer(request, {
      behavior: 'allow',
      updatedPermissions: [{ type: 'setMode', mode: 'acceptEdits', destination: 'session' }],
    });
    const events = await talk.ended();
    expect(modesIn(events).at(-1)).toBe('acceptEdits');
    expect((await talk.denying('[[write unasked.txt]]')).filter(isRequest)).toEqual([]);
    await talk.endProcess();
    expect((await talk.denying('[[write unasked-later.txt]]')).filter(isRequest)).toEqual([]);
    expect(existsSync(join(daemon.project, 'unasked-later.txt'))).toBe(true);
  });

  test('as the person edited it is what Claude reads and what the file holds', async () => {
    const { talk, request, planFile } = await planned();
    const edited = '# My plan\n\n1. Only the tests\n';
    await talk.answer(request, {
      behavior: 'allow',
      updatedInput: { plan: edited, planFilePath: planFile },
    });
    const events = await talk.ended();
    expect(toldOf(daemon.api, request['toolId'])?.text).toMatch(
      /## Approved Plan \(edited by user\):\n# My plan\n\n1\. Only the tests\n$/,
    );
    expect(readFileSync(planFile, 'utf8')).toBe(edited);
    expect(events.find((event) => event.type === 'tool.finished')).toMatchObject({
      detail: { plan: edited, planWasEdited: true },
    });
  });
});

describe('a plan that is sent back', () => {
  test('tells Claude why, word for word, and stays in plan mode, in the next process too', async () => {
    const { talk, request } = await planned();
    await talk.answer(request, { behavior: 'deny', message: 'Shorter, please: one step.' });
    const events = await talk.ended();
    expect(toldOf(daemon.api, request['toolId'])).toEqual({
      text: 'Shorter, please: one step.',
      isError: true,
    });
    expect(modesIn(events)).toEqual([]);
    await talk.endProcess();
    const later = await talk.denying('[[text later]]');
    expect(later.find((event) => event.type === 'session.announced')).toMatchObject({ mode: 'plan' });
  });

  test('can be asked for again and approved then', async () => {
    const { talk, request } = await planned();
    await talk.answer(request, { behavior: 'deny', message: 'Again.' });
    await talk.ended();
    await talk.say('[[tool ExitPlanMode {}]]');
    const second = await talk.asked();
    expect(second).toMatchObject({ tool: 'ExitPlanMode', input: { plan } });
    await talk.answer(second, { behavior: 'allow' });
    expect(modesIn(await talk.ended())).toEqual(['default']);
  });
});

describe('in plan mode files and shell commands are asked', () => {
  test('when the conversation was started in it', async () => {
    const talk = await startTalk(daemon, { mode: 'plan' });
    expect(await askedFor(talk)).toEqual(['Write', 'Bash']);
  });

  test('when the person chose it later', async () => {
    const talk = await startTalk(daemon);
    await talk.allowing('[[text first]]');
    const { conversationId } = talk;
    await daemon.client.command('conversation.configure', { conversationId, mode: 'plan' });
    expect(await askedFor(talk)).toEqual(['Write', 'Bash']);
  });

  test('when Claude entered it by itself, which it asks nobody', async () => {
    const talk = await startTalk(daemon);
    const entered = await talk.denying('[[enterplan]]');
    expect([entered.filter(isRequest), modesIn(entered)]).toEqual([[], ['plan']]);
    expect(await askedFor(talk)).toEqual(['Write', 'Bash']);
  });
});

test('outside plan mode there is no plan to approve and nobody is asked', async () => {
  const talk = await startTalk(daemon);
  const events = await talk.denying('[[tool ExitPlanMode {}]]');
  expect(events.filter(isRequest)).toEqual([]);
  expect(events.find((event) => event.type === 'tool.finished')).toMatchObject({
    isError: true,
    output: expect.stringContaining('not in plan mode'),
  });
});
