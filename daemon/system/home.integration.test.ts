// What `porchlight serve` says of a home that it cannot or will not use, word for word, and what it does to it: nothing.
import { chmodSync, chownSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.close());

async function serve(): Promise<[number | null, string]> {
  const { code, stderr } = await daemon.run('serve', '--tray', 'off', '--port', '0', '--host', '127.0.0.1');
  return [code, stderr.trim()];
}
const wide = 'can be read or changed by other users of this computer. To take that from them, run:';

test('a second daemon on the same home is told which process has it, and how to ask it', async () => {
  expect(await serve()).toEqual([
    4,
    `Porchlight is already running (process ${daemon.pid}). See how it is with: porchlight status`,
  ]);
});

test('a home that others can read is refused', async () => {
  await daemon.stop();
  const { home } = daemon;
  chmodSync(home, 0o750);
  expect(await serve()).toEqual([5, `${home} ${wide} chmod 700 ${home}`]);
  chmodSync(home, 0o700);
});

test('a key, a device list, a log or a conversation that others can read is refused; nothing is mended unasked', async () => {
  await daemon.start();
  const { conversationId } = await daemon.client.command('conversation.create', { cwd: daemon.project });
  await daemon.stop();
  const { home } = daemon;
  const places = ['tls/key.pem', 'state.json', 'lobby/log/00000001.jsonl', `conversations/${conversationId}`];
  for (const place of places) {
    const path = join(home, place);
    const { mode } = statSync(path);
    chmodSync(path, mode | 0o040);
    expect(await serve()).toEqual([5, `${path} ${wide} chmod -R go= ${home}`]);
    expect(statSync(path).mode).toBe(mode | 0o040);
    chmodSync(path, mode);
  }
});

test('settings that all may read are no reason, settings that all may write are', async () => {
  const path = join(daemon.home, 'config.json');
  writeFileSync(path, '{}');
  chmodSync(path, 0o666);
  expect(await serve()).toEqual([5, `${path} ${wide} chmod -R go= ${daemon.home}`]);
  chmodSync(path, 0o644);
  await daemon.start();
  await daemon.stop();
});

test.skipIf(process.getuid?.() !== 0)(
  'a file of another user is refused (skipped where one cannot be made: only by root)',
  async () => {
    const path = join(daemon.home, 'state.json');
    chownSync(path, 12345, 12345);
    expect(await serve()).toEqual([
      5,
      `${path} belongs to another user of this computer. If Porchlight was once started as that user, run: ` +
        `sudo chown -R "$(id -un)" ${daemon.home} Otherwise choose another folder with --home.`,
    ]);
    chownSync(path, 0, 0);
  },
);

test('a folder in the place of a file is named', async () => {
  const home = join(daemon.folder, 'trial');
  for (const folder of [home, join(home, 'epoch')]) mkdirSync(folder, { mode: 0o700 });
  const args = ['serve', '--home', home, '--tray', 'off', '--port', '0', '--host', '127.0.0.1'];
  const { code, stderr } = await daemon.runAnywhere(...args);
  const words = `Porchlight cannot use its folder ${home}: the system says EISDIR`;
  expect([code, stderr]).toEqual([5, expect.stringContaining(words)]);
});

test('a start that finds its port taken ends, although it took up a run of Claude that goes on', async () => {
  await daemon.start();
  const { conversationId } = await daemon.client.command('conversation.create', { cwd: daemon.project });
  const long = { conversationId, clientId: 'long', text: '[[silent 60000]]' };
  await daemon.client.command('message.send', long);
  await daemon.client.readUntil(conversationId, ({ type }) => type === 'turn.started');
  await daemon.stop();
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const { code } = await daemon.run('serve', '--tray', 'off', '--port', String(port), '--host', '127.0.0.1');
  taken.close();
  expect(code).toBe(3);
});
