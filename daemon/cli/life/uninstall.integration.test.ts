// Taking Porchlight off a computer: it says what goes, and nothing else does.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProcesses } from '../../system/processes.ts';
import { runCommand } from '../../system/spawn.ts';
import { freePort, type PersonsComputer, prepareComputer } from '../../testing/persons-computer.ts';
import { type ScriptedApi, startScriptedApi } from '../../testing/scripted-api/server.ts';
import { until } from '../../testing/until.ts';

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

const start = async (...args: string[]) =>
  computer.run(
    'start',
    '--quiet',
    '--host',
    '127.0.0.1',
    '--tray',
    'off',
    '--port',
    `${await freePort()}`,
    ...args,
  );

test('without --purge the daemon and what starts it go, and the home stays', async () => {
  await start();
  const { code, stdout } = await computer.run('uninstall', '--yes');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/stop Porchlight[\s\S]*still in .*\.porchlight/)]);
  expect(await computer.run('status')).toMatchObject({ code: 7 });
  expect(existsSync(join(computer.home, 'lobby'))).toBe(true);
});

test('with --purge all that Porchlight made goes, and Claude’s work ends; projects and Claude’s own files stay', async () => {
  await start();
  const project = join(computer.personHome, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'mine.txt'), 'mine');
  const client = await computer.client();
  const { conversationId } = await client.command('conversation.create', { cwd: project });
  await client.command('message.send', { conversationId, clientId: 'm1', text: '[[hold gate]]' });
  await api.waiting('gate');
  const runs = createProcesses(process.platform, runCommand);
  const [run = ''] = readdirSync(join(computer.home, 'runs'));
  const { pid: claude } = JSON.parse(readFileSync(join(computer.home, 'runs', run, 'run.json'), 'utf8'));
  expect(await runs.startOf(claude)).toBeDefined();

  const { stdout } = await computer.run('uninstall', '--purge', '--yes');

  expect(stdout).toMatch(/stop Porchlight, and end what Claude is working on \(1\)[\s\S]*conversations/);
  expect(existsSync(computer.home)).toBe(false);
  await until('Claude to have ended', async () => (await runs.startOf(claude)) === undefined);
  expect(readdirSync(project)).toEqual(['mine.txt']);
  expect(readdirSync(computer.env['CLAUDE_CONFIG_DIR'] ?? '')).toContain('projects');
});

test('what Porchlight did not make in its home stays, and is named', async () => {
  await start();
  writeFileSync(join(computer.home, 'mine.txt'), 'mine', { mode: 0o600 });
  const { stdout } = await computer.run('uninstall', '--purge', '--yes');
  expect(stdout).toContain(`left, in ${computer.home}: mine.txt`);
  expect(readdirSync(computer.home)).toEqual(['mine.txt']);
});

test('a folder that is no home of Porchlight’s is refused whole', async () => {
  const folder = join(computer.folder, 'photos');
  mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 });
  const { code, stderr } = await computer.run('uninstall', '--purge', '--yes', '--home', folder);
  expect([code, stderr]).toEqual([5, expect.stringContaining('is no folder of Porchlight’s')]);
  expect(existsSync(join(folder, 'logs'))).toBe(true);
});
