// A conversation is let go, or ended, in the moment in which its run is being started: nothing of the run may be held open, or left.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Claude } from '../ports/claude.ts';
import { openJsonlStore } from '../store/jsonl-store.ts';
import { systemClock as clock } from '../system/clock.ts';
import { createMemoryClaude } from '../testing/memory-claude.ts';
import { type Conversation, openConversation } from './conversation.ts';
import { createRunPlaces } from './run-places.ts';

/** Does `meanwhile` when the run is there and its start is on the way to the log. */
async function lettingGo(
  meanwhile: (conversation: Conversation) => Promise<void>,
): Promise<readonly string[]> {
  const home = await mkdtemp(join(tmpdir(), 'porchlight-letting-go-'));
  const log = await (await openJsonlStore({ home, clock })).open('lobby');
  const facts = { conversationId: 'c', cwd: '/', title: 't', mode: 'default', model: null };
  await log.append([{ type: 'conversation.created', ...facts }]).durable;
  const done: string[] = [];
  const memory = createMemoryClaude().takenBy();
  let over: Promise<void> | undefined;
  const claude: Claude = {
    ...memory,
    async start(spec) {
      const session = await memory.start(spec);
      // The start is asked for its log entry in the same tick in which this resolves.
      setImmediate(() => {
        over = meanwhile(conversation).then(() => isOver());
      });
      return {
        ...session,
        detach() {
          done.push('detached');
          session.detach();
        },
        async kill() {
          done.push('killed');
          await session.kill();
        },
      };
    },
  };
  let isOver = () => {};
  const ended = new Promise<void>((resolve) => {
    isOver = resolve;
  });
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const conversation = await openConversation({
    ...{ log, claude, clock, logger: silent, newId: () => crypto.randomUUID(), foldVersion: '1' },
    ...{
      mayBypass: () => false,
      mayAsk: () => true,
      isPaused: () => false,
      idleMs: () => 1e9,
      places: createRunPlaces(() => 1),
      changed: async () => undefined,
    },
    limited: () => undefined,
    worked: () => undefined,
    uploads: { claim: async () => [], missing: async () => [], keepPictures: async (_id, drafts) => drafts },
    disk: { trouble: undefined, look: async () => undefined, blame: async (error) => error },
  });
  const message = { type: 'message.send', conversationId: 'c', clientId: 'm', text: 'hello' } as const;
  await conversation.handle(message, 'phone');
  await ended;
  await over;
  return done;
}

test('a daemon that stops while a run starts follows it no longer', async () => {
  expect(await lettingGo((conversation) => conversation.close())).toContain('detached');
});

test('a conversation that is deleted while its run starts leaves no run', async () => {
  expect(await lettingGo((conversation) => conversation.end())).toContain('killed');
});
