// `porchlight devices` and `porchlight confirm`, as a person at the terminal uses them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDaemonClient } from '../testing/daemon-client.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

const labels = async () =>
  JSON.parse((await daemon.run('devices', '--json')).stdout).devices.map(
    ({ label }: { label: string }) => label,
  );

test('devices are listed, renamed and shut out, by name or by the beginning of the id', async () => {
  await daemon.run('token', 'create', '--name', 'Backup', '--json');
  await daemon.run('token', 'create', '--name', 'twin', '--json');
  await daemon.run('token', 'create', '--name', 'twin', '--json');
  expect((await daemon.run('devices')).stdout).toMatch(
    /[0-9a-f]{8} {2}Backup\n +API token, may use Claude and answer it, never used\n/,
  );
  expect(await daemon.run('devices', 'rename', 'Backup', 'Nightly')).toMatchObject({
    code: 0,
    stdout: '“Backup” is called “Nightly” now.\n',
  });
  const { devices } = await daemon.owner.run('device.list', {});
  const nightly = devices.find(({ label }) => label === 'Nightly')?.deviceId ?? '';
  expect(await daemon.run('devices', 'revoke', nightly.slice(0, 8))).toMatchObject({ code: 0 });
  expect(await labels()).toEqual(['test', 'twin', 'twin']);
  expect(await daemon.run('devices', 'revoke', 'twin')).toMatchObject({
    code: 1,
    stderr: 'There are 2 devices “twin”. Say its id instead (porchlight devices shows it).\n',
  });
  expect(await daemon.run('devices', 'revoke', 'nobody')).toMatchObject({ code: 1 });
});

test('what waits for a yes is shown, and answered only by its own number', async () => {
  expect((await daemon.run('confirm')).stdout).toBe('Nothing waits for your yes.\n');
  const args = ['token', 'create', '--name', 'admin', '--scopes', 'read,admin', '--json'];
  const { token } = JSON.parse((await daemon.run(...args)).stdout);
  const admin = createDaemonClient({ url: daemon.url, home: daemon.home, token });
  const asked = admin.command('token.create', { name: 'more' });
  await until(
    'it to wait',
    async () => (await daemon.owner.run('confirmation.list', {})).confirmations.length > 0,
  );
  const { stdout } = await daemon.run('confirm');
  expect(stdout).toContain('“admin” wants to make the API token “more”.');
  const short = /porchlight confirm (\S+) --allow/.exec(stdout)?.[1] ?? '';
  expect(await daemon.run('confirm', '--allow')).toMatchObject({ code: 2 });
  expect(await daemon.run('confirm', 'AAAAAA', '--allow')).toMatchObject({ code: 1 });
  expect(await daemon.run('confirm', short, '--allow')).toMatchObject({ code: 0 });
  expect((await asked).token).toMatch(/^plt_/);
});

test('`porchlight pair --scopes` says no to what is no scope', async () => {
  expect(await daemon.run('pair', '--scopes', 'read,fly', '--json')).toMatchObject({
    code: 2,
    stderr: 'There is no scope "fly". There are: read, use, approve, admin.\n',
  });
});
