// The command line as scripts see it: exit codes, messages, JSON.
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

const newFolder = () => mkdtempSync(join(tmpdir(), 'porchlight-cli-'));
/** Runs with the given home: the last --home counts. */
const runIn = (home: string, ...args: string[]) => daemon.runAnywhere(...args, '--home', home);

test('serve says which port is taken and what to do, and leaves with 3', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => squatter.once('listening', resolve));
  const { port } = squatter.address() as { port: number };
  const { code, stderr } = await runIn(
    join(newFolder(), 'h'),
    'serve',
    '--host',
    '127.0.0.1',
    '--tray',
    'off',
    '--port',
    String(port),
  );
  squatter.close();
  expect([code, stderr]).toEqual([3, expect.stringContaining(`Port ${port} is taken`)]);
});

test('a second daemon on the same home is told who has it, and leaves with 4', async () => {
  const { code, stderr } = await daemon.run('serve', '--host', '127.0.0.1', '--tray', 'off', '--port', '0');
  expect([code, stderr]).toEqual([4, expect.stringContaining(`already running (process ${daemon.pid})`)]);
});

test('a home that is a file, or that others can read, is refused with 5', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'file'), '');
  const file = await runIn(
    join(folder, 'file'),
    'serve',
    '--tray',
    'off',
    '--port',
    '0',
    '--host',
    '127.0.0.1',
  );
  expect([file.code, file.stderr]).toEqual([5, expect.stringContaining('cannot be written to')]);
  mkdirSync(join(folder, 'open'));
  chmodSync(join(folder, 'open'), 0o755);
  const open = await runIn(
    join(folder, 'open'),
    'serve',
    '--tray',
    'off',
    '--port',
    '0',
    '--host',
    '127.0.0.1',
  );
  expect([open.code, open.stderr]).toEqual([5, expect.stringContaining('chmod 700')]);
});

test('pair, token and status without a daemon say how to start it, and leave with 7', async () => {
  const home = join(newFolder(), 'nobody');
  for (const args of [['pair'], ['token', 'create', '--name', 'x'], ['status']]) {
    const { code, stderr } = await runIn(home, ...args);
    expect([code, stderr]).toEqual([7, expect.stringContaining('porchlight start')]);
  }
});

test('a wrong command line leaves with 2 and says what is wrong', async () => {
  expect(await runIn(newFolder(), 'serve', '--port', 'many')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('0 to 65535'),
  });
  expect(await runIn(newFolder(), 'fly')).toMatchObject({ code: 2 });
  expect(await daemon.run('token', 'create', '--name', 'x', '--scopes', 'use,fly')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('"fly"'),
  });
});

test('a config file that makes no sense is named, with the setting', async () => {
  const home = newFolder();
  chmodSync(home, 0o700);
  writeFileSync(join(home, 'config.json'), '{"port": "many"}');
  const { code, stderr } = await runIn(home, 'serve', '--tray', 'off');
  expect([code, stderr]).toEqual([2, expect.stringMatching(/config\.json: port/)]);
});

test('help and version need no daemon', async () => {
  const help = await daemon.runAnywhere('--help');
  expect([help.code, help.stdout]).toEqual([0, expect.stringContaining('Exit codes')]);
  expect(await daemon.runAnywhere('--version')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test('status tells how things are, for people and for scripts', async () => {
  const words = await daemon.run('status');
  expect(words.stdout).toContain(`is running (process ${daemon.pid})`);
  const facts = JSON.parse((await daemon.run('status', '--json')).stdout);
  expect(facts).toMatchObject({
    pid: daemon.pid,
    urls: [daemon.url],
    conversations: 0,
    tray: 'The tray is off.',
  });
});

test('a token is shown once, works, and is not on disk', async () => {
  const { stdout } = await daemon.run('token', 'create', '--name', 'script', '--json');
  expect(JSON.parse(stdout).token).toMatch(/^plt_[A-Za-z0-9_-]{43}$/);
});

test('a start that something in the home does not let through says what it is, and leaves with 5', async () => {
  const home = join(newFolder(), 'h');
  mkdirSync(home, { mode: 0o700 });
  writeFileSync(join(home, 'lobby'), 'not a folder', { mode: 0o600 });
  const { code, stderr } = await runIn(home, 'serve', '--host', '127.0.0.1', '--tray', 'off', '--port', '0');
  expect([code, stderr]).toEqual([5, expect.stringMatching(/a file is in the place of a folder.*lobby/)]);
});
