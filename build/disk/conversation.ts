// A short conversation of a script with a daemon on a bad disk: it asks again as long as it is refused for the disk's sake, as a
// phone does, and keeps what was acknowledged. And the look afterwards whether all of that is there.
import { follows } from '../../daemon/protocol/fold.ts';
import type { LogEvent } from '../../daemon/testing/daemon-client.ts';
import { announce, sendPart } from '../../daemon/testing/send-file.ts';
import type { TestDaemon } from '../../daemon/testing/test-daemon.ts';
import { until } from '../../daemon/testing/until.ts';

export interface Told {
  readonly violations: readonly string[];
  /** Acknowledged messages, by client id. */
  readonly promised: readonly string[];
  readonly logs: readonly string[];
  /** Of which it was said that they are gone. */
  readonly deleted: readonly string[];
  readonly refused: readonly string[];
}

const patience = { seconds: 40 };
/** What may be refused on a bad disk: by name, or since a file's upload was cut short by it. */
const isOfDisk = (words: string) => /disk_full|disk_failed|upload_/.test(words);

export async function converse(daemon: TestDaemon, name: string): Promise<Told> {
  const { client, project } = daemon;
  const violations: string[] = [];
  const promised: string[] = [];
  const logs: string[] = [];
  const deleted: string[] = [];
  const refused: string[] = [];

  async function insist<T>(what: string, act: () => Promise<T>): Promise<T> {
    return until(
      what,
      async () => {
        try {
          return { done: await act() };
        } catch (error) {
          const words = String(error);
          refused.push(`${what}: ${words}`);
          if (!isOfDisk(words)) throw new Error(`${what} is refused for another reason: ${words}`);
          return undefined;
        }
      },
      patience,
    ).then(({ done }) => done);
  }

  async function say(conversationId: string, clientId: string, attachments: readonly string[] = []) {
    const message = { conversationId, clientId, text: `${clientId} [[well]]`, attachments: [...attachments] };
    await insist(`the message ${clientId}`, () => client.command('message.send', message));
    promised.push(clientId);
    let isSettled = false;
    let messageId: unknown;
    await until(
      `the end of ${clientId}`,
      async () => {
        for (const event of await eventsOf(daemon, conversationId)) {
          if (event.type === 'message.sent' && event['clientId'] === clientId) messageId = event['messageId'];
          isSettled ||=
            messageId !== undefined && /^turn\.(finished|interrupted)$|^message\.doubted$/.test(event.type);
        }
        return isSettled;
      },
      patience,
    );
  }

  async function upload(conversationId: string): Promise<string> {
    const bytes = Buffer.from('a file of a few bytes');
    const uploadId = await announce(client, { conversationId, name: 'note.txt', size: bytes.length });
    if (uploadId.length !== 32) throw new Error(uploadId);
    const answer = await sendPart(client, { conversationId, uploadId }, { offset: 0, bytes });
    if (!answer?.body.ok) throw new Error(answer?.body.error?.code ?? 'nothing');
    return uploadId;
  }

  try {
    const { conversationId } = await insist('a conversation', () =>
      client.command('conversation.create', { cwd: project }),
    );
    logs.push(conversationId);
    await say(conversationId, `${name}-first`);
    const file = await insist('a file', () => upload(conversationId));
    await say(conversationId, `${name}-second`, [file]);
    await insist('a name', () =>
      client.command('conversation.rename', { conversationId, title: `name ${name}` }),
    );
    const other = await insist('another conversation', () =>
      client.command('conversation.create', { cwd: project }),
    );
    // Asked again after a failure, it may be gone already.
    const remove = () =>
      client.command('conversation.delete', other).catch((error: unknown) => {
        if (!String(error).includes('conversation_not_found')) throw error;
      });
    await insist('a deletion', remove);
    deleted.push(other.conversationId);
  } catch (error) {
    violations.push(String(error));
  }
  return { violations, promised, logs, deleted, refused };
}

/** What is not as it was acknowledged, after a start on a good disk. */
export async function whatIsLost(
  daemon: TestDaemon,
  log: string,
  promised: readonly string[],
): Promise<string[]> {
  const lost: string[] = [];
  const events = await eventsOf(daemon, log);
  let last = 0;
  for (const event of events) {
    if (!follows(last, event)) lost.push(`${log}: event ${event.id} follows ${last}`);
    last = event.id;
  }
  for (const clientId of promised) {
    const times = events.filter(
      (event) => event.type === 'message.sent' && event['clientId'] === clientId,
    ).length;
    if (times !== 1) lost.push(`${log}: the message ${clientId} is there ${times} times`);
  }
  await until('the list to be at rest', async () => {
    const { conversations } = await daemon.client.command('conversation.list', {});
    return conversations.find(({ conversationId }) => conversationId === log)?.state !== 'working';
  }).catch((error: unknown) => lost.push(`${log}: ${String(error)}`));
  return lost;
}

/** Undisturbed by a disk that cannot be read just now: then there is nothing yet. */
async function eventsOf({ client }: TestDaemon, log: string): Promise<LogEvent[]> {
  const found: LogEvent[] = [];
  for (;;) {
    const after = found.at(-1)?.id ?? 0;
    const headers = { accept: 'application/json' };
    const { status, body } = await client.fetch(`/api/logs/${log}/events?after=${after}`, { headers });
    const { events } = status === 200 ? JSON.parse(body) : { events: [] };
    if (events.length === 0) return found;
    found.push(...events);
  }
}
