import { describe, expect, it } from 'vitest';
import { AppError } from '../daemon/protocol/errors.ts';
import type { Database, Stores } from './database.ts';
import { Unreachable } from './http.ts';
import { openOutbox, type SendMessage } from './outbox.ts';
import { shownBelow, type StoredMessage } from './outbox-entries.ts';

/** Keeps what a disk would keep, so that a second outbox can be opened on it. */
function memoryDisk(): Pick<Database, 'all' | 'put' | 'deleteMessage'> {
  const stores = new Map<string, Map<string, unknown>>();
  function store(name: string): Map<string, unknown> {
    const held = stores.get(name) ?? new Map<string, unknown>();
    stores.set(name, held);
    return held;
  }
  return {
    all: async <S extends keyof Stores>(name: S) =>
      [...store(name).entries()]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([, value]) => value as Stores[S]),
    put: async (name, key, value) => void store(name).set(key, value),
    deleteMessage: async (clientId, fileIds) => {
      store('outbox').delete(clientId);
      for (const fileId of fileIds) store('files').delete(fileId);
    },
  };
}

/** A computer that can be out of reach, and that remembers what it got. */
function computer() {
  const got: string[] = [];
  let trouble: Error | undefined;
  const send: SendMessage = async ({ text }: StoredMessage) => {
    if (trouble) throw trouble;
    got.push(text);
    return { eventId: got.length };
  };
  return {
    got,
    send,
    fail(error: Error | undefined) {
      trouble = error;
    },
  };
}

const texts = (entries: readonly { text: string }[]) => entries.map(({ text }) => text);

describe('the outbox', () => {
  it('sends in the order of writing what was written while the computer was away', async () => {
    const { got, send, fail } = computer();
    fail(new Unreachable());
    const outbox = await openOutbox(memoryDisk(), send);
    for (const text of ['one', 'two', 'three']) await outbox.add('c', text);
    expect(got).toEqual([]);

    fail(undefined);
    await outbox.deliver();

    expect(got).toEqual(['one', 'two', 'three']);
  });

  it('keeps a message on disk until the computer has it', async () => {
    const disk = memoryDisk();
    const { got, send, fail } = computer();
    fail(new Unreachable());
    await (await openOutbox(disk, send)).add('c', 'late');

    fail(undefined);
    const afterReload = await openOutbox(disk, send);
    await afterReload.deliver();

    expect(got).toEqual(['late']);
    expect(await disk.all('outbox')).toEqual([]);
  });

  it('still knows after a reload, and after a refusal, that a message is for the running turn', async () => {
    const disk = memoryDisk();
    const { send, fail } = computer();
    fail(new Unreachable());
    await (await openOutbox(disk, send)).addSteering('c', 'hurry');

    const sent: StoredMessage[] = [];
    const afterReload = await openOutbox(disk, async (message) => {
      sent.push(message);
      if (sent.length === 1) throw new AppError('too_large');
      return { eventId: 1 };
    });
    await afterReload.deliver();
    await afterReload.retry(afterReload.entries.value[0]?.clientId ?? '');

    expect(sent.map(({ text, steer }) => ({ text, steer }))).toEqual([
      { text: 'hurry', steer: true },
      { text: 'hurry', steer: true },
    ]);
    expect(new Set(sent.map(({ clientId }) => clientId)).size).toBe(1);
  });

  it('sends nothing twice when it is told to deliver twice at once', async () => {
    const { got, send } = computer();
    const outbox = await openOutbox(memoryDisk(), send);
    await outbox.add('c', 'once');
    await Promise.all([outbox.deliver(), outbox.deliver()]);

    expect(got).toEqual(['once']);
  });

  it('sets a refused message aside, with the reason, and goes on with the next', async () => {
    const got: string[] = [];
    const outbox = await openOutbox(memoryDisk(), async ({ text }) => {
      if (text === 'bad') throw new AppError('too_large');
      got.push(text);
      return { eventId: 1 };
    });
    await outbox.add('c', 'bad');
    await outbox.add('c', 'good');
    await outbox.deliver();

    expect(got).toEqual(['good']);
    expect(outbox.entries.value).toMatchObject([
      { text: 'bad', state: 'refused', reason: 'That is too large to send.' },
      { text: 'good', state: 'acknowledged' },
    ]);
  });

  it('lets nothing overtake a message whose files are on their way, also after a reload', async () => {
    const disk = memoryDisk();
    const arrived = new Set<string>();
    const { got, send } = computer();
    const sendWhole: SendMessage = async (message) => {
      if ((message.fileIds ?? []).some((fileId) => !arrived.has(fileId))) throw new Unreachable();
      return send(message);
    };
    const outbox = await openOutbox(disk, sendWhole);
    await outbox.add('c', 'with a photo', ['photo']);
    await outbox.add('c', 'only words');
    await outbox.deliver();
    expect(got).toEqual([]);

    const afterReload = await openOutbox(disk, sendWhole);
    await afterReload.deliver();
    expect(got).toEqual([]);
    arrived.add('photo');
    await afterReload.deliver();

    expect(got).toEqual(['with a photo', 'only words']);
  });

  it('lets no conversation wait for a message of another, whatever holds that back', async () => {
    const { got, send } = computer();
    let hold: (() => void) | undefined;
    const outbox = await openOutbox(memoryDisk(), async (message) => {
      if (message.text === 'its file is refused for now') throw new Unreachable();
      if (message.text === 'the disk is full') throw new AppError('disk_full');
      if (message.text === 'slow') await new Promise<void>((resolve) => (hold = resolve));
      return send(message);
    });
    await outbox.add('a', 'its file is refused for now');
    await outbox.add('b', 'the disk is full');
    await outbox.add('c', 'slow');
    for (const conversationId of ['a', 'b', 'c', 'd'])
      await outbox.add(conversationId, `in ${conversationId}`);
    void outbox.deliver();
    await new Promise(setImmediate);
    expect(got).toEqual(['in d']);

    hold?.();
    await outbox.deliver();
    expect(got).toEqual(['in d', 'slow', 'in c']);
  });

  it('keeps what never arrived when the computer’s log is gone, and no longer shows what did', async () => {
    const disk = memoryDisk();
    const { send, fail } = computer();
    const outbox = await openOutbox(disk, send);
    await outbox.add('c', 'arrived');
    await outbox.deliver();
    fail(new Unreachable());
    await outbox.add('c', 'stays');

    outbox.startOver('c');

    expect(texts(outbox.entries.value)).toEqual(['stays']);
    expect(texts(await disk.all('outbox'))).toEqual(['stays']);
  });

  it('takes a message and its files from the disk together, when it has arrived or is removed', async () => {
    const disk = memoryDisk();
    const file = { conversationId: 'c', name: 'a.png', mediaType: 'image/png', size: 1, isPrepared: true };
    for (const fileId of ['first', 'second', 'draft']) await disk.put('files', fileId, { ...file, fileId });
    const outbox = await openOutbox(disk, async ({ text }) => {
      if (text === 'refused') throw new AppError('bad_request');
      return { eventId: 1 };
    });
    await outbox.add('c', 'refused', ['first']);
    await outbox.add('c', 'taken', ['second']);
    await outbox.deliver();
    expect((await disk.all('files')).map(({ fileId }) => fileId)).toEqual(['draft', 'first']);

    await outbox.remove(outbox.entries.value[0]?.clientId ?? '');
    expect((await disk.all('files')).map(({ fileId }) => fileId)).toEqual(['draft']);
    expect(await disk.all('outbox')).toEqual([]);
  });

  it('waits, and lets nothing overtake, when the computer is only stopping', async () => {
    const { got, send, fail } = computer();
    fail(new AppError('stopping'));
    const outbox = await openOutbox(memoryDisk(), send);
    await outbox.add('c', 'first');
    await outbox.add('c', 'second');
    await outbox.deliver();

    expect(got).toEqual([]);
    expect(outbox.entries.value.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  });
});

describe('below the log', () => {
  it('stands what the log does not show yet, of this conversation only', async () => {
    const { send } = computer();
    const outbox = await openOutbox(memoryDisk(), send);
    await outbox.add('c', 'sent');
    await outbox.add('other', 'elsewhere');
    await outbox.deliver();
    const log = { conversationId: 'c', clientIds: new Set<string>() };

    expect(texts(shownBelow(outbox.entries.value, { ...log, last: 0 }))).toEqual(['sent']);
    expect(texts(shownBelow(outbox.entries.value, { ...log, last: 1 }))).toEqual([]);
  });

  it('sends what the disk does not take, and goes on to what comes after it', async () => {
    const { got, send } = computer();
    const closed = () => Promise.reject(new DOMException('The database is closed.', 'InvalidStateError'));
    const outbox = await openOutbox({ ...memoryDisk(), put: closed, deleteMessage: closed }, send);
    await outbox.add('c', 'one');
    await outbox.add('c', 'two');
    await outbox.deliver();
    expect({ got, left: outbox.entries.value.filter(({ state }) => state === 'waiting') }).toEqual({
      got: ['one', 'two'],
      left: [],
    });
  });
});
