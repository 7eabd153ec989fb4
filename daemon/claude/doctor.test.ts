// Where `claude` is looked for, and what is made of what it says.
import { expect, test } from 'vitest';
import type { Folders, Outcome } from '../ports.ts';
import { checkClaude } from './doctor.ts';

const outcome = (stdout: string): Outcome => ({ code: 0, stdout, stderr: '' });

/** A computer with `claude` at these places, whose login shell and `claude` say these things. */
function check(options: {
  places: readonly string[];
  path?: string;
  loginPath?: string;
  version?: string;
  login?: string;
  told?: string;
  env?: Readonly<Record<string, string>>;
}) {
  const folders: Folders = {
    resolve: async () => undefined,
    list: async () => [],
    read: async () => undefined,
    isExecutable: async (path) => options.places.includes(path),
  };
  return checkClaude({
    folders,
    env: { PATH: options.path ?? '/usr/bin', SHELL: '/bin/zsh', ...options.env },
    home: '/home/ana',
    path: options.told ?? null,
    async run(file, args) {
      if (file === '/bin/zsh') return outcome(`welcome!\n${options.loginPath ?? ''}`);
      return outcome(
        args.includes('--version')
          ? (options.version ?? '2.1.329 (Claude Code)')
          : (options.login ?? '{"loggedIn":true}'),
      );
    },
  });
}

test('it is found on the PATH first, then on the login shell’s, then in the usual places', async () => {
  const found = async (options: Parameters<typeof check>[0]) => (await check(options)).path;
  const usual = '/home/ana/.local/bin/claude';
  expect(await found({ places: ['/usr/bin/claude', usual] })).toBe('/usr/bin/claude');
  expect(
    await found({ places: ['/home/ana/.nvm/bin/claude', usual], loginPath: '/bin:/home/ana/.nvm/bin' }),
  ).toBe('/home/ana/.nvm/bin/claude');
  expect(await found({ places: [usual] })).toBe(usual);
});

test('a place that the person named is the only one tried', async () => {
  expect(await check({ places: ['/usr/bin/claude'], told: '/opt/claude' })).toMatchObject({
    state: 'missing',
    sentence: 'There is no Claude Code at /opt/claude.',
  });
});

test('a version that is too old, and a program that says none, are told apart', async () => {
  const places = ['/usr/bin/claude'];
  expect(await check({ places, version: '1.0.99 (Claude Code)' })).toMatchObject({
    state: 'tooOld',
    fix: '/usr/bin/claude update',
  });
  expect(await check({ places, version: 'Segmentation fault' })).toMatchObject({ state: 'broken' });
  expect(await check({ places, version: '2.1.100' })).toMatchObject({ state: 'ready', fix: '' });
});

test('only a plain "no" counts as logged out', async () => {
  const places = ['/usr/bin/claude'];
  expect((await check({ places, login: '{ "loggedIn": false }' })).state).toBe('loggedOut');
  expect((await check({ places, login: 'unknown command auth' })).state).toBe('ready');
});

test('with a key in the environment nobody need log in', async () => {
  const login = '{ "loggedIn": false }';
  const state = async (ANTHROPIC_API_KEY: string) =>
    (await check({ places: ['/usr/bin/claude'], login, env: { ANTHROPIC_API_KEY } })).state;
  expect(await state('sk-ant-made-up')).toBe('ready');
  expect(await state('')).toBe('loggedOut');
});
