// The completions in real shells: each reads what the built program prints and is asked what may follow some words.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requireShells } from '../testing/desktop-packages.ts';
import { program } from '../testing/test-daemon.ts';

const folder = mkdtempSync(join(tmpdir(), 'porchlight-completions-'));
const env = { PATH: `${folder}:/usr/bin:/bin`, HOME: folder, TERM: 'dumb' };

/** Offers for what is typed behind `porchlight `, sorted. */
type Offer = (typed: string) => Promise<string[]>;

beforeAll(async () => {
  await requireShells(process.env['PATH'] ?? '');
  symlinkSync(program, join(folder, 'porchlight'));
  symlinkSync(process.execPath, join(folder, 'node'));
  for (const shell of ['bash', 'zsh', 'fish'])
    writeFileSync(
      join(folder, `porchlight.${shell}`),
      await print(process.execPath, [program, 'completions', shell]),
    );
});

afterAll(() => rmSync(folder, { recursive: true }));

async function print(file: string, args: readonly string[]): Promise<string> {
  return (await promisify(execFile)(file, args, { env, cwd: folder })).stdout;
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.split('\t')[0]?.trim() ?? '')
    .filter((line) => line !== '')
    .toSorted();
}

const bash: Offer = async (typed) => {
  const script = [
    'source porchlight.bash',
    `COMP_WORDS=(porchlight ${typed}${typed.endsWith(' ') ? '""' : ''})`,
    `COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))`,
    '_porchlight',
    `printf "%s\\n" "\${COMPREPLY[@]}"`,
  ].join('\n');
  return lines(await print('bash', ['--norc', '-c', script]));
};

/** compadd is where a completion hands over what it offers. */
const zsh: Offer = async (typed) => {
  const script = [
    'compdef() { : }',
    `compadd() { shift; print -l -- "\${(@P)1}" }`,
    'source ./porchlight.zsh',
    `words=(porchlight ${typed}${typed.endsWith(' ') ? '""' : ''}); CURRENT=$#words`,
    '_porchlight',
  ].join('\n');
  const last = typed.slice(typed.lastIndexOf(' ') + 1);
  return lines(await print('zsh', ['-f', '-c', script])).filter((word) => word.startsWith(last));
};

const fish: Offer = async (typed) =>
  lines(
    await print('fish', ['--no-config', '-c', `source porchlight.fish; complete -C 'porchlight ${typed}'`]),
  );

test.each([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
] as const)('%s completes commands, those within them, options and their values', async (_shell, offers) => {
  expect(await offers('conf')).toEqual(['config', 'confirm']);
  expect(await offers('config ')).toEqual(expect.arrayContaining(['get', 'set', 'unset']));
  expect(await offers('config ')).not.toContain('status');
  expect(await offers('export --form')).toEqual(['--format']);
  expect(await offers('export --format ')).toEqual(['html', 'json', 'md']);
  expect(await offers('--home /x token ')).toContain('create');
});
