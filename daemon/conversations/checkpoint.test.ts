// A checkpoint only saves time: whatever is wrong with it, a conversation opens to what its log says.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { LoggedEvent } from '../ports.ts';
import { fold } from '../protocol/fold.ts';
import { type ConversationView, emptyView } from '../protocol/view.ts';
import { openJsonlStore } from '../store/jsonl-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { systemClock as clock } from '../system/clock.ts';
import { writeLongConversation } from '../testing/long-conversation.ts';
import { until } from '../testing/until.ts';
import { decodeCheckpoint } from './checkpoint.ts';
import { foldLog } from './folded-log.ts';
import { keepCheckpoint } from './kept-checkpoint.ts';

let home = '';
let conversationId = '';
let whole: Opened;
let file = '';
let written: Buffer;

interface Opened {
  readonly view: ConversationView;
  /** How many events had to be folded. */
  readonly folds: number;
  readonly sent: readonly string[];
  readonly head: number;
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'porchlight-checkpoint-'));
  const made = { home, cwd: '/', title: 'long' };
  ({ conversationId } = await writeLongConversation({ ...made, events: 6000 }));
  file = join(home, 'conversations', conversationId, 'log', 'checkpoint');
  whole = await opened('one');
  written = await until('the checkpoint to be written', () => readFile(file).catch(() => undefined));
});

/** `more` is appended after it was opened. */
async function opened(version: string, more: readonly { type: string }[] = []): Promise<Opened> {
  const store = await openJsonlStore({ home, clock });
  const log = await store.open(conversationId);
  let folds = 0;
  const seen: LoggedEvent[] = [];
  const folded = await foldLog<ConversationView>({
    log,
    empty: emptyView,
    fold(view, event) {
      folds += 1;
      return fold(view, event);
    },
    seen: (event) => seen.push(event),
    from: await keepCheckpoint({
      log,
      version,
      failed(error) {
        throw error;
      },
    }),
  });
  if (more.length > 0) await folded.append(more).durable;
  const sent = seen.filter((event) => event.type === 'message.sent').map((event) => String(event['text']));
  const { head } = log;
  await store.close();
  return { view: folded.durable, folds, sent, head };
}

test('with a checkpoint a conversation opens to the same view and knows the same messages, folding nothing', async () => {
  expect(whole.folds).toBe(whole.head);
  expect(await opened('one')).toEqual({ ...whole, folds: 0 });
});

test('what came after the checkpoint is folded onto it', async () => {
  const more = [{ type: 'conversation.renamed', title: 'new' }];
  const last = (await opened('one', more)).view;
  const again = await opened('one');
  expect([again.folds, again.view]).toEqual([1, last]);
  whole = { ...whole, view: last, head: last.last };
});

test('a damaged, cut, empty or missing checkpoint costs only time', async () => {
  const flipped = Buffer.from(written);
  flipped[written.length >> 1] = (flipped[written.length >> 1] ?? 0) ^ 1;
  for (const bytes of [
    flipped,
    written.subarray(0, -1),
    written.subarray(0, 20),
    Buffer.alloc(0),
    undefined,
  ]) {
    if (bytes) await writeFile(file, bytes);
    else await rm(file);
    expect(await opened('one')).toEqual({ ...whole, folds: whole.head });
    await until('a new checkpoint', async () => {
      const now = await readFile(file).catch(() => undefined);
      return now !== undefined && !(bytes && now.equals(bytes));
    });
  }
});

test('a checkpoint of another fold is void', async () => {
  await writeFile(file, written);
  expect((await opened('two')).folds).toBe(whole.head);
});

test('a checkpoint of another log is void', async () => {
  const other = await writeLongConversation({ home, cwd: '/', title: 'other', events: 7000, seed: 2 });
  const place = join(home, 'conversations', other.conversationId, 'log', 'checkpoint');
  await writeFile(place, written);
  conversationId = other.conversationId;
  const { view, folds, head } = await opened('one');
  expect([view.title, folds]).toEqual(['other', head]);
});

test('a log that was folded since bears its checkpoint out, and without one takes far fewer events to the same view', async () => {
  const made = await writeLongConversation({ home, cwd: '/', title: 'folded', events: 6000, seed: 3 });
  ({ conversationId } = made);
  const place = join(home, 'conversations', conversationId, 'log', 'checkpoint');
  const before = await opened('one');
  await until('the checkpoint to be written', () => readFile(place).catch(() => undefined));
  const store = await openJsonlStore({ home, clock });
  expect(await (await store.open(conversationId)).fold(new AbortController().signal)).toBeGreaterThan(0);
  await store.close();
  expect(await opened('one')).toEqual({ ...before, folds: 0 });
  await rm(place);
  const { folds, ...rest } = await opened('one');
  expect({ ...rest, folds: before.folds }).toEqual(before);
  expect(folds).toBeLessThan(before.folds / 2);
});

test('no checkpoint ends with a delta, which may be folded away', async () => {
  const log = await createMemoryStore({ clock, epoch: '' }).open('lobby');
  const ticks = Array.from({ length: 4100 }, () => ({ type: 'moon.risen' }));
  log.append([...ticks, { type: 'text.delta', blockId: 'b', text: 'x' }]);
  const failed = (error: unknown) => {
    throw error;
  };
  const from = await keepCheckpoint({ log, version: 'one', failed });
  const folded = await foldLog<ConversationView>({ log, empty: emptyView, fold, from });
  await folded.append([{ type: 'text.finished', blockId: 'b', text: 'x' }]).durable;
  const bytes = await until('the checkpoint to be written', log.checkpoint.read);
  expect((await decodeCheckpoint<ConversationView>(bytes, 'one'))?.mark).toMatchObject({ id: 4102 });
});
