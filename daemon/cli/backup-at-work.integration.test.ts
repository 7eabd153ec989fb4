// Backups of a home that is written to all the while: conversations begun, spoken in, folded and deleted. Each that is put back begins
// without damage, and what is in it is the beginning of what was said.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogEvent } from '../testing/daemon-client.ts';
import { startTalk } from '../testing/talk.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

const folder = mkdtempSync(join(tmpdir(), 'porchlight-at-work-'));
const logs = { segmentBytes: 8000, foldAfterMs: 50, foldAtLeast: 1, foldShare: 0 };
let daemon: TestDaemon;

beforeAll(async () => {
  mkdirSync(join(folder, 'home'), { mode: 0o700 });
  writeFileSync(join(folder, 'home', 'config.json'), JSON.stringify({ logs }), { mode: 0o600 });
  daemon = await startTestDaemon({ home: join(folder, 'home') });
});

afterAll(async () => {
  await daemon.close();
  rmSync(folder, { recursive: true });
});

test('a backup of a home at work is whole', async () => {
  const files = [join(folder, 'first.tar.gz'), join(folder, 'second.tar.gz')];
  const talk = await startTalk(daemon);
  let isOver = false;
  const work = (async () => {
    while (!isOver) {
      const passing = await startTalk(daemon);
      await Promise.all([talk.allowing('[[text words that are said]]'), passing.say('[[text passing]]')]);
      await daemon.client.command('conversation.delete', { conversationId: passing.conversationId });
    }
  })();
  for (const file of files) expect(await daemon.run('backup', file)).toMatchObject({ code: 0, stderr: '' });
  isOver = true;
  await work;
  const said = await messagesOf(talk.conversationId);

  for (const file of files) {
    expect(await daemon.runAnywhere('restore', file, '--home', `${file}.home`)).toMatchObject({ code: 0 });
    await daemon.restartWith('--home', `${file}.home`);
    expect(daemon.said).toEqual([]);
    const kept = await messagesOf(talk.conversationId);
    expect(said.slice(0, kept.length)).toEqual(kept);
    const { conversations } = await daemon.client.command('conversation.list', {});
    for (const { conversationId } of conversations)
      expect(await messagesOf(conversationId)).toBeInstanceOf(Array);
  }
});

/** Of the beginning of its log. */
async function messagesOf(log: string): Promise<unknown[]> {
  const { body } = await daemon.client.fetch(`/api/logs/${log}/events?after=0`);
  const events: LogEvent[] = JSON.parse(body).events;
  return events.filter(({ type }) => type === 'message.sent').map(({ clientId }) => clientId);
}
