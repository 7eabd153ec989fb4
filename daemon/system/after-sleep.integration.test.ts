// The computer slept while the daemon ran: it says so in the lobby, and asks its sockets at once whether anybody is still there.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTestDaemon } from '../testing/test-daemon.ts';

test('a sleep of an hour is an event, and a socket is asked at once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-sleep-'));
  const uptime = join(folder, 'uptime');
  writeFileSync(uptime, '0');
  const preload = new URL('../testing/longer-uptime.mjs', import.meta.url).href;
  const daemon = await startTestDaemon({
    env: { NODE_OPTIONS: `--import=${preload}`, PORCHLIGHT_TEST_UPTIME: uptime },
  });
  try {
    const { ca, token } = daemon.client;
    const socket = new WebSocket(`${daemon.url.replace('https', 'wss')}/api/socket`, { ca });
    const pinged = new Promise((resolve) => socket.once('ping', resolve));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ type: 'auth', token }));
    await new Promise((resolve) => socket.once('message', resolve));
    writeFileSync(uptime, '3600000');
    const events = await daemon.client.readUntil('lobby', ({ type }) => type === 'computer.slept');
    const slept = events.at(-1);
    expect(Math.round((Number(slept?.['until']) - Number(slept?.['from'])) / 60_000)).toBe(60);
    await pinged;
    socket.terminate();
  } finally {
    await daemon.close();
    rmSync(folder, { recursive: true });
  }
});
