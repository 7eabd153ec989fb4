// The other way, for browsers that refuse `wss:` on a certificate that was only clicked through (Safari, WebKit bug 145819):
// one event stream by fetch per log, and commands by POST. Same records, same cursors.
import { AnyEvent } from '../../daemon/protocol/events.ts';
import { type Cursor, StreamRecord } from '../../daemon/protocol/frames.ts';
import { call, reach, Unreachable } from '../http.ts';
import { mayNeedYes } from './may-need-yes.ts';
import { createStreamReader, type StreamMessage } from './event-stream.ts';
import type { Ending, OpenTransport, Transport, TransportEvents } from './transport.ts';

/** The daemon says something every 15 s. */
const silenceMs = 35_000;
/** A request may be put on a kept connection that died unseen; then no answer to it ever begins. */
const answerMs = 10_000;

export const openStreams: OpenTransport = (firstToken, events) => {
  const streams = new Map<string, AbortController>();
  let token = firstToken;
  let isOver = false;

  function finish(ending: Ending | undefined): void {
    if (isOver) return;
    isOver = true;
    for (const stream of streams.values()) stream.abort();
    if (ending !== undefined) events.onEnd(ending);
  }

  function subscribe(log: string, cursor: Cursor): void {
    streams.get(log)?.abort();
    const own = new AbortController();
    streams.set(log, own);
    follow({ log, cursor, token, signal: own.signal, events }).then(
      (ending) => {
        if (!own.signal.aborted && ending !== 'gone') finish(ending);
      },
      (error: unknown) => {
        if (!own.signal.aborted) finish('silent');
        if (!(error instanceof Unreachable)) throw error;
      },
    );
  }

  function openAgain(cursorOf: (log: string) => Cursor | undefined): void {
    for (const log of streams.keys()) {
      const cursor = cursorOf(log);
      if (cursor) subscribe(log, cursor);
    }
  }

  // The access token was bought over https a moment ago; more proof that this way is open there is not.
  queueMicrotask(() => events.onReady({ buildId: undefined }));

  return {
    kind: 'stream',
    subscribe,
    unsubscribe(log) {
      streams.get(log)?.abort();
      streams.delete(log);
    },
    async command(command) {
      if (isOver) throw new Unreachable();
      const isSlow = mayNeedYes.has(command.type);
      const reply = await call('/api/commands', { token, body: JSON.stringify(command), isSlow });
      events.onHeard();
      if (!reply.ok && reply.error.code === 'unauthenticated') finish('unauthenticated');
      return reply;
    },
    /** A stream cannot be asked, only opened again. */
    probe: openAgain,
    /** The daemon ends a stream together with the token that opened it. */
    renew(newToken, cursorOf) {
      token = newToken;
      openAgain(cursorOf);
    },
    close: () => finish(undefined),
  } satisfies Transport;
};

/** Resolves with why the stream ended; rejects with `Unreachable` when it broke. */
async function follow(options: {
  log: string;
  cursor: Cursor;
  token: string;
  signal: AbortSignal;
  events: TransportEvents;
}): Promise<Ending | 'gone'> {
  const { log, cursor, token, signal, events } = options;
  const query = new URLSearchParams({ after: String(cursor.after) });
  if (cursor.epoch !== undefined) query.set('epoch', cursor.epoch);
  if (cursor.snapshot) query.set('snapshot', '1');
  const headers = { Accept: 'text/event-stream', Authorization: `Bearer ${token}` };
  const reaching = reach(`/api/logs/${log}/events?${query}`, { headers, signal });
  const response = await inTime(reaching, answerMs);
  if (response.status === 401) return 'unauthenticated';
  if (response.status === 404) {
    events.onGone(log, 'This conversation no longer exists.');
    return 'gone';
  }
  if (!response.ok || !response.body) return 'silent';
  const read = createStreamReader();
  for await (const piece of piecesOf(response.body)) {
    if (signal.aborted) break;
    events.onHeard();
    // A stream is opened anew to ask; whatever comes on it came after the question.
    events.onAnswer();
    for (const { record, epoch } of recordsOf(log, read(piece))) events.onRecord(record, epoch);
  }
  return 'silent';
}

async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await inTime(reader.read(), silenceMs);
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } catch (error) {
    throw new Unreachable({ cause: error });
  } finally {
    void reader.cancel().catch(alreadyBroken);
  }
}

function inTime<T>(coming: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Unreachable()), ms);
    coming.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** A stream that broke has nothing left to cancel. */
function alreadyBroken(): void {}

function recordsOf(
  log: string,
  messages: readonly StreamMessage[],
): { record: StreamRecord; epoch: string | undefined }[] {
  return messages.flatMap(({ event, id, data }) => {
    const value: unknown = JSON.parse(data);
    if (event === 'message') {
      const epoch = id.split('.', 1)[0];
      return [{ record: { type: 'events' as const, log, events: [AnyEvent.parse(value)] }, epoch }];
    }
    const record = StreamRecord.safeParse(value);
    if (!record.success) return [];
    return [{ record: record.data, epoch: 'epoch' in record.data ? record.data.epoch : undefined }];
  });
}
