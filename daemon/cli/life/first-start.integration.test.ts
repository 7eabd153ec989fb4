// The first start as a person lives it: a terminal (tmux), a computer on which Porchlight was just installed, a few questions, and
// the light is on. Typed and read in the terminal; nothing else is known of the program.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type InstalledProgram, installPatience, installProgram } from '../../testing/installed-program.ts';
import { freePort } from '../../testing/persons-computer.ts';
import { until } from '../../testing/until.ts';

const execute = promisify(execFile);
let computer: InstalledProgram;
let tmux: (...args: string[]) => Promise<string>;

beforeAll(async () => {
  computer = await installProgram();
  tmux = async (...args) => {
    const socket = join(computer.folder, 'tmux');
    const { stdout } = await execute('tmux', ['-S', socket, '-f', '/dev/null', ...args], {
      env: { ...computer.env, TERM: 'xterm' },
    });
    return stdout;
  };
  for (const project of ['lamp', 'garden']) {
    mkdirSync(join(computer.personHome, 'code', project, '.git'), { recursive: true });
  }
  mkdirSync(join(computer.personHome, 'work/plans'), { recursive: true });
  mkdirSync(computer.home, { mode: 0o700 });
  await tmux('new-session', '-d', '-x', '120', '-y', '60', 'sh');
}, installPatience);

afterAll(async () => {
  await tmux('kill-server');
  await computer.close();
});

/** All that the terminal shows by now, what was scrolled away too. */
const screen = () => tmux('capture-pane', '-p', '-J', '-S', '-');
const type = (text: string) => tmux('send-keys', '-l', text).then(() => tmux('send-keys', 'Enter'));
/** The terminal's text as soon as it holds this behind what was seen before. */
async function seen(words: RegExp): Promise<string> {
  return until(`the terminal to show ${words}`, async () => {
    const text = await screen();
    return words.test(text) && text;
  }).catch(async (error) => {
    throw new Error(await screen(), { cause: error });
  });
}

test('start asks where projects are, which it found, and which port; then the light is on, with a code to scan', async () => {
  const port = await freePort();
  await type('porchlight start --host 127.0.0.1 --tray off');
  await seen(/Where are your projects\? \[.*\/code\] $/m);
  await type('~/nowhere');
  await seen(/There is no folder ~\/nowhere\. Where are your projects/);
  await type('');
  await seen(/Which port\? \[47000\]/);
  await type('70000');
  await seen(/from 1024 to 65535\. Which port/);
  await type(String(port));
  const text = await seen(/Stop: porchlight stop/);
  expect(text).toContain(`the light is on at https://localhost:${port}`);
  expect(text).toMatch(/▀▀▀▀▀[\s\S]*Scan this with your phone/);
  expect(JSON.parse(readFileSync(join(computer.home, 'config.json'), 'utf8'))).toEqual({
    projectsRoot: join(computer.personHome, 'code'),
    port,
  });
});

test('the second start asks nothing; setup asks again, and leaves what else is set as it is', async () => {
  const file = join(computer.home, 'config.json');
  const before = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...before, idleMinutes: 7, whatever: true }));
  await type('clear; porchlight stop; porchlight start --host 127.0.0.1 --tray off');
  await seen(/The light is out[\s\S]*Stop: porchlight stop/);
  await type('clear; porchlight setup');
  await seen(/Where are your projects\? \[.*\/code\] $/m);
  await type(join(computer.personHome, 'work'));
  await seen(new RegExp(`Which port\\? \\[${before.port}\\]`));
  await type('');
  await seen(/it counts from its next start on: porchlight restart/);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    ...{ projectsRoot: join(computer.personHome, 'work'), port: before.port },
    ...{ idleMinutes: 7, whatever: true },
  });
});

test('Ctrl+C at a question changes nothing and leaves with 8', async () => {
  const file = join(computer.home, 'config.json');
  const before = readFileSync(file, 'utf8');
  await type('clear; porchlight setup; echo "ended with $?"');
  await seen(/Where are your projects/);
  await tmux('send-keys', 'C-c');
  expect(await seen(/ended with 8/)).toContain('Nothing was changed');
  expect(readFileSync(file, 'utf8')).toBe(before);
});
