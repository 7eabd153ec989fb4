// Somebody who stands outside of a daemon that has something to lose: a conversation, a file and a phone that are all called
// by a word that must not be heard. Asks with whatever is brought and nothing else, and knows which words leak.
import type { DaemonClient } from '../daemon-client.ts';
import { createDaemonClient } from '../daemon-client.ts';
import { type DaemonHere, startDaemonHere } from '../daemon-here.ts';
import { announce, sendPart } from '../send-file.ts';
import { type ErrorCode, refusals } from '../../protocol/errors.ts';
import { badCredentials, type Credential, pairedPhone } from './credentials.ts';
import type { Names } from './doors.ts';

/** Not to be heard outside. */
export const canary = 'canary-in-the-cage';

/** So many that nobody is turned away for being too many. */
const crowd = { burst: 1e6, perSecond: 1e6, sockets: 1000, socketsPerAddress: 500 };

type Answer = Awaited<ReturnType<DaemonClient['fetch']>>;

export interface Outside {
  readonly daemon: DaemonHere;
  readonly names: Names;
  readonly bad: readonly Credential[];
  readonly good: { readonly headers: { readonly authorization: string } };
  /** `code`: the refusal's, when the answer is that refusal to the letter and nothing besides. */
  ask(
    method: string,
    target: string,
    credential: Omit<Credential, 'name'>,
    body?: object,
  ): Promise<Answer & { code: string }>;
  /** What of it a stranger must not read. */
  leaks(text: string): readonly string[];
}

export async function standOutside(env: Readonly<Record<string, string>> = {}): Promise<Outside> {
  const daemon = await startDaemonHere(crowd, env);
  const { client, home, owner } = daemon;
  const { conversationId } = await client.command('conversation.create', { cwd: home, title: canary });
  await client.command('message.send', { conversationId, clientId: 'canary', text: canary });
  const bytes = Buffer.from(canary);
  const uploadId = await announce(client, { conversationId, name: `${canary}.txt`, size: bytes.length });
  await sendPart(client, { conversationId, uploadId }, { offset: 0, bytes });
  const { deviceId } = await pairedPhone(daemon);
  await owner.run('device.rename', { deviceId, label: canary });
  const stranger = createDaemonClient({ url: client.url, home, token: '' });
  return {
    daemon,
    names: { conversationId, uploadId, deviceId, folder: home },
    bad: await badCredentials(daemon, client.token),
    good: { headers: { authorization: `Bearer ${client.token}` } },
    async ask(method, target, { headers, query = '' }, body) {
      const mark = target.includes('?') ? '&' : '?';
      const json = body ? { 'content-type': 'application/json' } : {};
      const signal = AbortSignal.timeout(20_000);
      const asked = stranger.fetch(query === '' ? target : `${target}${mark}${query}`, {
        method,
        headers: { authorization: '', ...json, ...headers },
        signal,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const answer = await asked.catch((error: Error): Answer => {
        if (!signal.aborted) throw error;
        return { status: 0, headers: {}, body: 'a stream that stays open' };
      });
      return { ...answer, code: answer.body === '' ? '' : refusalIn(answer.body) };
    },
    leaks: (text) => [canary, home, conversationId, uploadId].filter((word) => text.includes(word)),
  };
}

function refusalIn(body: string): string {
  const found = (Object.keys(refusals) as ErrorCode[]).find(
    (code) => body === JSON.stringify({ ok: false, error: { code, message: refusals[code].sentence } }),
  );
  return found ?? `more than a refusal: ${body.slice(0, 200)}`;
}
