// Exports, logs and settings on the command line, as people and scripts use them.
import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTalk, type Talk } from '../testing/talk.ts';
import { program, startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;
let talk: Talk;

beforeAll(async () => {
  daemon = await startTestDaemon();
  talk = await startTalk(daemon, { title: 'Tidy up <b>' });
  await talk.allowing('[[bash echo "<script>alert(1)</script>"]]');
});

afterAll(() => daemon.close());

test('a conversation is exported by its title or id, as Markdown, JSON and a page that runs nothing', async () => {
  const markdown = await daemon.run('export', 'tidy');
  expect(markdown.stdout).toMatch(/^# Tidy up <b>\n[\s\S]*## You[\s\S]*\*\*Bash: echo[\s\S]*```\n<script>/);
  const json = JSON.parse(
    (await daemon.run('export', talk.conversationId.slice(0, 8), '--format', 'json')).stdout,
  );
  expect(json).toMatchObject({ conversationId: talk.conversationId, items: expect.any(Array) });
  const out = join(daemon.folder, 'page.html');
  expect(await daemon.run('export', 'Tidy', '--format', 'html', '--out', out)).toMatchObject({
    code: 0,
    stdout: '',
  });
  const page = readFileSync(out, 'utf8');
  expect(page).toContain("default-src 'none'");
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).not.toMatch(/<script|<b>|https?:/);
  expect(statSync(out).mode & 0o777).toBe(0o600);
  const again = await daemon.run('export', 'Tidy', '--out', out);
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('there already') });
});

test('logs are shown from a time on, and by level', async () => {
  const folder = join(daemon.folder, 'elsewhere', 'logs');
  mkdirSync(folder, { recursive: true });
  const line = (level: number, minutes: number, msg: string) =>
    `${JSON.stringify({ level, time: new Date(Date.now() - minutes * 60_000).toISOString(), msg })}\n`;
  writeFileSync(join(folder, 'porchlight.1.log'), line(30, 90, 'oldest') + line(50, 30, 'a fault'));
  writeFileSync(join(folder, 'porchlight.log'), `${line(30, 5, 'newer')}{"cut`);
  const logs = async (...args: string[]) => {
    const { stdout } = await daemon.runAnywhere('logs', '--home', join(folder, '..'), ...args);
    return stdout
      .trimEnd()
      .split('\n')
      .map((words) => words.slice(20));
  };
  expect(await logs()).toEqual(['info  oldest', 'error a fault', 'info  newer']);
  expect(await logs('--since', '1h')).toEqual(['error a fault', 'info  newer']);
  expect(await logs('--level', 'warn', '--since', '2h')).toEqual(['error a fault']);
  expect(await logs('-n', '1')).toEqual(['info  newer']);
  const raw = await daemon.runAnywhere('logs', '--home', join(folder, '..'), '--json', '-n', '1');
  expect(JSON.parse(raw.stdout)).toMatchObject({ msg: 'newer' });
});

test('logs are followed, over the end of a file too', async () => {
  const home = join(daemon.folder, 'followed');
  const [log, before] = ['porchlight.log', 'porchlight.1.log'].map((name) => join(home, 'logs', name));
  if (log === undefined || before === undefined) throw new Error('no names');
  mkdirSync(join(home, 'logs'), { recursive: true });
  const line = (msg: string) => `${JSON.stringify({ level: 30, time: new Date().toISOString(), msg })}\n`;
  writeFileSync(log, line('first'));
  const following = spawn(process.execPath, [program, 'logs', '-f', '--json', '--home', home], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const lines = createInterface({ input: following.stdout })[Symbol.asyncIterator]();
    const next = async () => JSON.parse((await lines.next()).value).msg;
    expect(await next()).toBe('first');
    appendFileSync(log, line('second'));
    expect(await next()).toBe('second');
    appendFileSync(log, line('last of its file'));
    renameSync(log, before);
    writeFileSync(log, line('of the next'));
    expect([await next(), await next()]).toEqual(['last of its file', 'of the next']);
  } finally {
    following.kill();
  }
});

test('a setting is changed without a daemon, and one that cannot be is not written', async () => {
  const home = join(daemon.folder, 'fresh');
  const run = (...args: string[]) => daemon.runAnywhere('config', ...args, '--home', home);
  expect(await run('set', 'port', '47123')).toMatchObject({ code: 0, stdout: 'port is 47123.\n' });
  expect(await run('set', 'port', '99999')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('65535'),
  });
  expect(JSON.parse(readFileSync(join(home, 'config.json'), 'utf8'))).toEqual({ port: 47_123 });
  expect(JSON.parse((await run('get', 'port', '--json')).stdout)).toMatchObject({
    value: 47_123,
    origin: 'file',
  });
  expect(await run('unset', 'port')).toMatchObject({ code: 0 });
  expect(JSON.parse((await run('--json')).stdout)).toMatchObject({ isRunning: false, trouble: '' });
  writeFileSync(join(home, 'config.json'), '{"port": "many", "mine": 1}');
  expect(await run('set', 'maxRuns', '3')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('port has to be'),
  });
  expect(readFileSync(join(home, 'config.json'), 'utf8')).toBe('{"port": "many", "mine": 1}');
});

test('a command that is misspelt is told the right one', async () => {
  expect(await daemon.runAnywhere('statsu')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Did you mean status?'),
  });
});
