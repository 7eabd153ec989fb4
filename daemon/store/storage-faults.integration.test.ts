// What a disk may do to the real daemon: fill up, turn read-only, lose bytes in the middle, come back from a copy. It says so in
// words, acknowledges nothing that is not there, and goes on by itself when the disk does.
import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDaemonClient, type LogEvent } from '../testing/daemon-client.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

const run = promisify(execFile);
const isEnd = ({ type }: LogEvent) => type === 'turn.finished';
const create = async ({ client, project }: TestDaemon) =>
  (await client.command('conversation.create', { cwd: project })).conversationId;
const say = ({ client }: TestDaemon, conversationId: string, clientId: string, text: string) =>
  client.command('message.send', { conversationId, clientId, text });
const logOf = ({ home }: TestDaemon, conversationId: string) =>
  join(home, 'conversations', conversationId, 'log', '00000001.jsonl');

// Only root may mount a small disk; everywhere else the store's own tests have to do.
describe.skipIf(process.getuid?.() !== 0)('on a disk of 4 MB', () => {
  const disk = mkdtempSync(join(tmpdir(), 'porchlight-disk-'));
  let daemon: TestDaemon;

  beforeAll(async () => {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=700', 'tmpfs', disk]);
    daemon = await startTestDaemon({ home: join(disk, 'home') });
  });

  afterAll(async () => {
    await daemon.close();
    await run('umount', [disk]);
    rmSync(disk, { recursive: true });
  });

  const ballast = join(disk, 'ballast');
  const fill = () => {
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize));
  };
  const free = () => rmSync(ballast);

  test('a full disk refuses a message and says so; the same message goes when there is room, without a restart', async () => {
    const conversationId = await create(daemon);
    fill();
    const long = `[[text there is room]] ${'x'.repeat(8192)}`;
    await expect(say(daemon, conversationId, 'm1', long)).rejects.toThrow(/disk_full: .*disk/);
    await expect(say(daemon, conversationId, 'm1', long)).rejects.toThrow('disk_full');
    free();
    await say(daemon, conversationId, 'm1', long);
    const events = await daemon.client.readUntil(conversationId, isEnd);
    expect(events.filter((event) => event.type === 'message.sent')).toHaveLength(1);
    expect(events.map((event) => event.id)).toEqual(events.map((_, index) => index + 1));
  });

  test('a disk that fills while Claude works: the turn ends or is called interrupted, and all goes on when there is room', async () => {
    const conversationId = await create(daemon);
    await say(daemon, conversationId, 'm2', '[[slow 100 20]]');
    await daemon.client.readUntil(conversationId, (event) => event.type === 'text.delta');
    fill();
    const other = await create(daemon).catch(String);
    expect(other).toContain('disk_full');
    free();
    const events = await daemon.client.readUntil(
      conversationId,
      ({ type }) => type === 'turn.finished' || type === 'turn.interrupted',
    );
    expect(events.map((event) => event.id)).toEqual(events.map((_, index) => index + 1));
    await say(daemon, conversationId, 'm3', '[[text on it goes]]');
    const goesOn = (event: LogEvent) => event.type === 'text.finished' && event['text'] === 'on it goes';
    await daemon.client.readUntil(conversationId, goesOn);
  });
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
