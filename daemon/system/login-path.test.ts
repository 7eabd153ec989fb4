import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { joinPaths, readLoginPath } from './login-path.ts';
import { runApart } from './spawn.ts';

const home = () => mkdtempSync(join(tmpdir(), 'porchlight-shell-'));
const read = (HOME: string, SHELL: string) =>
  readLoginPath({ env: { HOME, SHELL, PATH: '/usr/bin:/bin' }, run: runApart });

test('the folders that an interactive shell alone adds are found, whatever else the person’s files print', async () => {
  const folder = home();
  const lines = [
    '[ -z "$PS1" ] && return',
    'echo "Welcome back [you]"',
    `PATH="${folder}/nvm/bin:$PATH"`,
    'trap "echo bye" EXIT',
  ];
  writeFileSync(join(folder, '.bash_profile'), '. ~/.bashrc\n');
  writeFileSync(join(folder, '.bashrc'), `${lines.join('\n')}\n`);
  expect(await read(folder, '/bin/bash')).toMatch(new RegExp(`^${folder}/nvm/bin:`));
});

test('a shell that knows no interactive login is asked without', async () => {
  const folder = home();
  writeFileSync(
    join(folder, 'shell'),
    '#!/bin/sh\n[ "$1" = -lc ] || exit 2\nPATH=/opt/mine:/bin\neval "$2"\n',
    { mode: 0o755 },
  );
  expect(await read(folder, join(folder, 'shell'))).toBe('/opt/mine:/bin');
});

test('a shell that tells nothing, or is none, is no error', async () => {
  expect(await read(home(), '/bin/false')).toBeUndefined();
  expect(await read(home(), '/no/such/shell')).toBeUndefined();
});

test('each folder is named once, and only where it is the same everywhere', () => {
  expect(joinPaths('/a:bin::/b', '/b:./x:/c:/a')).toBe('/a:/b:/c');
});
