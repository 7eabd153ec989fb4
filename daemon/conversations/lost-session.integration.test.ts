// The CLI has forgotten the session that a conversation is to go on in: it was killed too early, or its files were cleared
// away. The message is not lost: it goes to a new session, and the transcript says so.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogEvent } from '../testing/daemon-client.ts';
import { endRuns } from '../testing/end-runs.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

const isEnd = ({ type }: LogEvent) => type === 'turn.finished';
const say = (conversationId: string, text: string) =>
  daemon.client.command('message.send', { conversationId, clientId: crypto.randomUUID(), text });

/** Removes what the CLI keeps of its sessions. */
function forgetSessions(): number {
  const files = readdirSync(join(daemon.folder, 'world'), { recursive: true, encoding: 'utf8' });
  const sessions = files.filter((name) => /projects\/[^/]+\/[0-9a-f-]{36}\.jsonl$/.test(name));
  for (const name of sessions) rmSync(join(daemon.folder, 'world', name));
  return sessions.length;
}

test('a message to a session that is gone is answered in a new one, and the transcript says so', async () => {
  const { conversationId } = await daemon.client.command('conversation.create', { cwd: daemon.project });
  await say(conversationId, '[[text first]]');
  const before = await daemon.client.readUntil(conversationId, isEnd);
  await daemon.stop();
  await endRuns(daemon.home);
  expect(forgetSessions()).toBeGreaterThan(0);
  await daemon.start();
  await say(conversationId, '[[text afresh]]');
  const after = await daemon.client.readUntil(conversationId, isEnd, { after: before.length });
  expect(after.filter((event) => event.type === 'text.finished')).toMatchObject([{ text: 'afresh' }]);
  const types = after.map((event) => event.type);
  expect(types).toContain('session.lost');
  expect(types).not.toContain('message.doubted');
  expect(types.filter((type) => type === 'message.sent')).toHaveLength(1);
  await say(conversationId, '[[text and on]]');
  const isOn = (event: LogEvent) => event.type === 'text.finished' && event['text'] === 'and on';
  await daemon.client.readUntil(conversationId, isOn);
});

test.each(['rewind', 'fork'] as const)(
  'a %s into a session that is gone goes on in a new one, once',
  async (way) => {
    const { conversationId } = await daemon.client.command('conversation.create', { cwd: daemon.project });
    await say(conversationId, '[[text first]]');
    await daemon.client.readUntil(conversationId, isEnd);
    await say(conversationId, '[[text second]]');
    const isSecond = (event: LogEvent) =>
      event.type === 'message.sent' && event['text'] === '[[text second]]';
    const before = await daemon.client.readUntil(conversationId, isSecond);
    const messageId = String(before.at(-1)?.['messageId']);
    await daemon.client.readUntil(conversationId, isEnd, { after: before.length });
    const target = { conversationId, messageId };
    const forked = way === 'fork' ? await daemon.client.command('conversation.fork', target) : undefined;
    if (!forked) await daemon.client.command('conversation.rewind', { ...target, files: false });
    const id = forked?.conversationId ?? conversationId;
    const isBranched = ({ type }: LogEvent) => type === 'conversation.branched';
    const after = (await daemon.client.readUntil(id, isBranched)).length;
    await daemon.stop();
    await endRuns(daemon.home);
    expect(forgetSessions()).toBeGreaterThan(0);
    await daemon.start();
    await say(id, '[[text afresh]]');
    const types = (await daemon.client.readUntil(id, isEnd, { after, seconds: 20 })).map(({ type }) => type);
    expect(types.filter((type) => type === 'session.lost')).toHaveLength(1);
    expect(types).toContain('text.finished');
  },
  60_000,
);
