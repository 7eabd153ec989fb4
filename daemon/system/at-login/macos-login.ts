// At login on macOS: a launchd agent of the person's. It starts the daemon when they log in, and again when it failed.
import { access, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RunCommand } from '../../ports.ts';
import { writeDurably } from '../durable-file.ts';
import { launchAgent } from './launch-agent.ts';
import { checkLine, type LoginService, ServiceError } from './login-service.ts';

export function macosLogin(options: {
  name: string;
  personHome: string;
  uid: number;
  /** Where the daemon's output goes. */
  output: string;
  run: RunCommand;
}): LoginService {
  const { name, personHome, uid, output, run } = options;
  const label = `local.${name}`;
  const file = join(personHome, 'Library/LaunchAgents', `${label}.plist`);
  const domain = `gui/${uid}`;
  const isInstalled = () =>
    access(file).then(
      () => true,
      () => false,
    );
  const isLoaded = async () => (await run('launchctl', ['print', `${domain}/${label}`])).code === 0;

  return {
    by: 'launchd',
    files: [file],
    startsWithoutDesktop: false,
    canInstall: async () => true,
    isInstalled,
    async install(line) {
      checkLine(line);
      await mkdir(dirname(file), { recursive: true });
      await writeDurably(file, launchAgent(line, { label, output }));
      // Not read by launchd before it is needed: that would start a second daemon beside the one that runs.
      return ['Porchlight starts when you log in, and again if it fails.'];
    },
    async remove() {
      if (!(await isInstalled())) return [];
      await run('launchctl', ['bootout', `${domain}/${label}`]);
      await rm(file, { force: true });
      return [file];
    },
    async start() {
      if (!(await isInstalled())) return false;
      // What it knows may be an older file.
      if (await isLoaded()) await run('launchctl', ['bootout', `${domain}/${label}`]);
      const { code, stderr } = await run('launchctl', ['bootstrap', domain, file]);
      if (code !== 0) throw new ServiceError(`launchctl bootstrap ${domain} ${file}: ${stderr.trim()}`);
      return true;
    },
    async stop() {
      await run('launchctl', ['bootout', `${domain}/${label}`], { timeoutMs: 90_000 });
    },
    async state() {
      const { code, stdout } = await run('launchctl', ['print', `${domain}/${label}`]);
      const state = /^\s*state = (.+)$/m.exec(stdout)?.[1];
      return code === 0 ? `launchd says: ${state ?? 'loaded'}` : 'launchd reads it at the next login';
    },
    async failure() {
      const { stdout } = await run('launchctl', ['print', `${domain}/${label}`]);
      const code = /^\s*last exit code = ([1-9]\d*)/m.exec(stdout)?.[1];
      return code === undefined ? undefined : { code: Number(code), words: `What it said is in ${output}` };
    },
  };
}
