import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porchlight-main-'));
  program = join(folder, 'main.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('main.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
});
afterAll(() => rm(folder, { recursive: true }));

const start = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [program, ...args], { env: {}, stdio: ['ignore', 'pipe', 'pipe'] });

test('prints its URL, answers there, and ends on Ctrl+C', async () => {
  const child = start('0', '--demo');
  const exited = once(child, 'exit');
  if (child.stdout === null) throw new Error('no output');
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const body = JSON.stringify({ messages: [{ role: 'user', content: '[[text from the program]]' }] });
  const answer = await fetch(`${url}/v1/messages`, { method: 'POST', body });
  child.kill('SIGINT');
  expect([url, await answer.json(), await exited]).toEqual([
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    expect.objectContaining({ content: [{ type: 'text', text: 'from the program' }] }),
    [0, null],
  ]);
});

test('refuses a port that is none', async () => {
  const child = start('eighty');
  expect(await once(child, 'exit')).toEqual([2, null]);
});
