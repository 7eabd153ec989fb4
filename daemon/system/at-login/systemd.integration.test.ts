// The systemd unit under a real systemd: what starts at login is up, comes again when it was killed while Claude speaks, and stays
// out when it was stopped.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectPrivately } from '../../cli/private-client.ts';
import { claudeEnvironment, claudePath } from '../../testing/claude-environment.ts';
import { createDaemonClient } from '../../testing/daemon-client.ts';
import { endRuns } from '../../testing/end-runs.ts';
import { freePort } from '../../testing/persons-computer.ts';
import { type ScriptedApi, startScriptedApi } from '../../testing/scripted-api/server.ts';
import { program } from '../../testing/test-daemon.ts';
import { until } from '../../testing/until.ts';
import { noUserSystemd, startUserSystemd, type UserSystemd } from '../../testing/user-systemd.ts';

describe.skipIf(noUserSystemd !== '')(
  `with a systemd of one’s own${noUserSystemd && `: ${noUserSystemd}`}`,
  () => {
    let api: ScriptedApi;
    let systemd: UserSystemd;
    let folder: string;
    let home: string;
    let personHome: string;

    beforeAll(async () => {
      api = await startScriptedApi();
      folder = mkdtempSync(join(tmpdir(), 'porchlight-systemd-'));
      const world = claudeEnvironment({ folder, apiUrl: api.url });
      personHome = world['HOME'] ?? folder;
      // Where the login shell finds Claude, and nobody else does.
      writeFileSync(join(personHome, '.profile'), `PATH="${dirname(claudePath)}:$PATH"\n`);
      // As a variable in braces it would be filled in.
      home = join(folder, ['a 100% "good" $', '{HOME} of \\ mine'].join(''));
      mkdirSync(home, { mode: 0o700 });
      const settings = { host: '127.0.0.1', port: await freePort(), tray: 'off' };
      writeFileSync(join(home, 'config.json'), JSON.stringify(settings));
      systemd = await startUserSystemd(folder, { ...world, SHELL: '/bin/bash' });
    });

    afterAll(async () => {
      await systemd.close();
      await endRuns(home);
      await api.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const porchlight = (...args: string[]) => systemd.run(process.execPath, program, ...args, '--home', home);
    const systemctl = async (...args: string[]) =>
      (await systemd.run('systemctl', '--user', ...args)).stdout.trim();
    const state = async () => JSON.parse((await porchlight('service', 'status', '--json')).stdout);
    const status = async () => JSON.parse((await porchlight('status', '--json')).stdout);

    test('a home of whatever name is started by it, found by systemd as it is called, with the PATH of a terminal', async () => {
      expect(await porchlight('service', 'install')).toMatchObject({ code: 0, stderr: '' });
      expect(await porchlight('start', '--json')).toMatchObject({ code: 0, stderr: '' });
      const { files } = await state();
      const unit = String(files[0]).slice(String(files[0]).lastIndexOf('/') + 1);
      expect(unit).toMatch(/^porchlight-a-100-good-HOME-of-mine-[0-9a-f]{8}\.service$/);
      expect(await systemctl('is-enabled', unit)).toBe('enabled');
      const { pid, claude } = await until('Claude to be looked at', async () => {
        const found = await status();
        return found.claude.state === 'ready' && found;
      });
      expect(await systemctl('show', '--property=MainPID', '--value', unit)).toBe(String(pid));
      expect(claude.path).toBe(claudePath);
    });

    /** Says it, and gives what Claude has said in the end, once `act` was done in mid-stream. */
    async function saidAcross(act: () => Promise<void>): Promise<unknown[]> {
      const owner = await connectPrivately(home, {});
      const { token } = await owner.run('token.create', { name: 'test' });
      const client = createDaemonClient({ url: (await status()).urls[0], home, token });
      const { conversationId } = await client.command('conversation.create', { cwd: personHome });
      await client.command('message.send', { conversationId, clientId: 'm1', text: '[[slow 30 40]]' });
      await client.readUntil(conversationId, ({ type }) => type === 'text.delta');
      await act();
      const events = await client.readUntil(conversationId, ({ type }) => /^turn\.(fin|inter)/.test(type));
      return events.filter(({ type }) => type === 'text.finished').map(({ text }) => text);
    }
    const all = ['The quick brown fox jumps over the lazy dog. '.repeat(40)];

    test('killed in mid-stream it comes again by itself, and every word of Claude’s is in the log once', async () => {
      const said = await saidAcross(async () => {
        const { pid } = await status();
        process.kill(pid, 'SIGKILL');
        await until('another daemon', async () => {
          const { code, stdout } = await porchlight('status', '--json');
          return code === 0 && JSON.parse(stdout).pid !== pid;
        });
      });
      expect(said).toEqual(all);
    });

    test('restarted in mid-stream it stays the service’s, and every word of Claude’s is in the log once', async () => {
      const said = await saidAcross(async () => {
        expect(await porchlight('restart')).toMatchObject({ code: 0 });
      });
      expect(said).toEqual(all);
      expect(await state()).toMatchObject({
        installed: true,
        state: 'systemd says: active, enabled at login',
      });
    });

    test('it stays out when stopped, and leaves nothing when removed', async () => {
      expect(await porchlight('stop')).toMatchObject({ code: 0 });
      const { files, ...rest } = await state();
      expect(rest).toMatchObject({ installed: true, state: 'systemd says: inactive, enabled at login' });
      expect(await porchlight('service', 'remove')).toMatchObject({ code: 0 });
      expect(await state()).toMatchObject({ installed: false, files: [] });
      expect(files.map((file: string) => existsSync(file))).toEqual([false]);
    });

    test('a daemon that cannot come up is told of with its own code, and is not tried again and again', async () => {
      await porchlight('service', 'install');
      // An address that is no computer's.
      writeFileSync(
        join(home, 'config.json'),
        JSON.stringify({ host: '203.0.113.1', port: 47_999, tray: 'off' }),
      );
      const { code, stderr } = await porchlight('start');
      expect([code, stderr]).toEqual([3, expect.stringContaining('journalctl --user -u porchlight-')]);
      expect(await state()).toMatchObject({
        state: expect.stringMatching(/^systemd says: (inactive|failed), enabled/),
      });
    });
  },
);
