// After a day of use in short, with errors and a restart: no secret that was given out lies anywhere but with those it was given to,
// and nothing of Porchlight's may be read by others, though the daemon was started with the umask of somebody careless.
import { spawn } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createDaemonClient, type DaemonClient } from './testing/daemon-client.ts';
import { scan } from './testing/phone.ts';
import { announce, sendFile, sendPart } from './testing/send-file.ts';
import { startTestDaemon, type TestDaemon } from './testing/test-daemon.ts';
import { until } from './testing/until.ts';
import { openToOthers, searchFiles, searchProcesses, secretsIn } from './testing/walls/search-for.ts';

const usualUmask = process.umask(0);
const secrets: Record<string, string> = {};
/** What was answered to strangers and to mistakes. */
const answers: string[] = [];
let daemon: TestDaemon;

beforeAll(async () => {
  // At the end it shows a certificate that nobody here was told to trust.
  daemon = await startTestDaemon({ args: ['--open'], trustsBlindly: true });
  await openPage();
  secrets['API token of the script'] = daemon.client.token;
  const phone = await pair();
  await misuse(phone);
  const { conversationId } = await phone.command('conversation.create', { cwd: daemon.project });
  await sendFile(phone, { conversationId, name: 'a.txt', bytes: Buffer.from('hello') });
  await phone.command('message.send', { conversationId, clientId: 'one', text: '[[bash env > seen.txt]]' });
  const asked = await phone.readUntil(conversationId, ({ type }) => type === 'permission.requested');
  const requestId = String(asked.at(-1)?.['requestId']);
  await phone.command('permission.answer', { conversationId, requestId, behavior: 'allow' });
  await phone.readUntil(conversationId, ({ type }) => type === 'turn.finished');
  await fail(phone, conversationId);
  await haveAuthority();
}, 120_000);

afterAll(async () => {
  process.umask(usualUmask);
  await daemon.close();
});

async function pair(): Promise<DaemonClient> {
  const { owner, client, url, home } = daemon;
  const after = await owner.lobbyHead();
  const { code, typed, ...made } = await owner.run('pairing.start', {});
  Object.assign(secrets, { 'pairing code': code, 'typed code': typed });
  const scanning = scan(client, made.url);
  const requested = await client.readUntil('lobby', ({ type }) => type === 'pairing.requested', { after });
  const pairingId = String(requested.at(-1)?.['pairingId']);
  await owner.run('pairing.answer', { pairingId, behavior: 'allow' });
  const { phone } = await (await scanning).settled();
  const [challenge, unused] = [await challengeFor(phone.deviceId), await challengeFor(phone.deviceId)];
  const { accessToken } = JSON.parse((await phone.signIn({ challenge })).body).result;
  Object.assign(secrets, {
    'private key of the phone': phone.privateKey,
    challenge,
    'unused challenge': unused,
  });
  const device = createDaemonClient({ url, home, token: accessToken, trustsBlindly: true });
  const { ticket } = await device.command('device.prepareMove', {});
  Object.assign(secrets, { 'access token': accessToken, 'move ticket': ticket });
  const { stdout } = await daemon.run('token', 'create', '--name', 'printed', '--json');
  secrets['API token of the command line'] = JSON.parse(stdout).token;
  // A code that nobody uses.
  const { firstLine } = await daemon.begin('pair', '--json');
  secrets['unused code'] = JSON.parse(firstLine).code;
  secrets['unused typed code'] = JSON.parse(firstLine).typed;
  return device;
}

async function challengeFor(deviceId: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ deviceId });
  const answer = await daemon.client.fetch('/auth/challenge', { method: 'POST', headers, body });
  return JSON.parse(answer.body).result.challenge;
}

/** The ticket of the computer's own browser. */
async function openPage(): Promise<void> {
  const folder = join(daemon.home, 'open');
  secrets['ticket of the browser'] = await until('the page to be opened', () => {
    const file = existsSync(folder) && readdirSync(folder).find((name) => name.endsWith('.html'));
    return file && /#t=([\w-]+)&/.exec(readFileSync(join(folder, file), 'utf8'))?.[1];
  });
}

/** Both private keys, as their files have them and bare; and all that a phone is shown of them. */
async function haveAuthority(): Promise<void> {
  await daemon.owner.run('certificate.use', { level: 'trusted' });
  for (const name of ['key', 'authority-key']) {
    const pem = readFileSync(join(daemon.home, 'tls', `${name}.pem`), 'utf8');
    secrets[`${name}.pem`] = pem.split('\n')[1] ?? '';
    secrets[`${name}.pem, bare`] = createPrivateKey(pem).export({ format: 'jwk' }).d ?? '';
  }
  const page = (await daemon.client.fetch('/')).body;
  const script = /\/app-\w+\.js/.exec(page)?.[0] ?? '';
  const files = ['/trust/porchlight.mobileconfig', '/trust/porchlight-ca.crt', '/trust/check.js'];
  for (const path of ['/p', '/trust', '/computer', '/devices', script, ...files]) {
    const { status, headers, body } = await daemon.client.fetch(path);
    expect([path, status]).toEqual([path, 200]);
    answers.push(JSON.stringify(headers), body);
  }
}

/** Secrets in all the places where a careless program puts them. */
async function misuse({ token, ca }: DaemonClient): Promise<void> {
  const ask = async (path: string, options: Parameters<DaemonClient['fetch']>[1] = {}) => {
    const { headers, body } = await daemon.client.fetch(path, options);
    answers.push(JSON.stringify(headers), body);
  };
  const json = { 'content-type': 'application/json' };
  for (const path of ['/', '/healthz', '/nothing.js', '/api/nothing', `/api/logs/${token}/events`])
    await ask(`${path}?token=${token}#${token}`);
  await ask('/api/commands', { method: 'POST', headers: json, body: `{"type":"${token}` });
  await ask('/auth/pair', { method: 'POST', headers: json, body: JSON.stringify({ code: token }) });
  await ask('/', { headers: { host: `${token}:1`, cookie: token, referer: token, 'user-agent': token } });
  const socket = new WebSocket(`${daemon.url.replace('https', 'wss')}/api/socket`, { ca });
  socket.on('open', () => socket.send(`{"type":"auth","token":"${token}","x":`));
  await new Promise((resolve) =>
    socket.on('close', (_code, reason) => resolve(answers.push(String(reason)))),
  );
}

/** The daemon meets a fault of the disk while it serves somebody, and writes down what it knows of it. */
async function fail(phone: DaemonClient, conversationId: string): Promise<void> {
  const uploadId = await announce(phone, { conversationId, name: 'b.txt', size: 3 });
  rmSync(join(daemon.home, 'conversations', conversationId, 'uploads'), { recursive: true });
  const answer = await sendPart(
    phone,
    { conversationId, uploadId },
    { offset: 0, bytes: Buffer.from('abc') },
  );
  answers.push(JSON.stringify(answer?.body));
}

test('the check finds a secret in a file, a command line and an environment, and a file that is open to others', async () => {
  expect(Object.values(secrets).every((secret) => secret.length > 7)).toBe(true);
  const [secret = '', word] = [secrets['access token'], 'porchlight-careless-program'];
  const careless = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1e6)', secret], {
    env: { word, secret: Buffer.from(secret).toString('hex') },
  });
  await once(careless.stdout, 'data');
  const { found } = searchProcesses(word, secrets);
  careless.kill();
  expect(found).toEqual([
    expect.stringMatching(/^command line of .*: access token$/),
    expect.stringMatching(/^environment of .*: access token \(hex\)$/),
  ]);
  const folder = join(daemon.folder, 'careless');
  mkdirSync(folder);
  writeFileSync(join(folder, 'file'), `x${daemon.client.token}`);
  expect(searchFiles(folder, secrets)).toEqual(['file: API token of the script']);
  expect(openToOthers(folder)).toEqual(['777 ', '666 file']);
  rmSync(folder, { recursive: true });
});

/** Where one rightly lies; all of these are for the owner's eyes only. The page is there for a minute. */
const rightly = [
  /^home\/tls\/key\.pem: key\.pem$/,
  /^home\/tls\/authority-key\.pem: authority-key\.pem$/,
  /^home\/open\/[\w-]{8}\.html: ticket of the browser$/,
];
const isRight = (line: string) => rightly.some((each) => each.test(line));

test('no secret is in a file of Porchlight, of the project or of Claude’s, and none in the command line or environment of a process', () => {
  const { found, looked } = searchProcesses(daemon.folder, secrets);
  const inFiles = searchFiles(daemon.folder, secrets);
  expect([...inFiles, ...found].filter((line) => !isRight(line))).toEqual([]);
  const where = inFiles.map((line) => line.split(':')[0] ?? '');
  expect(where).toEqual(expect.arrayContaining(['home/tls/key.pem', 'home/tls/authority-key.pem']));
  const modes = where.map((path) => [path, (statSync(join(daemon.folder, path)).mode & 0o777).toString(8)]);
  expect(modes).toEqual(where.map((path) => [path, '600']));
  // The daemon and its Claude.
  expect(looked).toBeGreaterThanOrEqual(2);
});

test('what the daemon prints and answers has none', () => {
  expect(secretsIn([...daemon.said, ...answers].join('\n'), secrets)).toEqual([]);
});

test('nothing of Porchlight’s may be read or changed by others, before and after a restart', async () => {
  expect(openToOthers(daemon.home)).toEqual([]);
  await daemon.stop('SIGKILL');
  await daemon.start();
  expect(openToOthers(daemon.home)).toEqual([]);
  expect(searchFiles(daemon.folder, secrets).filter((line) => !isRight(line))).toEqual([]);
});
