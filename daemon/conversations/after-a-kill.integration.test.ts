// What a daemon finds that was killed at a bad moment, as chaos runs found it: each of these was stuck or dead before. With
// the real daemon and the real `claude`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createProcesses } from '../system/processes.ts';
import { runCommand } from '../system/spawn.ts';
import { claudePath } from '../testing/claude-environment.ts';
import { startTestDaemon } from '../testing/test-daemon.ts';

test('a daemon comes up although it has to end a run that belongs to no conversation', async () => {
  const daemon = await startTestDaemon();
  await daemon.stop('SIGKILL');
  const left = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });
  const ended = once(left, 'exit');
  const start = await createProcesses(process.platform, runCommand).startOf(left.pid ?? 0);
  const runId = crypto.randomUUID();
  const folder = join(daemon.home, 'runs', runId);
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(join(folder, 'spool'), '');
  const names = { runId, conversationId: crypto.randomUUID(), sessionId: crypto.randomUUID() };
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...names, pid: left.pid, start }));
  await daemon.start();
  expect((await ended)[1]).toBe('SIGTERM');
  await daemon.close();
});

test('a message that the list never heard of is answered once its conversation is opened', async () => {
  const daemon = await startTestDaemon({ claude: 'bin/claude' });
  const { conversationId } = await daemon.client.command('conversation.create', { cwd: daemon.project });
  const lobby = join(daemon.home, 'lobby', 'log', '00000001.jsonl');
  const before = readFileSync(lobby);
  await daemon.client.command('message.send', {
    conversationId,
    clientId: 'waits',
    text: '[[text at last]]',
  });
  await daemon.client.readUntil(conversationId, (event) => event.type === 'notice.raised');
  await daemon.stop('SIGKILL');
  writeFileSync(lobby, before);
  mkdirSync(join(daemon.folder, 'bin'));
  symlinkSync(claudePath, join(daemon.folder, 'bin', 'claude'));
  await daemon.start();
  // What is open when Claude turns out to be there is woken; this conversation is opened later.
  await daemon.client.command('claude.check', {});
  const events = await daemon.client.readUntil(conversationId, (event) => event.type === 'turn.finished', {
    seconds: 30,
  });
  expect(events.filter((event) => event.type === 'text.finished')).toMatchObject([{ text: 'at last' }]);
  await daemon.close();
});

test('what was left of a deleted conversation when the daemon was killed is gone after the next start', async () => {
  const daemon = await startTestDaemon();
  const { conversationId } = await daemon.client.command('conversation.create', { cwd: daemon.project });
  const folder = join(daemon.home, 'conversations', conversationId);
  cpSync(folder, join(daemon.folder, 'kept'), { recursive: true });
  await daemon.client.command('conversation.delete', { conversationId });
  await daemon.stop('SIGKILL');
  cpSync(join(daemon.folder, 'kept'), folder, { recursive: true });
  await daemon.start();
  expect(existsSync(folder)).toBe(false);
  await daemon.close();
});
