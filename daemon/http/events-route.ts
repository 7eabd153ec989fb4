// GET /api/logs/:log/events — one log behind a cursor, framed by what the client accepts: a JSON page, NDJSON, or SSE.
// SSE sends each event as a plain message with `id: <epoch>.<id>`; reset, snapshot and live are events of those names.
import type { Request, RequestHandler, Response } from 'express';
import * as z from 'zod/mini';
import type { Clock } from '../ports.ts';
import type { Presence } from '../ports/desktop.ts';
import { AppError } from '../protocol/errors.ts';
import { type Cursor, LogName } from '../protocol/frames.ts';
import { endOf, principalOf, requireScope } from './auth.ts';
import { type LogSource, records, type SourceRecord } from './streams.ts';

const heartbeatMs = 15_000;
/** A reader that takes nothing for so long is let go; it comes back at its cursor. */
const stallMs = 10_000;
const pageSize = 500;

export type FindLog = (name: string) => Promise<LogSource>;

export function eventsRoute({
  findLog,
  clock,
  presence,
}: {
  findLog: FindLog;
  clock: Clock;
  presence: Pick<Presence, 'begin'>;
}): RequestHandler {
  return async (request, response) => {
    const principal = principalOf(request);
    requireScope(principal, 'read');
    const name = LogName.safeParse(request.params['log']);
    if (!name.success) throw new AppError('not_found');
    const source = await findLog(name.data);
    const cursor = cursorOf(request);
    const kind = request.accepts(['application/json', 'text/event-stream', 'application/x-ndjson']);
    if (kind === 'text/event-stream') {
      // A page that is out of sight lets go of its event streams.
      if (name.data === 'lobby' && principal.kind !== 'token') response.once('close', presence.begin());
      return stream({
        source,
        cursor,
        response,
        clock,
        revoked: principal.revoked,
        ends: endOf(request),
        frame: sse(source.epoch),
        type: kind,
      });
    }
    if (kind === 'application/x-ndjson')
      return stream({
        source,
        cursor,
        response,
        clock,
        revoked: principal.revoked,
        ends: endOf(request),
        frame: ndjson,
        type: kind,
      });
    response.json(await page(source, cursor));
  };
}

/** `?after=`, or Last-Event-ID (`<epoch>.<id>`) from a reconnecting EventSource. */
function cursorOf(request: Request): Cursor {
  const resumed = /^([0-9a-f]{32})\.(\d{1,15})$/.exec(request.headers['last-event-id']?.toString() ?? '');
  if (resumed?.[1] && resumed[2]) return { epoch: resumed[1], after: Number(resumed[2]) };
  const query = z
    .object({
      after: z.optional(z.string().check(z.regex(/^\d{1,15}$/))),
      epoch: z.optional(z.string()),
      snapshot: z.optional(z.string()),
    })
    .safeParse(request.query);
  if (!query.success) throw new AppError('bad_request', '`after` must be a whole number, 0 or more.');
  const { after = '0', epoch, snapshot } = query.data;
  return { after: Number(after), snapshot: snapshot === '1', ...(epoch === undefined ? {} : { epoch }) };
}

async function page({ log, epoch }: LogSource, { after, epoch: known }: Cursor): Promise<object> {
  const reset = (known !== undefined && known !== epoch) || after > log.head;
  return { epoch, reset, head: log.head, events: await log.read(reset ? 0 : after, pageSize) };
}

type Frame = (record: SourceRecord) => string;

const sse =
  (epoch: string): Frame =>
  (record) =>
    record.type === 'events'
      ? record.page.events.map(({ id, json }) => `id: ${epoch}.${id}\ndata: ${json}\n\n`).join('')
      : `event: ${record.type}\ndata: ${JSON.stringify(record)}\n\n`;

/** Only events, and `reset` when the cursor was void; a line reader has no use for the rest. */
const ndjson: Frame = (record) => {
  if (record.type === 'events') return record.page.events.map(({ json }) => `${json}\n`).join('');
  return record.type === 'reset' || record.type === 'snapshot' ? `${JSON.stringify(record)}\n` : '';
};

async function stream(options: {
  source: LogSource;
  cursor: Cursor;
  response: Response;
  clock: Clock;
  revoked: AbortSignal;
  /** When the reader's token ends, monotonic ms: it comes back with another. */
  ends: number;
  frame: Frame;
  type: string;
}): Promise<void> {
  const { source, cursor, response, clock, frame } = options;
  const closed = new AbortController();
  response.once('close', () => closed.abort());
  const signal = AbortSignal.any([closed.signal, options.revoked]);
  response.writeHead(200, { 'Content-Type': `${options.type}; charset=utf-8`, 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
  const beat = () => {
    if (options.type === 'text/event-stream') response.write(':hb\n\n');
    stopBeat = clock.after(heartbeatMs, beat);
  };
  let stopBeat = clock.after(heartbeatMs, beat);
  const left = options.ends - clock.monotonic();
  const stopWaiting = Number.isFinite(left) ? clock.after(left, () => closed.abort()) : () => {};
  try {
    for await (const record of records(source, cursor, signal)) {
      const text = frame(record);
      if (text !== '' && !response.write(text)) await drained(response, clock, signal);
      if (signal.aborted || response.destroyed) break;
    }
  } finally {
    stopBeat();
    stopWaiting();
    response.end();
  }
}

async function drained(response: Response, clock: Clock, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done);
      signal.removeEventListener('abort', done);
      cancel();
      resolve();
    };
    const cancel = clock.after(stallMs, () => {
      response.destroy();
      done();
    });
    response.once('drain', done);
    signal.addEventListener('abort', done);
  });
}
