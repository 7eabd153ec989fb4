import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunCommand } from '../ports.ts';
import { judgeFirewall, lookForFirewalls, type SeenFirewall } from './firewall-check.ts';

const port = 47_000;
const judge = (seen: readonly SeenFirewall[], visitor?: string) => judgeFirewall({ seen, port, visitor });

/** Answers as programs do that say this; any other is not installed. */
const saying =
  (said: Readonly<Record<string, string>>): RunCommand =>
  async (file, args) => {
    const stdout = said[[file.split('/').at(-1), ...args].join(' ')];
    return { code: stdout === undefined ? null : 0, stdout: stdout ?? '', stderr: '' };
  };
const linux = { platform: 'linux' as const, port, ufwFile: '/nowhere' };

test('without a firewall, or with the port open, all is well', () => {
  expect(judge([])).toMatchObject({ state: 'ok', sentence: 'No firewall was found on this computer.' });
  expect(judge([{ name: 'firewalld', lets: true }]).state).toBe('ok');
});

test('a firewall that is known to keep the port shut is bad, with the command that opens it', () => {
  expect(judge([{ name: 'firewalld', lets: false }], '192.168.1.7')).toMatchObject({
    state: 'bad',
    fix: expect.stringContaining('run: sudo firewall-cmd --add-port=47000/tcp'),
  });
});

test('one that cannot be seen through is a warning, until a phone has come in from elsewhere', () => {
  expect(judge([{ name: 'ufw', lets: undefined }])).toMatchObject({
    state: 'warning',
    fix: expect.stringContaining('run: sudo ufw allow 47000/tcp'),
  });
  expect(judge([{ name: 'ufw', lets: undefined }], '192.168.1.7')).toMatchObject({
    state: 'ok',
    sentence: 'The firewall ufw is on, and a phone has come in from 192.168.1.7.',
  });
});

test('each is found by what it says of itself', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'porchlight-ufw-'));
  const ufwFile = join(folder, 'ufw.conf');
  await writeFile(ufwFile, '# the firewall\nENABLED=yes\n');
  expect(await lookForFirewalls({ ...linux, ufwFile, run: saying({}) })).toEqual([
    { name: 'ufw', lets: undefined },
  ]);
  await writeFile(ufwFile, '# ENABLED=yes\nENABLED=no\n');
  expect(await lookForFirewalls({ ...linux, ufwFile, run: saying({}) })).toEqual([]);
  await rm(folder, { recursive: true });

  const firewalld = (answer: string) =>
    saying({ 'firewall-cmd --state': 'running\n', 'firewall-cmd --query-port=47000/tcp': answer });
  expect(await lookForFirewalls({ ...linux, run: firewalld('yes\n') })).toEqual([
    { name: 'firewalld', lets: true },
  ]);
  expect(await lookForFirewalls({ ...linux, run: firewalld('no\n') })).toEqual([
    { name: 'firewalld', lets: false },
  ]);
  expect(await lookForFirewalls({ ...linux, run: firewalld('') })).toEqual([
    { name: 'firewalld', lets: undefined },
  ]);
  expect(
    await lookForFirewalls({ ...linux, run: saying({ 'systemctl is-active nftables': 'active\n' }) }),
  ).toEqual([{ name: 'nftables', lets: undefined }]);
  expect(
    await lookForFirewalls({ ...linux, run: saying({ 'systemctl is-active nftables': 'inactive\n' }) }),
  ).toEqual([]);
});

test('on a Mac', async () => {
  const mac = (state: string, all: string) =>
    lookForFirewalls({
      ...linux,
      platform: 'darwin',
      run: saying({ 'socketfilterfw --getglobalstate': state, 'socketfilterfw --getblockall': all }),
    });
  expect(await mac('Firewall is disabled. (State = 0)\n', '')).toEqual([]);
  expect(await mac('Firewall is enabled. (State = 1)\n', 'Block all DISABLED!\n')).toEqual([
    { name: 'macOS', lets: undefined },
  ]);
  expect(await mac('Firewall is enabled. (State = 1)\n', 'Block all ENABLED!\n')).toEqual([
    { name: 'macOS', lets: false },
  ]);
});
