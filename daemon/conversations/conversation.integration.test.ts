// The whole way of a message with the real daemon and the real `claude`: command in, events out, over restarts.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

async function say(text: string, clientId = crypto.randomUUID()) {
  const { conversationId } = await daemon.client.command('conversation.create', { cwd: daemon.project });
  await daemon.client.command('message.send', { conversationId, clientId, text });
  return conversationId;
}

const isTurnEnd = (event: { type: string }) =>
  event.type === 'turn.finished' || event.type === 'turn.interrupted';
const textOf = (events: readonly { type: string; [field: string]: unknown }[]) =>
  events.filter((event) => event.type === 'text.finished').map((event) => event['text']);

test('a message is answered by the real claude, and the log says every step', async () => {
  const conversationId = await say('Hi [[text Good evening.]]');
  const events = await daemon.client.readUntil(conversationId, isTurnEnd);
  expect(textOf(events)).toEqual(['Good evening.']);
  const types = events.map((event) => event.type);
  for (const type of [
    'conversation.created',
    'message.sent',
    'run.started',
    'message.handed',
    'message.taken',
    'turn.started',
    'text.delta',
  ])
    expect(types).toContain(type);
  expect(events.map((event) => event.id)).toEqual(events.map((_, index) => index + 1));
  expect(events.at(-1)).toMatchObject({ type: 'turn.finished', outcome: 'completed', error: null });
});

test('the same message sent again, also at once, is in the log exactly once', async () => {
  const clientId = crypto.randomUUID();
  const { conversationId } = await daemon.client.command('conversation.create', { cwd: daemon.project });
  const send = (text: string) => daemon.client.command('message.send', { conversationId, clientId, text });
  const answers = await Promise.all([send('Hi [[text a]]'), send('Hi [[text a]]'), send('Hi [[text a]]')]);
  answers.push(await send('Hi [[text a]]'));
  expect(new Set(answers.map((answer) => answer.eventId)).size).toBe(1);
  await expect(send('other words')).rejects.toThrow('client_id_reused');
  const events = await daemon.client.readUntil(conversationId, isTurnEnd);
  expect(events.filter((event) => event.type === 'message.sent')).toHaveLength(1);
});

test('a tool that needs permission waits for the answer, runs when allowed, and the reason of a denial reaches Claude', async () => {
  const conversationId = await say('[[bash touch made-by-claude.txt]]');
  const asked = await daemon.client.readUntil(
    conversationId,
    (event) => event.type === 'permission.requested',
  );
  const request = asked.at(-1);
  expect(request).toMatchObject({ tool: 'Bash', input: { command: 'touch made-by-claude.txt' } });
  const answer = { conversationId, requestId: String(request?.['requestId']), behavior: 'allow' } as const;
  await daemon.client.command('permission.answer', answer);
  await expect(daemon.client.command('permission.answer', answer)).rejects.toThrow('already_answered');
  await daemon.client.readUntil(conversationId, isTurnEnd);
  expect(existsSync(join(daemon.project, 'made-by-claude.txt'))).toBe(true);

  await daemon.client.command('message.send', {
    conversationId,
    clientId: 'second',
    text: '[[bash touch not-made.txt]]',
  });
  const last = asked.at(-1)?.id ?? 0;
  const again = await daemon.client.readUntil(
    conversationId,
    (event) => event.type === 'permission.requested',
    { after: last },
  );
  const requestId = String(again.at(-1)?.['requestId']);
  const message = 'Not now, please tidy up first.';
  await daemon.client.command('permission.answer', { conversationId, requestId, behavior: 'deny', message });
  const after = await daemon.client.readUntil(conversationId, isTurnEnd, { after: again.at(-1)?.id ?? 0 });
  expect(after.find((event) => event.type === 'tool.finished')).toMatchObject({
    isError: true,
    output: message,
  });
  expect(existsSync(join(daemon.project, 'not-made.txt'))).toBe(false);
});

test('stop ends the turn, and the next message is answered', async () => {
  const conversationId = await say('[[hold never]]');
  await daemon.api.waiting('never');
  await daemon.client.command('turn.stop', { conversationId });
  const events = await daemon.client.readUntil(conversationId, isTurnEnd);
  expect(events.at(-1)).toMatchObject({ type: 'turn.finished', outcome: 'stopped' });
  await daemon.client.command('message.send', {
    conversationId,
    clientId: 'next',
    text: '[[text Here again.]]',
  });
  const after = await daemon.client.readUntil(conversationId, isTurnEnd, { after: events.length });
  expect(textOf(after)).toEqual(['Here again.']);
});

test('messages sent while a turn runs are answered one after the other, in order', async () => {
  const conversationId = await say('[[hold first]]');
  await daemon.api.waiting('first');
  for (const word of ['two', 'three']) {
    await daemon.client.command('message.send', { conversationId, clientId: word, text: `[[text ${word}]]` });
  }
  daemon.api.release('first');
  let ended = 0;
  const events = await daemon.client.readUntil(conversationId, (event) => isTurnEnd(event) && ++ended === 3);
  expect(textOf(events)).toEqual(['before the gate after the gate', 'two', 'three']);
});

test('a daemon killed in mid-stream finds the turn again: nothing is lost or doubled, and the next message works', async () => {
  const conversationId = await say('[[slow 20 40]]');
  await daemon.client.readUntil(conversationId, (event) => event.type === 'text.delta');
  await daemon.stop('SIGKILL');
  await daemon.start();
  const events = await daemon.client.readUntil(conversationId, isTurnEnd);
  const whole = 'The quick brown fox jumps over the lazy dog. '.repeat(40);
  expect(textOf(events)).toEqual([whole]);
  const deltas = events.filter((event) => event.type === 'text.delta').map((event) => event['text']);
  expect(deltas.join('')).toBe(whole);
  expect(events.map((event) => event.id)).toEqual(events.map((_, index) => index + 1));
  expect(events.filter((event) => event.type === 'turn.finished')).toHaveLength(1);

  await daemon.client.command('message.send', {
    conversationId,
    clientId: 'after',
    text: '[[text Still here.]]',
  });
  const after = await daemon.client.readUntil(conversationId, isTurnEnd, { after: events.length });
  expect(textOf(after)).toEqual(['Still here.']);
  expect(after.map((event) => event.type)).not.toContain('run.started');
});

test('a permission request outlives the daemon and is answered after its restart', async () => {
  const conversationId = await say('[[bash touch after-restart.txt]]');
  const asked = await daemon.client.readUntil(
    conversationId,
    (event) => event.type === 'permission.requested',
  );
  await daemon.stop('SIGKILL');
  await daemon.start();
  const requestId = String(asked.at(-1)?.['requestId']);
  await daemon.client.command('permission.answer', { conversationId, requestId, behavior: 'allow' });
  await daemon.client.readUntil(conversationId, isTurnEnd);
  expect(existsSync(join(daemon.project, 'after-restart.txt'))).toBe(true);
});

test('a turn whose claude was killed while the daemon was down is interrupted, honestly, and goes on by resume', async () => {
  const conversationId = await say('[[hold gone]]');
  const before = await daemon.client.readUntil(conversationId, (event) => event.type === 'text.delta');
  const runId = String(before.find((event) => event.type === 'run.started')?.['runId']);
  const { pid } = JSON.parse(readFileSync(join(daemon.home, 'runs', runId, 'run.json'), 'utf8'));
  await daemon.stop('SIGKILL');
  process.kill(pid, 'SIGKILL');
  await daemon.start();
  const events = await daemon.client.readUntil(conversationId, (event) => event.type === 'run.ended');
  expect(events.map((event) => event.type)).toContain('turn.interrupted');
  await daemon.client.command('message.send', {
    conversationId,
    clientId: 'go-on',
    text: '[[text Back again.]]',
  });
  const after = await daemon.client.readUntil(conversationId, isTurnEnd, { after: events.length });
  expect(after.find((event) => event.type === 'run.started')).toMatchObject({ resumed: true });
  expect(textOf(after)).toEqual(['Back again.']);
});

test('a claude that dies in mid-turn ends in an interrupted turn, never a stuck one', async () => {
  const conversationId = await say('[[hold dies]]');
  const before = await daemon.client.readUntil(conversationId, (event) => event.type === 'text.delta');
  const runId = String(before.find((event) => event.type === 'run.started')?.['runId']);
  const { pid } = JSON.parse(readFileSync(join(daemon.home, 'runs', runId, 'run.json'), 'utf8'));
  process.kill(pid, 'SIGKILL');
  const events = await daemon.client.readUntil(conversationId, (event) => event.type === 'run.ended');
  expect(events.find((event) => event.type === 'turn.interrupted')?.['reason']).toContain('SIGKILL');
  await until('the run folder to be removed', () => !existsSync(join(daemon.home, 'runs', runId)));
});

test('a deleted conversation is gone from the list, the disk and for every command', async () => {
  const conversationId = await say('[[text bye]]');
  await daemon.client.readUntil(conversationId, isTurnEnd);
  await daemon.client.command('conversation.delete', { conversationId });
  const { conversations } = await daemon.client.command('conversation.list', {});
  expect(conversations.map((c) => c.conversationId)).not.toContain(conversationId);
  expect(existsSync(join(daemon.home, 'conversations', conversationId))).toBe(false);
  await expect(daemon.client.command('turn.stop', { conversationId })).rejects.toThrow(
    'conversation_not_found',
  );
});
