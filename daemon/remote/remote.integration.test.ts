// The way in from the internet, against the real daemon, through a stand-in that prints what ngrok and cloudflared print.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Remote, Via } from '../protocol/remote.ts';
import { createChangingComputer } from '../testing/changing-computer.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

const standIn = fileURLToPath(new URL('../testing/stand-in-tunnel.mjs', import.meta.url));
const ngrokHost = 'quiet-lantern.ngrok-free.app';
const cloudHost = 'quiet-lantern-porch-home.trycloudflare.com';

let bin: string;
let daemon: TestDaemon;
beforeEach(async () => {
  bin = join(mkdtempSync(join(tmpdir(), 'porchlight-tunnel-')), 'bin');
  mkdirSync(bin);
  daemon = await startTestDaemon({ env: { PATH: `${bin}:${dirname(process.execPath)}:/usr/bin:/bin` } });
});
afterEach(async () => {
  await daemon.close();
  rmSync(dirname(bin), { recursive: true });
});

function install(via: Via): void {
  copyFileSync(standIn, join(bin, via));
  chmodSync(join(bin, via), 0o755);
}
const starts = (): { via: Via; pid: number; args: string[] }[] =>
  existsSync(join(bin, 'starts'))
    ? readFileSync(join(bin, 'starts'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const tunnel = (...args: string[]) => daemon.run('tunnel', ...args);
/** A visit to the door as a tunnel brings it. */
const visit = (host: string, headers: Record<string, string> = {}) =>
  daemon.client.fetch('/healthz', { headers: { host, 'x-forwarded-for': '203.0.113.9', ...headers } });
const pairBody = JSON.stringify({
  code: 'x'.repeat(22),
  jwk: { kty: 'EC', crv: 'P-256', x: 'a'.repeat(43), y: 'b'.repeat(43) },
  label: 'Stranger',
});
const tryToPair = async (headers: Record<string, string>) => {
  const json = { 'content-type': 'application/json', ...headers };
  const answer = await daemon.client.fetch('/auth/pair', { method: 'POST', headers: json, body: pairBody });
  return JSON.parse(answer.body).error?.code;
};

test('a tunnel lets its own name in while it is on, no pairing comes through it, and --off ends it', async () => {
  install('cloudflared');
  expect((await visit(cloudHost)).status).toBe(421);
  const on = await tunnel('--via', 'cloudflared');
  expect(on.stdout).toContain('Porchlight can be reached from the internet.');
  expect(on.stdout).toContain(`https://${cloudHost}`);
  const [started] = starts();
  const { port } = new URL(daemon.url);
  expect(started?.args).toEqual([
    'tunnel',
    '--config',
    '/dev/null',
    '--no-autoupdate',
    '--no-tls-verify',
    '--url',
    `https://127.0.0.1:${port}`,
  ]);
  expect((await visit(cloudHost)).status).toBe(200);
  expect((await visit('other.trycloudflare.com')).status).toBe(421);
  const known = await daemon.client.fetch('/api/commands', {
    method: 'POST',
    headers: { host: cloudHost, origin: `https://${cloudHost}`, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'conversation.list' }),
  });
  expect(known.status).toBe(200);
  expect(await tryToPair({ host: cloudHost })).toBe('pair_at_home');
  expect(await tryToPair({ 'cf-connecting-ip': '203.0.113.9' })).toBe('pair_at_home');
  expect(await tryToPair({})).not.toBe('pair_at_home');

  expect(JSON.parse((await tunnel('--off', '--json')).stdout)).toEqual({ remote: null });
  expect((await visit(cloudHost)).status).toBe(421);
  expect(isAlive(started?.pid ?? 0)).toBe(false);
  const told = await daemon.client.readUntil(
    'lobby',
    (event) => event.type === 'remote.changed' && event['remote'] === null,
  );
  expect(told.filter(({ type }) => type === 'remote.changed').map(({ remote }) => remote)).toEqual([
    { via: 'cloudflared', url: `https://${cloudHost}` },
    null,
  ]);
  const { entries } = await daemon.owner.run('audit.list', {});
  expect(entries.filter(({ act }) => act.startsWith('remote.')).map(({ words }) => words)).toEqual([
    'ended the way in from the internet',
    'let the computer be reached from the internet, through cloudflared',
  ]);
});

test('only the computer may open it, and one way takes the place of the other', async () => {
  install('ngrok');
  install('cloudflared');
  await expect(daemon.client.command('remote.start', { via: 'ngrok' })).rejects.toThrow('forbidden');
  const scopes = ['read', 'admin'] as const;
  const { token } = await daemon.owner.run('token.create', { name: 'admin', scopes: [...scopes] });
  const byToken = await daemon.client.fetch('/api/commands', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'remote.start', via: 'ngrok' }),
  });
  expect(JSON.parse(byToken.body).error.code).toBe('computer_only');
  expect(starts()).toEqual([]);

  expect((await daemon.owner.run('remote.start', { via: 'ngrok' })).url).toBe(`https://${ngrokHost}`);
  await daemon.owner.run('remote.start', { via: 'ngrok' });
  await daemon.owner.run('remote.start', { via: 'cloudflared' });
  const [first, second, ...more] = starts();
  expect([first?.via, second?.via, more.length]).toEqual(['ngrok', 'cloudflared', 0]);
  expect(first?.args).toContain('--inspect=false');
  expect(isAlive(first?.pid ?? 0)).toBe(false);
  expect([(await visit(ngrokHost)).status, (await visit(cloudHost)).status]).toEqual([421, 200]);

  // It dies by itself: everybody is told, and its name counts no more.
  process.kill(second?.pid ?? 0, 'SIGKILL');
  const changes: unknown[] = [];
  await daemon.client.readUntil('lobby', ({ type, remote }) => {
    if (type === 'remote.changed') changes.push(remote && (remote as Remote).via);
    return changes.length === 4;
  });
  expect(changes).toEqual(['ngrok', null, 'cloudflared', null]);
  expect((await visit(cloudHost)).status).toBe(421);
});

test('what is missing and what the program complains of is said; a start that hangs can be called off', async () => {
  expect((await tunnel('--via', 'ngrok')).stderr).toContain('ngrok is not installed on the computer.');
  install('ngrok');
  install('cloudflared');
  writeFileSync(join(bin, 'fails'), '');
  expect((await tunnel('--via', 'ngrok')).stderr).toContain('requires a verified account and authtoken');
  const failed = await tunnel('--via', 'cloudflared');
  expect(failed.stderr).toContain('no such host');
  expect(failed.code).toBe(1);
  expect((await daemon.owner.run('daemon.status', {})).remote).toBe(null);
  rmSync(join(bin, 'fails'));

  writeFileSync(join(bin, 'silent'), '');
  const before = starts().length;
  const starting = daemon.owner.run('remote.start', { via: 'ngrok' }).catch((error: Error) => error.message);
  await until('the program has started', () => starts().length > before);
  await daemon.owner.run('remote.stop', {});
  expect(await starting).toBe('It was called off before it was open.');
  expect(isAlive(starts().at(-1)?.pid ?? 0)).toBe(false);
});

test('it ends with the daemon, and one that a killed daemon left behind ends with the next', async () => {
  install('ngrok');
  await daemon.owner.run('remote.start', { via: 'ngrok' });
  await daemon.stop();
  expect(isAlive(starts()[0]?.pid ?? 0)).toBe(false);
  await daemon.start();
  await daemon.owner.run('remote.start', { via: 'ngrok' });
  await daemon.stop('SIGKILL');
  expect(isAlive(starts()[1]?.pid ?? 0)).toBe(true);
  await daemon.start();
  await until('the one left behind has ended', () => !isAlive(starts()[1]?.pid ?? 0));
  expect((await visit(ngrokHost)).status).toBe(421);
  expect((await daemon.owner.run('daemon.status', {})).remote).toBe(null);
});

test('an address in the person’s Tailscale network is offered with the code, and let in', async () => {
  const computer = createChangingComputer();
  try {
    computer.setAddresses('192.168.7.20', '100.101.102.103 tailscale0', '100.64.0.9 wwan0');
    const here = await computer.start();
    expect((await here.owner.run('pairing.start', {})).tailscale).toBe(null);
    const { port } = new URL(here.url);
    const there = { headers: { host: `100.101.102.103:${port}` } };
    expect((await here.client.fetch('/healthz', there)).status).toBe(200);
    await here.restartWith('--host', '127.0.0.2');
    expect((await here.owner.run('pairing.start', {})).tailscale).toBe(`https://100.101.102.103:${port}`);
  } finally {
    await computer.close();
  }
});
