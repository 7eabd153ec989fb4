// At login on Linux: a systemd user unit where there is one's own systemd, and an entry in the desktop's autostart where a tray is
// wanted. The entry starts the unit, from inside the desktop session: only there is it known where the tray is.
import { access, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RunCommand } from '../../ports.ts';
import { writeDurably } from '../durable-file.ts';
import { autostartEntry } from './autostart-entry.ts';
import { checkLine, type DaemonLine, type LoginService, ServiceError } from './login-service.ts';
import { systemdUnit } from './systemd-unit.ts';

/** What a program must know to find the desktop session that it is in. */
const sessionVariables = [
  ...['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'DBUS_SESSION_BUS_ADDRESS'],
  ...['XDG_CURRENT_DESKTOP', 'XDG_SESSION_TYPE', 'DESKTOP_SESSION'],
];

export function linuxLogin(options: {
  name: string;
  /** `~/.config`, or where the person has it. */
  configFolder: string;
  env: Readonly<Record<string, string | undefined>>;
  wantsTray: boolean;
  run: RunCommand;
}): LoginService {
  const { name, configFolder, env, wantsTray, run } = options;
  const unit = `${name}.service`;
  const unitFile = join(configFolder, 'systemd/user', unit);
  const entryFile = join(configFolder, 'autostart', `${name}.desktop`);
  const isOnDesktop = wantsTray && Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);

  async function systemctl(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await run('systemctl', ['--user', ...args]);
    if (code !== 0)
      throw new ServiceError(`systemctl --user ${args.join(' ')}: ${(stderr || stdout).trim()}`);
    return stdout.trim();
  }

  /** Its words whatever they are: `is-active` and the like end with a code when the answer is no. */
  async function ask(...args: string[]): Promise<string> {
    return (await run('systemctl', ['--user', ...args])).stdout.trim();
  }

  async function hasOwnSystemd(): Promise<boolean> {
    return (await run('systemctl', ['--user', 'show-environment'])).code === 0;
  }

  async function writeUnit(line: DaemonLine): Promise<void> {
    const version = Number(/^systemd (\d+)/.exec(await systemctl('--version'))?.[1] ?? 0);
    await write(unitFile, systemdUnit(line, { knowsSteps: version >= 254 }));
    await systemctl('daemon-reload');
    await systemctl(isOnDesktop ? 'disable' : 'enable', unit);
  }

  return {
    by: 'systemd or the desktop',
    files: [unitFile, entryFile],
    startsWithoutDesktop: !isOnDesktop,
    canInstall: async () => isOnDesktop || (await hasOwnSystemd()),
    isInstalled: async () => (await isThere(unitFile)) || (await isThere(entryFile)),
    async install(line) {
      checkLine(line);
      const hasSystemd = await hasOwnSystemd();
      if (!hasSystemd && !isOnDesktop)
        throw new ServiceError(
          'Nothing here starts programs at login for you: systemd does not answer (systemctl --user status), and there is ' +
            'no desktop. With cron it goes like this, in `crontab -e`: @reboot porchlight start',
        );
      await Promise.all([unitFile, entryFile].map((file) => rm(file, { force: true })));
      if (hasSystemd) await writeUnit(line);
      if (isOnDesktop) await write(entryFile, autostartEntry(line));
      const by = isOnDesktop ? 'when you log in to the desktop' : 'when you log in';
      return [`Porchlight starts ${by}${hasSystemd ? ', and again if it fails' : ''}.`];
    },
    async remove() {
      const there = await Promise.all([unitFile, entryFile].map(isThere));
      if (there[0]) await run('systemctl', ['--user', 'disable', unit]);
      await Promise.all([unitFile, entryFile].map((file) => rm(file, { force: true })));
      if (there[0]) await run('systemctl', ['--user', 'daemon-reload']);
      return [unitFile, entryFile].filter((_, at) => there[at]);
    },
    async start() {
      if (!(await isThere(unitFile)) || !(await hasOwnSystemd())) return false;
      const known = sessionVariables.filter((variable) => env[variable]);
      if (known.length > 0) await systemctl('import-environment', ...known);
      await run('systemctl', ['--user', 'reset-failed', unit]);
      await systemctl('start', unit);
      return true;
    },
    async stop() {
      await run('systemctl', ['--user', 'stop', unit], { timeoutMs: 90_000 });
    },
    async state() {
      if (!(await isThere(unitFile))) return 'the desktop starts it; nothing starts it again if it fails';
      const [active, enabled] = [await ask('is-active', unit), await ask('is-enabled', unit)];
      const when = (await isThere(entryFile))
        ? 'started by the desktop'
        : `${enabled || 'not known'} at login`;
      return `systemd says: ${active || 'nothing (it does not answer)'}, ${when}`;
    },
    async failure() {
      const facts = await ask('show', '--property=ActiveState,SubState,ExecMainStatus', unit);
      // It ended, and either systemd tries again in a while or it does not.
      if (!/^(ActiveState=(failed|inactive)|SubState=auto-restart)$/m.test(facts)) return undefined;
      const code = Number(/^ExecMainStatus=([1-9]\d*)$/m.exec(facts)?.[1]) || undefined;
      const { stdout } = await run('journalctl', [
        ...journalOf(unit),
        '-n',
        '3',
        '-o',
        'cat',
        '--no-pager',
        '-q',
      ]);
      const words = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
      return {
        code,
        words:
          `${words.join('\n')}\nWhat systemd knows of it: journalctl ${journalOf(unit).join(' ')}`.trim(),
      };
    },
  };
}

function journalOf(unit: string): string[] {
  return ['--user', '-u', unit];
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeDurably(path, text);
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false;
      throw error;
    },
  );
}
