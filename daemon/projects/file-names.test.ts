import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../system/clock.ts';
import { fileTree } from '../system/file-tree.ts';
import { runCommand } from '../system/spawn.ts';
import { createFileNames } from './file-names.ts';

let folder: string;
let cwd: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'porchlight-names-')));
  cwd = join(folder, 'project');
  mkdirSync(cwd);
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), '');
  }
}

async function git(...args: readonly string[]): Promise<void> {
  const { code, stderr } = await runCommand('git', args, { cwd });
  if (code !== 0) throw new Error(stderr);
}

async function suggested(query: string, touched: readonly string[] = []): Promise<string[]> {
  const names = createFileNames({
    run: runCommand,
    tree: fileTree,
    clock: systemClock,
    env: { PATH: process.env['PATH'] ?? '' },
  });
  return (await names.suggest({ cwd, query, touched })).map(({ path }) => path);
}

for (const kind of ['a git checkout', 'a plain folder']) {
  test(`in ${kind} files and folders are found by a few letters of their path`, async () => {
    write('src/pages/home.ts', 'src/pages/about.ts', 'README.md');
    if (kind === 'a git checkout') await git('init', '-q');
    expect(await suggested('home')).toEqual(['src/pages/home.ts']);
    expect(await suggested('spa')).toContain('src/pages/');
    expect(await suggested('nothing like it')).toEqual([]);
  });

  test(`in ${kind} a folder with its slash shows what is inside`, async () => {
    write('src/pages/home.ts', 'src/index.ts', 'README.md');
    if (kind === 'a git checkout') await git('init', '-q');
    expect(await suggested('src/')).toEqual(['src/pages/', 'src/index.ts']);
  });

  test(`in ${kind} a link that leads out of it is not offered`, async () => {
    write('inside.txt');
    writeFileSync(join(folder, 'secret.txt'), '');
    symlinkSync(join(folder, 'secret.txt'), join(cwd, 'secret.txt'));
    symlinkSync(folder, join(cwd, 'above'));
    if (kind === 'a git checkout') await git('init', '-q');
    expect(await suggested('secret')).toEqual([]);
    expect(await suggested('')).toEqual(['inside.txt']);
  });

  test(`in ${kind} with nothing typed, files of this conversation come first, then those changed last`, async () => {
    write('old.txt', 'new.txt', 'touched.txt');
    utimesSync(join(cwd, 'touched.txt'), 1000, 1000);
    utimesSync(join(cwd, 'old.txt'), 2000, 2000);
    utimesSync(join(cwd, 'new.txt'), 3000, 3000);
    if (kind === 'a git checkout') await git('init', '-q');
    expect(await suggested('', ['touched.txt', '../outside.txt'])).toEqual([
      'touched.txt',
      'new.txt',
      'old.txt',
    ]);
  });
}

test('what git ignores, and what is deleted but not committed, is not offered', async () => {
  write('kept.txt', 'gone.txt', 'ignored.log');
  writeFileSync(join(cwd, '.gitignore'), '*.log\n');
  await git('init', '-q');
  await git('add', '.');
  rmSync(join(cwd, 'gone.txt'));
  expect((await suggested('')).toSorted()).toEqual(['.gitignore', 'kept.txt']);
});

test('in a plain folder node_modules, .git and dist are not walked', async () => {
  write('src/a.ts', 'node_modules/b/index.js', 'dist/c.js');
  expect((await suggested('')).toSorted()).toEqual(['src/', 'src/a.ts']);
});

test('a program that a checkout names for asking git for changes is not started', async () => {
  write('a.txt');
  await git('init', '-q');
  await git('config', 'core.fsmonitor', `touch ${join(folder, 'started')}; false`);
  await git('add', '.');
  rmSync(join(folder, 'started'), { force: true });
  expect(await suggested('a')).toEqual(['a.txt']);
  expect(await fileTree.find(join(folder, 'started'))).toBe(undefined);
});

test('a filter that a checkout names for comparing files is not started', async () => {
  write('a.txt');
  await git('init', '-q');
  writeFileSync(join(cwd, '.gitattributes'), '* filter=odd\n');
  await git('add', '.');
  await git('config', 'filter.odd.clean', `touch ${join(folder, 'started')}; cat`);
  writeFileSync(join(cwd, 'a.txt'), 'changed');
  expect(await suggested('a.txt')).toEqual(['a.txt']);
  expect(await fileTree.find(join(folder, 'started'))).toBe(undefined);
});

test('a walk ends after so many names', async () => {
  write(...Array.from({ length: 50 }, (_, index) => `file-${index}`));
  expect(await fileTree.walk(cwd, { skip: new Set(), maxEntries: 20, maxMs: 60_000 })).toHaveLength(20);
});

test('a folder that is gone has no files', async () => {
  rmSync(cwd, { recursive: true });
  expect(await suggested('')).toEqual([]);
});

test('a link that leads out of the project is told apart from one that stays, and from nothing at all', async () => {
  write('src/a.ts', 'b.ts');
  writeFileSync(join(folder, 'secret'), '');
  mkdirSync(join(folder, 'elsewhere'));
  writeFileSync(join(folder, 'elsewhere', 'notes'), '');
  symlinkSync(join(folder, 'secret'), join(cwd, 'src', 'innocent.ts'));
  symlinkSync(join(folder, 'elsewhere'), join(cwd, 'docs'));
  symlinkSync('../b.ts', join(cwd, 'src', 'inner.ts'));
  symlinkSync('nowhere', join(cwd, 'broken'));
  const names = createFileNames({ run: runCommand, tree: fileTree, clock: systemClock, env: {} });
  const out = ['src/innocent.ts', 'docs/notes', 'docs', '../secret', join(folder, 'secret')];
  const own = [
    'src/a.ts',
    './src/',
    'src/inner.ts',
    'broken',
    'not/there',
    '.',
    join(cwd, 'b.ts'),
    'docs/../b.ts',
  ];
  expect(await names.outside({ cwd, paths: [...own, ...out] })).toEqual(out);
});
