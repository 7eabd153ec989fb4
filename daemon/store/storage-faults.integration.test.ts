// What a disk may do to the real daemon: fill up, turn read-only, lose bytes in the middle, come back from a copy. It says so in
// words, acknowledges nothing that is not there, and goes on by itself when the disk does.
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDaemonClient, type LogEvent } from '../testing/daemon-client.ts';
import { endRuns } from '../testing/end-runs.ts';
import { mountSmallDisk, noSmallDisk, type SmallDisk } from '../testing/small-disk.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

const isEnd = ({ type }: LogEvent) => type === 'turn.finished';
const create = async ({ client, project }: TestDaemon) =>
  (await client.command('conversation.create', { cwd: project })).conversationId;
const say = ({ client }: TestDaemon, conversationId: string, clientId: string, text: string) =>
  client.command('message.send', { conversationId, clientId, text });
const logOf = ({ home }: TestDaemon, conversationId: string) =>
  join(home, 'conversations', conversationId, 'log', '00000001.jsonl');

describe(noSmallDisk === '' ? 'on a disk of 4 MB' : `on a disk of 4 MB (skipped: ${noSmallDisk})`, () => {
  let disk: SmallDisk;
  let daemon: TestDaemon;

  beforeAll(async () => {
    if (noSmallDisk !== '') return;
    disk = await mountSmallDisk(4);
    daemon = await startTestDaemon({ home: join(disk.folder, 'home') });
  });
  afterAll(async () => {
    await daemon?.close();
    await disk?.close();
  });
  const onDisk = test.skipIf(noSmallDisk !== '');
  const isOver = ({ type }: LogEvent) => type === 'turn.finished' || type === 'turn.interrupted';
  const idsOf = (events: readonly LogEvent[]) => events.map(({ id }) => id);

  // While no run has its spool open there: such a disk cannot be made read-only.
  onDisk(
    'a home on a disk that can only be read is refused in words, and taken when it can be written to',
    async () => {
      await daemon.stop();
      await disk.remount('ro');
      const start = await daemon.run('serve', '--tray', 'off', '--port', '0', '--host', '127.0.0.1');
      await disk.remount('rw');
      expect([start.code, start.stderr.trim()]).toEqual([
        5,
        `${daemon.home} cannot be written to: its disk can only be read. Make it writable again. Or choose another folder with --home.`,
      ]);
      await daemon.start();
    },
  );

  onDisk(
    'a full disk refuses a message and says so; the same message goes when there is room, without a restart',
    async () => {
      const conversationId = await create(daemon);
      disk.fill();
      const long = `[[text there is room]] ${'x'.repeat(8192)}`;
      await expect(say(daemon, conversationId, 'm1', long)).rejects.toThrow(/disk_full: .*disk/);
      await expect(say(daemon, conversationId, 'm1', long)).rejects.toThrow('disk_full');
      disk.free();
      await say(daemon, conversationId, 'm1', long);
      const events = await daemon.client.readUntil(conversationId, isEnd);
      expect(events.filter((event) => event.type === 'message.sent')).toHaveLength(1);
      expect(idsOf(events)).toEqual(events.map((_, index) => index + 1));
    },
  );

  onDisk(
    'a disk that fills while Claude works: the turn ends or is called interrupted, and all goes on when there is room',
    async () => {
      const conversationId = await create(daemon);
      await say(daemon, conversationId, 'm2', '[[slow 100 20]]');
      await daemon.client.readUntil(conversationId, (event) => event.type === 'text.delta');
      disk.fill();
      const other = await create(daemon).catch(String);
      expect(other).toContain('disk_full');
      disk.free();
      const events = await daemon.client.readUntil(conversationId, isOver);
      expect(idsOf(events)).toEqual(events.map((_, index) => index + 1));
      await say(daemon, conversationId, 'm3', '[[text on it goes]]');
      const goesOn = (event: LogEvent) => event.type === 'text.finished' && event['text'] === 'on it goes';
      await daemon.client.readUntil(conversationId, goesOn);
    },
  );

  onDisk(
    'on a full disk the reserve takes what is still to be noted: that Claude is gone, and a Stop',
    async () => {
      const [killed, stopped] = [await create(daemon), await create(daemon)];
      for (const id of [killed, stopped]) {
        await say(daemon, id, `long-${id}`, '[[silent 60000]]');
        await daemon.client.readUntil(id, ({ type }) => type === 'turn.started');
      }
      disk.fill();
      await expect(create(daemon)).rejects.toThrow('disk_full');
      expect(existsSync(join(daemon.home, 'reserve'))).toBe(false);
      const pidOf = (id: string) =>
        readdirSync(join(daemon.home, 'runs'))
          .map((run) => JSON.parse(readFileSync(join(daemon.home, 'runs', run, 'run.json'), 'utf8')))
          .find((run) => run.conversationId === id)?.pid;
      process.kill(pidOf(killed), 'SIGKILL');
      await daemon.client.readUntil(killed, ({ type }) => type === 'turn.interrupted');
      await daemon.client.command('turn.stop', { conversationId: stopped });
      await daemon.client.readUntil(stopped, isOver);
      const { conversations } = await daemon.client.command('conversation.list', {});
      expect(conversations.filter(({ state }) => state === 'working')).toEqual([]);
      await expect(create(daemon)).rejects.toThrow('disk_full');
      disk.free();
      await create(daemon);
      expect(existsSync(join(daemon.home, 'reserve'))).toBe(true);
    },
  );

  onDisk(
    'a daemon that is started on a full disk shows what there is, says so, stops when asked to, and goes on when there is room',
    async () => {
      const conversationId = await create(daemon);
      await daemon.stop();
      disk.fill();
      await daemon.start();
      await expect(say(daemon, conversationId, 'm4', 'x')).rejects.toThrow('disk_full');
      expect(daemon.said.join()).toContain('The computer’s disk is full');
      disk.free();
      await say(daemon, conversationId, 'm4', '[[text room again]]');
      await daemon.client.readUntil(conversationId, isEnd);
    },
  );
});

describe('damage', () => {
  let daemon: TestDaemon;
  beforeAll(async () => {
    daemon = await startTestDaemon();
  });
  afterAll(() => daemon.close());

  test('bytes lost in the middle of a conversation make it read-only, say so, and leave the others alone', async () => {
    const [hurt, well] = [await create(daemon), await create(daemon)];
    for (const id of [hurt, well]) {
      await say(daemon, id, `hurt-${id}`, '[[text once]]');
      await daemon.client.readUntil(id, isEnd);
    }
    await daemon.stop();
    const bytes = readFileSync(logOf(daemon, hurt));
    bytes[Math.floor(bytes.length / 2)] = 0;
    writeFileSync(logOf(daemon, hurt), bytes);
    await daemon.start();
    await expect(say(daemon, hurt, 'after', 'more')).rejects.toThrow(/log_damaged: .+/);
    await say(daemon, well, 'after', '[[text twice]]');
    const isSecond = (event: LogEvent) => event.type === 'text.finished' && event['text'] === 'twice';
    await daemon.client.readUntil(well, isSecond);
  });

  test('a damaged list is made anew from the conversations', async () => {
    const conversationId = await create(daemon);
    await say(daemon, conversationId, 'listed', '[[text listed]]');
    await daemon.client.readUntil(conversationId, isEnd);
    await daemon.stop();
    const path = join(daemon.home, 'lobby', 'log', '00000001.jsonl');
    const epoch = readFileSync(join(daemon.home, 'epoch'), 'utf8');
    const bytes = readFileSync(path);
    bytes[Math.floor(bytes.length / 2)] = 0;
    writeFileSync(path, bytes);
    await daemon.start();
    const { conversations } = await daemon.client.command('conversation.list', {});
    expect(conversations.map((c) => c.conversationId)).toContain(conversationId);
    // What phones saw of the old list is void for them.
    expect(readFileSync(join(daemon.home, 'epoch'), 'utf8')).not.toBe(epoch);
    await say(daemon, conversationId, 'goes-on', '[[text goes on]]');
    const goesOn = (event: LogEvent) => event.type === 'text.finished' && event['text'] === 'goes on';
    await daemon.client.readUntil(conversationId, goesOn);
  });

  test('a home put back from a copy is another store to every phone', async () => {
    const conversationId = await create(daemon);
    const epochNow = async () => {
      const headers = { accept: 'application/json' };
      const { body } = await daemon.client.fetch(`/api/logs/${conversationId}/events?after=0`, { headers });
      return String(JSON.parse(body).epoch);
    };
    const before = await epochNow();
    await daemon.stop();
    // They stand in the folder that is removed, and nobody would find them there any more.
    await endRuns(daemon.home);
    const copy = `${daemon.home}.copy`;
    // A FIFO is no file to copy; runs are not part of a backup.
    cpSync(daemon.home, copy, { recursive: true, filter: (path) => path !== join(daemon.home, 'runs') });
    rmSync(daemon.home, { recursive: true });
    cpSync(copy, daemon.home, { recursive: true });
    chmodSync(daemon.home, 0o700);
    await daemon.start();
    expect(await epochNow()).not.toBe(before);
  });

  test('a home of a newer Porchlight is refused in words and left as it is', async () => {
    await daemon.stop();
    const path = join(daemon.home, 'epoch');
    const kept = readFileSync(path, 'utf8');
    writeFileSync(path, kept.replace('format 1', 'format 99'));
    const { code, stderr } = await daemon.run('serve', '--tray', 'off', '--port', '0', '--host', '127.0.0.1');
    expect([code, stderr]).toEqual([5, expect.stringContaining('newer Porchlight (format 99')]);
    writeFileSync(path, kept);
    await daemon.start();
    const token = createDaemonClient({ url: daemon.url, home: daemon.home, token: daemon.client.token });
    await until('the daemon to answer', async () => (await token.command('conversation.list', {})) && true);
  });
});
