// A log whose deltas were folded away, over every transport and from every cursor: no gap, and the same view. With the real daemon
// while the real `claude` streams.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyEvent } from '../protocol/events.ts';
import { fold, follows } from '../protocol/fold.ts';
import { type ConversationView, emptyView } from '../protocol/view.ts';
import { type LogReader, logReaders } from '../testing/log-readers.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

let daemon: TestDaemon;
let log = '';
/** As it came, live. */
let events: readonly AnyEvent[] = [];

beforeAll(async () => {
  daemon = await startTestDaemon();
  await daemon.stop();
  const logs = { segmentBytes: 1e6, foldAfterMs: 50, foldAtLeast: 5, foldShare: 0 };
  writeFileSync(join(daemon.home, 'config.json'), JSON.stringify({ logs }), { mode: 0o600 });
  await daemon.start();
  log = (await daemon.client.command('conversation.create', { cwd: daemon.project })).conversationId;
  const message = { conversationId: log, clientId: 'm1', text: '[[slow 45 12]]' };
  await daemon.client.command('message.send', message);
  events = await daemon.client.readUntil(log, ({ type }) => type === 'turn.finished');
  const file = join(daemon.home, 'conversations', log, 'log', '00000001.jsonl');
  await until('the deltas to be folded away', () => readFileSync(file, 'utf8').includes('deltas.folded'));
  // What is in memory is not folded.
  await daemon.stop('SIGKILL');
  await daemon.start();
});

afterAll(() => daemon.close());

async function readOn(reader: LogReader, view: ConversationView): Promise<ConversationView> {
  let next = view;
  const last = events.at(-1)?.id ?? 0;
  await reader.read(daemon.client, { log, after: view.last }, (brought) => {
    if (!('event' in brought)) return false;
    expect(follows(next.last, brought.event)).toBe(true);
    next = fold(next, brought.event);
    return next.last >= last;
  });
  return next;
}

const foldTo = (id: number) =>
  events.filter((event) => event.id <= id).reduce<ConversationView>(fold, emptyView);

describe.each(logReaders)('$name', (reader) => {
  test('brings a reader that has nothing, and one that stood among the deltas, to the same view', async () => {
    const last = events.at(-1)?.id ?? 0;
    const deltas = events.filter(({ type }) => type === 'text.delta').map(({ id }) => id);
    expect(deltas.length).toBeGreaterThan(5);
    for (const id of [0, ...deltas]) {
      const view = await readOn(reader, foldTo(id));
      expect(view.pages).toEqual(foldTo(last).pages);
    }
  });
});

test('a message sent again is known, and Claude goes on where it was', async () => {
  const again = { conversationId: log, clientId: 'm1', text: '[[slow 45 12]]' };
  const { eventId } = await daemon.client.command('message.send', again);
  expect(events.find(({ id }) => id === eventId)?.type).toBe('message.sent');
  await daemon.client.command('message.send', { conversationId: log, clientId: 'm2', text: '[[text on]]' });
  const after = events.at(-1)?.id ?? 0;
  const isEnd = (event: AnyEvent) => event.type === 'text.finished';
  const more = await daemon.client.readUntil(log, isEnd, { after });
  expect(more.filter(isEnd)).toMatchObject([{ text: 'on' }]);
});
