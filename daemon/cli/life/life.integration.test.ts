// The daemon's life as a script drives it: start, stop, restart, at once or in mid-turn, with exit codes. Claude is real.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, type PersonsComputer, prepareComputer } from '../../testing/persons-computer.ts';
import { type ScriptedApi, startScriptedApi } from '../../testing/scripted-api/server.ts';

let api: ScriptedApi;
let computer: PersonsComputer;

beforeAll(async () => {
  api = await startScriptedApi();
  computer = prepareComputer({ api });
});

afterAll(async () => {
  await computer.close();
  await api.close();
});

const settings = async () => ['--host', '127.0.0.1', '--tray', 'off', '--port', `${await freePort()}`];
const pidNow = async () => JSON.parse((await computer.run('status', '--json')).stdout).pid;

test('start comes back when the light is on, and stop when it is out; each says so when there is nothing to do', async () => {
  const started = await computer.run('start', '--json', ...(await settings()));
  const ready = JSON.parse(started.stdout);
  expect(started.code).toBe(0);
  expect(await computer.run('status', '--json').then(({ stdout }) => JSON.parse(stdout))).toMatchObject({
    pid: ready.pid,
    urls: [ready.url],
    claude: { state: expect.any(String) },
  });
  expect(await computer.run('start')).toMatchObject({
    code: 4,
    stderr: expect.stringContaining(`already running at ${ready.url} (process ${ready.pid})`),
  });
  expect(await computer.run('stop')).toMatchObject({ code: 0, stdout: 'The light is out.\n' });
  expect(await computer.run('stop')).toMatchObject({
    code: 7,
    stderr: expect.stringContaining('not running'),
  });
});

test('what the daemon in the background prints is in a log for its owner only', async () => {
  await computer.run('start', '--quiet', ...(await settings()));
  const output = join(computer.home, 'logs/output.log');
  expect(JSON.parse(readFileSync(output, 'utf8').split('\n')[0] ?? '')).toMatchObject({ event: 'ready' });
  expect(statSync(output).mode & 0o777).toBe(0o600);
  await computer.run('stop');
});

test('a start that fails says why and ends with the daemon’s own code', async () => {
  const taken = await computer.run('start', '--json', ...(await settings()));
  const { port } = new URL(JSON.parse(taken.stdout).url);
  const other = ['--home', join(computer.folder, 'other')];
  const given = ['--host', '127.0.0.1', '--tray', 'off', '--port', port];
  expect(await computer.run('start', ...other, ...given)).toMatchObject({
    code: 3,
    stderr: expect.stringContaining(`Port ${port} is taken`),
  });
  await computer.run('stop');
});

test('two homes live side by side, each with a daemon of its own', async () => {
  const other = ['--home', join(computer.folder, 'second')];
  const ports = [await settings(), await settings()] as const;
  await Promise.all([computer.run('start', ...ports[0]), computer.run('start', ...other, ...ports[1])]);
  expect(await computer.run('stop', ...other)).toMatchObject({ code: 0 });
  expect(await computer.run('status')).toMatchObject({ code: 0 });
  expect(await computer.run('stop')).toMatchObject({ code: 0 });
});

test('of two that start at once one is told of the other, and one runs', async () => {
  const given = await settings();
  const codes = await Promise.all([computer.run('start', ...given), computer.run('start', ...given)]);
  expect(codes.map(({ code }) => code).toSorted()).toEqual([0, 4]);
  await computer.run('stop');
});

test('restart in mid-stream loses nothing: every word is in the log once, and the settings of the start are kept', async () => {
  await computer.run('start', ...(await settings()));
  const before = await pidNow();
  const client = await computer.client();
  const { conversationId } = await client.command('conversation.create', { cwd: computer.personHome });
  await client.command('message.send', { conversationId, clientId: 'm1', text: '[[hold gate]]' });
  await client.readUntil(conversationId, ({ type }) => type === 'text.delta');
  await api.waiting('gate');
  expect(await computer.run('restart')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('What Claude was working on goes on.'),
  });
  expect(await pidNow()).not.toBe(before);
  api.release('gate');
  const events = await client.readUntil(conversationId, ({ type }) => type === 'turn.finished');
  const said = events.filter(({ type }) => type === 'text.finished').map(({ text }) => text);
  expect(said).toEqual(['before the gate after the gate']);
  expect(events.map(({ type }) => type)).not.toContain('turn.interrupted');
  await computer.run('stop');
});

test('restart starts what was not running, and says so', async () => {
  const { code, stdout } = await computer.run('restart', ...(await settings()));
  expect([code, stdout]).toEqual([0, expect.stringMatching(/was not running[\s\S]*the light is on/)]);
  await computer.run('stop');
});

test('a lock whose daemon was killed is taken over', async () => {
  const given = await settings();
  await computer.run('start', ...given);
  process.kill(await pidNow(), 'SIGKILL');
  expect(await computer.run('start', ...given)).toMatchObject({ code: 0 });
  await computer.run('stop');
});

test.for([
  [['start', '--port', 'many'], 2, /0 to 65535/],
  [['start', '--json', '--quiet'], 2, /cannot be used with/],
  [['stop', 'now'], 2, /too many arguments/],
  [['restart', '--tray', 'maybe'], 2, /auto, off/],
  [['setup', '--projects', '/nowhere/at/all'], 2, /no folder \/nowhere/],
  [['service', 'begin'], 2, /unknown command/],
  [['service', 'remove'], 1, /nothing to remove/],
  [['upgrade'], 1, /run from its sources.*git pull, and then: npm start/],
  [['uninstall', '--purge'], 8, /--yes/],
] as const)('%s says what is wrong with it', async ([args, code, words]) => {
  const found = await computer.run(...args);
  expect([found.code, found.stderr]).toEqual([code, expect.stringMatching(words)]);
});
