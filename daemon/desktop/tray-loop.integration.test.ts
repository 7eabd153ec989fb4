// The tray of the running daemon on a real desktop: it follows what Claude does, and its menu does what it says.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desktop, startDesktop } from '../testing/desktop.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

const amber = '#F5A524';

let desktop: Desktop;
let daemon: TestDaemon;

beforeAll(async () => {
  desktop = await startDesktop({ bar: 'xfce' });
  const { PATH: _, HOME: __, ...env } = desktop.env;
  daemon = await startTestDaemon({ env, args: ['--tray', 'auto'] });
});

afterAll(async () => {
  await daemon?.close();
  await desktop?.close();
});

const titles = async () =>
  ((await desktop.tray.rows()) ?? []).flatMap((row) => (row === 'separator' ? [] : [row.title]));
const shows = (title: string) =>
  until(`the tray to show “${title}”`, async () => (await titles()).includes(title));

test('it says what Claude does, asks for the person when Claude does, and opens the pair page', async () => {
  await shows('The light is on');
  const { conversationId } = await daemon.client.command('conversation.create', {
    cwd: daemon.project,
    title: 'Tidy up',
  });
  const text = '[[bash touch tidy.txt]]';
  await daemon.client.command('message.send', { conversationId, clientId: 'one', text });
  await shows('Claude needs you');
  expect(await titles()).toContain('Tidy up — needs you');

  await until('the lit lantern on the screen', () => desktop.tray.find(amber));
  await desktop.tray.openMenu(amber);
  await desktop.tray.clickRow('Pair a phone…');
  const folder = join(daemon.home, 'open');
  const file = await until('the page to be opened', () => {
    const names = readdirSync(daemon.home).includes('open') ? readdirSync(folder) : [];
    return names.find((name) => name.endsWith('.html'));
  });
  expect(readFileSync(join(folder, file), 'utf8')).toMatch(
    /\/computer#t=[\w-]{22}&d=[A-Z2-7]{20}&to=%2Fpair"/,
  );

  const asked = await daemon.client.readUntil(
    conversationId,
    (event) => event.type === 'permission.requested',
  );
  const requestId = String(asked.at(-1)?.['requestId']);
  await daemon.client.command('permission.answer', { conversationId, requestId, behavior: 'deny' });
  await shows('The light is on');
});

test('Quit in the menu ends the daemon in good order', async () => {
  const { conversationId } = await daemon.client.command('conversation.create', { cwd: daemon.project });
  await daemon.client.command('message.send', {
    conversationId,
    clientId: 'two',
    text: '[[bash touch quit.txt]]',
  });
  await shows('Claude needs you');
  await until('the lit lantern on the screen', () => desktop.tray.find(amber));
  await desktop.tray.openMenu(amber);
  await desktop.tray.clickRow('Quit');
  await until('the daemon to end', async () => (await daemon.run('status')).code === 7);
  await until('the icon to go', async () => (await desktop.tray.rows()) === undefined);
});
