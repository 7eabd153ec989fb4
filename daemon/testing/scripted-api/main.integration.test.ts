import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const run = fileURLToPath(new URL('../../../build/run.mjs', import.meta.url));
const program = fileURLToPath(new URL('main.ts', import.meta.url));
const start = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [run, program, ...args], { env: {}, stdio: ['ignore', 'pipe', 'ignore'] });

test('prints its URL, answers there, and ends on Ctrl+C', async () => {
  const child = start('0', '--demo');
  const exited = once(child, 'exit');
  if (child.stdout === null) throw new Error('no output');
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const body = JSON.stringify({ messages: [{ role: 'user', content: '[[text from the program]]' }] });
  const answer = await fetch(`${url}/v1/messages`, { method: 'POST', body });
  const message: unknown = await answer.json();
  child.kill('SIGINT');
  expect([url, message, await exited]).toEqual([
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    expect.objectContaining({ content: [{ type: 'text', text: 'from the program' }] }),
    [0, null],
  ]);
});

test('refuses a port that is none', async () => {
  expect(await once(start('eighty'), 'exit')).toEqual([2, null]);
});
