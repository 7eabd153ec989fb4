// Notices of the running daemon on a real desktop, shown by a real program: a button on one lets Claude go on.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogEvent } from '../testing/daemon-client.ts';
import { type Desktop, startDesktop } from '../testing/desktop.ts';
import { type ShownNotices, showNotices } from '../testing/desktop-notices.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

/** Pictures for a person to look at. */
const shots = join(import.meta.dirname, '../../e2e/results/desktop');

let desktop: Desktop;
let notices: ShownNotices;
let daemon: TestDaemon;

beforeAll(async () => {
  desktop = await startDesktop({ bar: 'none' });
  notices = await showNotices(desktop);
  const { PATH: _, HOME: __, ...env } = desktop.env;
  daemon = await startTestDaemon({ env });
  mkdirSync(shots, { recursive: true });
});
afterAll(async () => {
  await daemon?.close();
  await notices?.end();
  await desktop?.close();
});

const isType = (type: string) => (event: LogEvent) => event.type === type;
const gone = () => until('the notice to go', async () => (await notices.count()) === 0);
const comes = () => until('the notice', async () => (await notices.count()) === 1);

async function say(text: string): Promise<string> {
  const { conversationId } = await daemon.client.command('conversation.create', {
    ...{ cwd: daemon.project, title: 'Tidy <b>up</b>' },
  });
  await daemon.client.command('message.send', { conversationId, clientId: crypto.randomUUID(), text });
  return conversationId;
}

test('Allow on the notice, and Claude goes on', async () => {
  const conversationId = await say('[[bash touch noted.txt]]');
  await comes();
  await desktop.screenshot(join(shots, 'notice.png'));
  await notices.press(0, 3);
  const events = await daemon.client.readUntil(conversationId, isType('turn.finished'));
  const answered = events.find(isType('permission.answered'));
  expect([answered?.['deviceId'], answered?.['behavior']]).toEqual(['computer', 'allow']);
  expect(existsSync(join(daemon.project, 'noted.txt'))).toBe(true);
  await gone();
});

test('answered on a phone, it goes; Open opens the conversation', async () => {
  const conversationId = await say('[[bash rm hello.js]]');
  await comes();
  // It may be denied and opened here, not allowed.
  await notices.press(1, 2);
  const folder = join(daemon.home, 'open');
  await until(
    'the page',
    () => existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.html')),
  );
  const asked = await daemon.client.readUntil(conversationId, isType('permission.requested'));
  const requestId = String(asked.at(-1)?.['requestId']);
  await daemon.client.command('permission.answer', { conversationId, requestId, behavior: 'deny' });
  await gone();
});

test('work that breaks is told, and the daemon goes on when the program for notices does not', async () => {
  await say('[[e400]]');
  await comes();
  await notices.end();
  const conversationId = await say('[[bash touch later.txt]]');
  await daemon.client.readUntil(conversationId, isType('permission.requested'));
  expect((await daemon.client.command('daemon.status', {})).working).toBe(1);
});
