// What a review broke once: each of these was lost, doubled or stuck before. With the real daemon and the real `claude`.
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { claudePath } from '../testing/claude-environment.ts';
import { createDaemonClient, type LogEvent } from '../testing/daemon-client.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

const isTurnEnd = (event: LogEvent) => event.type === 'turn.finished';
const create = async () =>
  (await daemon.client.command('conversation.create', { cwd: daemon.project })).conversationId;
const send = (conversationId: string, text: string) =>
  daemon.client.command('message.send', { conversationId, clientId: crypto.randomUUID(), text });
const runsOf = (conversationId: string) =>
  readdirSync(join(daemon.home, 'runs')).filter((runId) => {
    const path = join(daemon.home, 'runs', runId, 'run.json');
    return existsSync(path) && JSON.parse(readFileSync(path, 'utf8')).conversationId === conversationId;
  });

test('pressing Stop twice leaves the log whole, also over a restart', async () => {
  const conversationId = await create();
  await send(conversationId, '[[hold twice]]');
  await daemon.api.waiting('twice');
  await Promise.all(
    [1, 2].map(() => daemon.client.command('turn.stop', { conversationId }).catch(() => undefined)),
  );
  const events = await daemon.client.readUntil(conversationId, isTurnEnd);
  await daemon.stop();
  await daemon.start();
  await send(conversationId, '[[text whole]]');
  const after = await daemon.client.readUntil(conversationId, isTurnEnd, { after: events.length });
  expect(after.find((event) => event.type === 'text.finished')).toMatchObject({ text: 'whole' });
});

test('a message acknowledged right before a crash is answered after it', async () => {
  const conversationId = await create();
  await send(conversationId, '[[text after the crash]]');
  await daemon.stop('SIGKILL');
  await daemon.start();
  const events = await daemon.client.readUntil(conversationId, isTurnEnd);
  expect(events.filter((event) => event.type === 'text.finished')).toMatchObject([
    { text: 'after the crash' },
  ]);
});

test('a message that waited when the daemon was killed is answered by the next one, run or no run', async () => {
  const late = await startTestDaemon({ claude: 'bin/claude' });
  try {
    const { conversationId } = await late.client.command('conversation.create', { cwd: late.project });
    const text = '[[text at last]]';
    await late.client.command('message.send', { conversationId, clientId: 'waits', text });
    await late.client.readUntil(conversationId, (event) => event.type === 'notice.raised');
    await late.stop('SIGKILL');
    mkdirSync(join(late.folder, 'bin'));
    symlinkSync(claudePath, join(late.folder, 'bin', 'claude'));
    await late.start();
    // Only the list is read: opening the conversation would wake it.
    const isAnswered = (event: LogEvent) =>
      event.type === 'conversation.changed' && event['lastText'] === 'at last';
    await late.client.readUntil('lobby', isAnswered, { seconds: 15 });
  } finally {
    await late.close();
  }
});

test('while the daemon comes up again nobody can start a second claude beside the one that runs', async () => {
  const conversationId = await create();
  await send(conversationId, '[[slow 20 40]]');
  await daemon.client.readUntil(conversationId, (event) => event.type === 'text.delta');
  const [before] = runsOf(conversationId);
  await daemon.stop('SIGKILL');
  await daemon.start();
  await send(conversationId, '[[text second]]');
  let ended = 0;
  const events = await daemon.client.readUntil(conversationId, (event) => isTurnEnd(event) && ++ended === 2);
  expect(runsOf(conversationId)).toEqual([before]);
  expect(events.map((event) => event.type)).not.toContain('message.doubted');
});

test('four equal messages in one write on one socket are one message', async () => {
  const conversationId = await create();
  const command = { type: 'message.send', conversationId, clientId: 'the-same', text: '[[text once]]' };
  const socket = new WebSocket(`${daemon.url.replace('https', 'wss')}/api/socket`, { ca: daemon.client.ca });
  const replies: unknown[] = [];
  await new Promise<void>((resolve) => {
    socket.on('open', () => socket.send(JSON.stringify({ type: 'auth', token: daemon.client.token })));
    socket.on('message', (data) => {
      const frame = JSON.parse(data.toString());
      if (frame.type === 'ready')
        for (const ref of ['1', '2', '3', '4'])
          socket.send(JSON.stringify({ type: 'command', ref, command }));
      if (frame.type === 'reply' && replies.push(frame.reply.result.eventId) === 4) resolve();
    });
  });
  socket.terminate();
  expect(new Set(replies).size).toBe(1);
});

test('a claude that dies before it said a word is followed by one that works', async () => {
  const conversationId = await create();
  await send(conversationId, '[[text never heard]]');
  await daemon.client.readUntil(conversationId, (event) => event.type === 'run.started');
  const [runId] = runsOf(conversationId);
  process.kill(
    JSON.parse(readFileSync(join(daemon.home, 'runs', runId ?? '', 'run.json'), 'utf8')).pid,
    'SIGKILL',
  );
  const events = await daemon.client.readUntil(conversationId, (event) => event.type === 'run.ended');
  await send(conversationId, '[[text heard]]');
  const after = await daemon.client.readUntil(conversationId, isTurnEnd, { after: events.length });
  expect(after.find((event) => event.type === 'text.finished')).toMatchObject({ text: 'heard' });
});

test('a conversation deleted while Claude starts or works leaves no ghost and no process', async () => {
  for (const text of ['[[text quick]]', '[[slow 20 40]]']) {
    const conversationId = await create();
    await send(conversationId, text);
    await daemon.client.command('conversation.delete', { conversationId });
    await until('its run to be gone', () => runsOf(conversationId).length === 0);
    const { conversations } = await daemon.client.command('conversation.list', {});
    expect(conversations.map((c) => c.conversationId)).not.toContain(conversationId);
    expect(existsSync(join(daemon.home, 'conversations', conversationId))).toBe(false);
  }
});

test('a conversation in which something happens while it is deleted does not come back', async () => {
  for (const _ of Array.from({ length: 10 })) {
    const conversationId = await create();
    const rename = (title: string) =>
      daemon.client.command('conversation.rename', { conversationId, title }).catch(() => undefined);
    const renamed = ['one', 'two', 'three', 'four'].map(rename);
    await Promise.all([...renamed, daemon.client.command('conversation.delete', { conversationId })]);
    const { conversations } = await daemon.client.command('conversation.list', {});
    expect(conversations.map((c) => c.conversationId)).not.toContain(conversationId);
  }
});

test('a revoked device that does not leave has nothing more to say', async () => {
  const { stdout } = await daemon.run('token', 'create', '--name', 'thief', '--json');
  const { stdout: admin } = await daemon.run(
    'token',
    'create',
    '--name',
    'owner',
    '--scopes',
    'read,admin',
    '--json',
  );
  const owner = createDaemonClient({ url: daemon.url, home: daemon.home, token: JSON.parse(admin).token });
  const conversationId = await create();
  const socket = new WebSocket(`${daemon.url.replace('https', 'wss')}/api/socket`, { ca: daemon.client.ca });
  await new Promise<void>((resolve) => {
    socket.on('open', () => socket.send(JSON.stringify({ type: 'auth', token: JSON.parse(stdout).token })));
    socket.once('message', () => resolve());
  });
  // A client of its own making may ignore the close frame: stop reading, and it never sees one.
  socket.pause();
  const { devices } = await owner.command('device.list', {});
  await daemon.owner.run('device.revoke', {
    deviceId: devices.find((device) => device.label === 'thief')?.deviceId ?? '',
  });
  const command = { type: 'message.send', conversationId, clientId: 'late', text: 'still here' };
  socket.send(JSON.stringify({ type: 'command', ref: '1', command }));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.resume();
  await closed;
  const { body } = await daemon.client.fetch(`/api/logs/${conversationId}/events?after=0`, {
    headers: { accept: 'application/json' },
  });
  expect(JSON.parse(body).events.map((event: LogEvent) => event.type)).toEqual(['conversation.created']);
});

test('an idle run is ended and the next message resumes it, none lost at the edge', async () => {
  const idle = await startTestDaemon({ env: { PORCHLIGHT_IDLE_MINUTES: '0.005' } });
  try {
    const { conversationId } = await idle.client.command('conversation.create', { cwd: idle.project });
    let read = 0;
    for (const word of ['one', 'two', 'three']) {
      const clientId = crypto.randomUUID();
      await idle.client.command('message.send', { conversationId, clientId, text: `[[text ${word}]]` });
      const events = await idle.client.readUntil(conversationId, (event) => event.type === 'run.ended', {
        after: read,
      });
      read += events.length;
      expect(events.filter((event) => event.type === 'text.finished')).toMatchObject([{ text: word }]);
      expect(events.map((event) => event.type)).not.toContain('message.doubted');
    }
  } finally {
    await idle.close();
  }
});
