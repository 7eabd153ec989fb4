// The files that start Porchlight at login, read by the programs that are to read them, and started as they stand, from
// surroundings in which nothing is set.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../testing/persons-computer.ts';
import { program } from '../../testing/test-daemon.ts';
import { until } from '../../testing/until.ts';
import { autostartEntry } from './autostart-entry.ts';
import { launchAgent } from './launch-agent.ts';
import { linuxLogin } from './linux-login.ts';
import { type DaemonLine, ServiceError } from './login-service.ts';
import { systemdUnit } from './systemd-unit.ts';

const execute = promisify(execFile);
let folder: string;
let line: DaemonLine;
let plain: DaemonLine;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'porchlight-login-'));
  const common = { node: process.execPath, program, path: '/usr/local/bin:/usr/bin:/bin' };
  line = { ...common, home: join(folder, 'a 100% "good" $HOME of \\ `mine` & <yours>') };
  plain = { ...common, home: join(folder, 'plain') };
  for (const { home } of [line, plain]) {
    mkdirSync(home, { mode: 0o700 });
    const settings = {
      host: '127.0.0.1',
      port: await freePort(),
      tray: 'off',
      claudePath: '/nowhere/claude',
    };
    writeFileSync(join(home, 'config.json'), JSON.stringify(settings));
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bare = () => ({ HOME: join(folder, 'person'), PATH: '/usr/bin:/bin' });
const porchlight = async (...args: string[]) => {
  const { stdout } = await execute(process.execPath, [program, ...args], { env: bare() });
  return stdout;
};

test.each([true, false])(
  'systemd finds nothing wrong with the unit (knows steps: %s)',
  async (knowsSteps) => {
    const file = join(folder, 'porchlight.service');
    writeFileSync(file, systemdUnit(line, { knowsSteps }));
    const { stdout } = await execute('systemctl', ['--version']);
    const isOld = Number(/^systemd (\d+)/.exec(stdout)?.[1]) < 254;
    const { stderr } = await execute('systemd-analyze', ['verify', '--user', '--man=no', file], {
      env: { ...bare(), XDG_RUNTIME_DIR: folder },
    });
    // Those that an old one does not know are all that it may complain of.
    const ours = stderr.split('\n').filter((said) => said.includes('porchlight'));
    const strange = ours.filter((said) => !/Unknown key( name)? 'Restart(Steps|MaxDelaySec)'/.test(said));
    expect(strange).toEqual([]);
    expect(ours).toHaveLength(knowsSteps && isOld ? 2 : 0);
  },
);

test('the unit’s command starts the daemon as it stands, and the daemon ends well when it is asked to', async () => {
  const unit = systemdUnit(plain, { knowsSteps: false });
  const command = /^ExecStart=(.+)$/m.exec(unit)?.[1] ?? '';
  const path = /^Environment="PATH=(.+)"$/m.exec(unit)?.[1] ?? '';
  const ended = execute('/bin/sh', ['-c', `exec ${command}`], { env: { ...bare(), PATH: path }, cwd: '/' });
  const running = await until('the daemon to be up', () =>
    porchlight('status', '--json', '--home', plain.home).catch(() => false),
  );
  expect(JSON.parse(String(running)).pid).toBe(ended.child.pid);
  await porchlight('stop', '--home', plain.home);
  const { stdout } = await ended;
  expect(
    stdout
      .trim()
      .split('\n')
      .map((said) => JSON.parse(said).event),
  ).toEqual(expect.arrayContaining(['ready', 'stopped']));
});

test('the desktop finds nothing wrong with its entry, and starts the daemon by it', async () => {
  const file = join(folder, 'porchlight.desktop');
  writeFileSync(file, autostartEntry(line));
  await execute('desktop-file-validate', ['--no-hints', file]);
  await execute('gio', ['launch', file], { env: bare() });
  const { version } = await until('the daemon to be up', async () =>
    porchlight('status', '--json', '--home', line.home).then(
      (text) => JSON.parse(text),
      () => undefined,
    ),
  );
  expect(version).toMatch(/^\d/);
  await porchlight('stop', '--home', line.home);
});

test('a reader of property lists finds in the agent for macOS what was meant', async () => {
  const file = join(folder, 'agent.plist');
  writeFileSync(
    file,
    launchAgent(line, { label: 'local.porchlight', output: join(line.home, 'logs/output.log') }),
  );
  await execute('plistutil', ['-i', file, '-o', `${file}.bin`, '-f', 'bin']);
  await execute('plistutil', ['-i', `${file}.bin`, '-o', `${file}.xml`, '-f', 'xml']);
  const read = readFileSync(`${file}.xml`, 'utf8');
  const words = [...(/<array>([\s\S]*?)<\/array>/.exec(read)?.[1] ?? '').matchAll(/<string>(.*)<\/string>/g)];
  expect(words.map(([, word = '']) => unescaped(word))).toEqual([
    ...[line.node, line.program, 'serve', '--json', '--home', line.home],
  ]);
  expect(read).toMatch(/<key>KeepAlive<\/key>\s*<dict>\s*<key>SuccessfulExit<\/key>\s*<false\/>/);
  expect(read).toMatch(/<key>Umask<\/key>\s*<integer>63<\/integer>/);
});

test('on a desktop there are both, and the unit waits for the desktop to start it; no secret is in either', async () => {
  const env = { DISPLAY: ':0', ANTHROPIC_API_KEY: 'secret-of-mine' };
  const asked: string[] = [];
  const service = linuxLogin({
    ...{ name: 'porchlight', configFolder: join(folder, 'config'), env, wantsTray: true },
    async run(_file, args) {
      asked.push(args.slice(1).join(' '));
      return { code: 0, stdout: 'systemd 252 (252)', stderr: '' };
    },
  });
  await service.install(plain);
  expect(asked).toEqual(['show-environment', '--version', 'daemon-reload', 'disable porchlight.service']);
  for (const file of service.files) expect(readFileSync(file, 'utf8')).not.toContain('secret-of-mine');
  await service.start();
  expect(asked.slice(-3)).toEqual([
    'import-environment DISPLAY',
    'reset-failed porchlight.service',
    'start porchlight.service',
  ]);
  expect(await service.remove()).toEqual(service.files);
});

test('a home that no line of a file can say is refused', async () => {
  const service = linuxLogin({
    ...{ name: 'porchlight', configFolder: folder, env: { DISPLAY: ':0' }, wantsTray: true },
    run: async () => ({ code: 1, stdout: '', stderr: '' }),
  });
  await expect(service.install({ ...line, home: '/two\nlines' })).rejects.toThrow(ServiceError);
});

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
