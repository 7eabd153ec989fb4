import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claudeEnvironment, claudePath } from './claude-environment.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porchlight-environment-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('hands on nothing of this computer but where programs are', () => {
  process.env['ANTHROPIC_AUTH_TOKEN'] = 'secret';
  const environment = claudeEnvironment({ folder, apiUrl: 'http://127.0.0.1:1' });
  delete process.env['ANTHROPIC_AUTH_TOKEN'];
  const { HOME, TMPDIR, CLAUDE_CONFIG_DIR, PATH, ...rest } = environment;
  expect({
    inside: [HOME, TMPDIR, CLAUDE_CONFIG_DIR].map((path) => path?.startsWith(folder)),
    PATH,
    rest,
  }).toEqual({
    inside: [true, true, true],
    PATH: expect.stringContaining('/usr/bin'),
    rest: {
      ANTHROPIC_API_KEY: 'dummy',
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      CLAUDE_CODE_ENABLE_TODO_TOOLS: '1',
      DISABLE_AUTOUPDATER: '1',
      DISABLE_ERROR_REPORTING: '1',
      DISABLE_TELEMETRY: '1',
      LANG: 'C.UTF-8',
      TERM: 'dumb',
    },
  });
});

test('makes its folders for the owner alone', async () => {
  const { HOME = '' } = claudeEnvironment({ folder, apiUrl: 'http://127.0.0.1:1' });
  expect((await stat(HOME)).mode & 0o777).toBe(0o700);
});

test('knows the pinned claude, an executable of this project', async () => {
  const found = await stat(claudePath);
  const pinned = new URL('../../package.json', import.meta.url);
  expect([found.isFile(), (found.mode & 0o111) !== 0, claudePath]).toEqual([
    true,
    true,
    join(pinned.pathname, '../node_modules/.bin/claude'),
  ]);
  await readFile(pinned);
});
