// The daemon under test: the built one, in a process of its own, with two conversations and a stand-in for `claude`; its log of
// bugs and its memory.
import { openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Names } from './commands.ts';
import { inspect } from './heap.ts';
import { announceUpload } from '../../daemon/protocol/uploads.ts';
import { startTestDaemon, type TestDaemon } from '../../daemon/testing/test-daemon.ts';

const standIn = fileURLToPath(new URL('../load/stand-in-claude.mjs', import.meta.url));

const doomed = 30;

export interface Target {
  readonly daemon: TestDaemon;
  readonly names: Names;
  readonly port: number;
  readonly privatePath: string;
  /** What the daemon's log calls an error: bugs that it went on after. */
  bugs(): readonly string[];
  /** Conversations that are on the list without anything in them. */
  ghosts(): Promise<string[]>;
  /** Deletes what the fuzz has made and nobody uses, so that what is left in memory is not that. */
  tidy(keep: string): Promise<void>;
  /** 0 when it is no longer there. */
  rssMb(): number;
  /** What it holds after a collection. */
  heldMb(): Promise<number>;
}

export async function startTarget(): Promise<Target> {
  const inspected = await inspect();
  const daemon = await startTestDaemon({
    args: ['--claude', standIn],
    trustsBlindly: true,
    env: { PORCHLIGHT_IDLE_MINUTES: '0.05', ...inspected.env },
  });
  const create = async (title: string) =>
    (await daemon.client.command('conversation.create', { cwd: daemon.project, title })).conversationId;
  const conversationIds: string[] = [];
  const doomedIds: string[] = [];
  for (let n = 0; n < doomed; n++) doomedIds.push(await create(`Doomed ${n}`));
  const uploadIds: string[] = [];
  for (const title of ['One', 'Two']) {
    const made = { conversationId: await create(title) };
    conversationIds.push(made.conversationId);
    await daemon.client.command('message.send', { ...made, clientId: title, text: '20 0' });
    await daemon.client.readUntil(made.conversationId, ({ type }) => type === 'turn.finished');
    const { body } = await daemon.client.fetch(announceUpload.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...made, name: 'a.txt', size: 1000 }),
    });
    uploadIds.push(JSON.parse(body).result.uploadId);
  }
  return {
    ...{ daemon, port: Number(new URL(daemon.url).port) },
    names: { conversationIds, doomedIds, uploadIds, folder: daemon.project },
    privatePath: join(daemon.home, 'daemon.sock'),
    bugs: errorsIn(join(daemon.home, 'logs', 'porchlight.log')),
    async ghosts() {
      const found: string[] = [];
      const { conversations } = await daemon.client.command('conversation.list', {});
      for (const { conversationId } of conversations) {
        const { body } = await daemon.client.fetch(`/api/logs/${conversationId}/events?after=0`);
        if (!body.includes('"type":"conversation.created"'))
          found.push(`${conversationId}: ${body.slice(0, 200)}`);
      }
      return found;
    },
    async tidy(keep) {
      const kept = new Set([keep, ...conversationIds, ...doomedIds]);
      const { conversations } = await daemon.client.command('conversation.list', {});
      for (const { conversationId } of conversations) {
        // Somebody else may be tidying too.
        if (!kept.has(conversationId))
          await daemon.client.command('conversation.delete', { conversationId }).catch(alreadyGone);
      }
    },
    rssMb: () => rssMb(daemon.pid),
    heldMb: inspected.heldMb,
  };
}

function alreadyGone(error: Error): void {
  if (!error.message.includes('conversation_not_found')) throw error;
}

/** Reads what was added since it was last asked. */
function errorsIn(path: string): () => readonly string[] {
  const file = openSync(path, 'r');
  const chunk = Buffer.alloc(1 << 20);
  const errors: string[] = [];
  let rest = '';
  return () => {
    for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) {
      const lines = (rest + chunk.toString('utf8', 0, size)).split('\n');
      rest = lines.pop() ?? '';
      errors.push(...lines.filter((line) => /"level":[56]0/.test(line)));
    }
    return errors;
  };
}

export function rssMb(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
