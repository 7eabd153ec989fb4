// One contract for every transport: each event once, in order, whatever happens to the connection; a cursor that does not fit
// is told so. Run against the real daemon while the real `claude` streams.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyEvent } from '../protocol/events.ts';
import { fold } from '../protocol/fold.ts';
import { type ConversationView, emptyView } from '../protocol/view.ts';
import { type LogReader, logReaders, pageReader, socketReader, sseReader } from '../testing/log-readers.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

const isTurnEnd = (event: AnyEvent) => event.type === 'turn.finished';

async function converse(text: string): Promise<string> {
  const { conversationId } = await daemon.client.command('conversation.create', { cwd: daemon.project });
  await daemon.client.command('message.send', { conversationId, clientId: crypto.randomUUID(), text });
  return conversationId;
}

/** Reads to the end of the turn, cutting the connection after every `every` events. */
async function readInPieces(reader: LogReader, log: string, every: number): Promise<AnyEvent[]> {
  const events: AnyEvent[] = [];
  while (!events.some(isTurnEnd)) {
    let taken = 0;
    await reader.read(daemon.client, { log, after: events.at(-1)?.id ?? 0 }, (brought) => {
      if (!('event' in brought)) return false;
      events.push(brought.event);
      taken += 1;
      return taken === every || isTurnEnd(brought.event);
    });
  }
  return events;
}

describe.each(logReaders)('$name', (reader) => {
  test('brings each event once and in order, through a cut after every third', async () => {
    const log = await converse('[[slow 15 12]]');
    const events = await readInPieces(reader, log, 3);
    expect(events.map((event) => event.id)).toEqual(events.map((_, index) => index + 1));
    expect(events).toEqual(await readInPieces(pageReader, log, 1000));
  });

  test('says reset to a cursor beyond the head and to one of another store, then starts over', async () => {
    const log = await converse('[[text hello]]');
    const whole = await readInPieces(pageReader, log, 1000);
    for (const cursor of [{ after: 5000 }, { after: 1, epoch: 'f'.repeat(32) }]) {
      const kinds: string[] = [];
      await reader.read(daemon.client, { log, ...cursor }, (brought) => {
        if ('event' in brought) kinds.push(String(brought.event.id));
        else if (brought.record.type !== 'ready') kinds.push(brought.record.type);
        return 'event' in brought && brought.event.id === whole.length;
      });
      expect(kinds.slice(0, 2)).toEqual(['reset', '1']);
    }
  });
});

describe.each([socketReader, sseReader])('$name', (reader) => {
  test('a first visit gets a snapshot and goes on behind it: the view equals that of the whole log', async () => {
    const log = await converse('[[slow 15 12]]');
    await daemon.client.readUntil(log, (event) => event.type === 'text.delta');
    let view: ConversationView = emptyView;
    let snapshots = 0;
    await reader.read(daemon.client, { log, after: 0, snapshot: true }, (brought) => {
      if ('event' in brought) {
        expect(brought.event.id).toBe(view.last + 1);
        view = fold(view, brought.event);
        return isTurnEnd(brought.event);
      }
      if (brought.record.type === 'snapshot') {
        snapshots += 1;
        view = brought.record['view'] as ConversationView;
      }
      return false;
    });
    const whole = await readInPieces(pageReader, log, 1000);
    expect(snapshots).toBe(1);
    expect(view).toEqual(whole.reduce(fold, emptyView));
  });
});
