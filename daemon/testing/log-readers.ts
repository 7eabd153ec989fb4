// A reader of a log for every transport, all alike: read behind a cursor until told to stop, then cut the connection. The
// contract suite runs each of them through the same tests.
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { WebSocket } from 'ws';
import type { DaemonClient, LogEvent } from './daemon-client.ts';

export interface ReadOptions {
  readonly log: string;
  readonly after: number;
  readonly epoch?: string;
  readonly snapshot?: boolean;
}

/** What a transport brought: events one by one, and the records that are no events. */
export type Brought =
  | { readonly event: LogEvent }
  | { readonly record: { type: string; [field: string]: unknown } };

export interface LogReader {
  readonly name: string;
  /** Ends (and cuts the connection) when `take` returns true. */
  read(client: DaemonClient, options: ReadOptions, take: (brought: Brought) => boolean): Promise<void>;
}

export const socketReader: LogReader = {
  name: 'WebSocket',
  async read({ url, token, ca }, { log, after, epoch, snapshot }, take) {
    const socket = new WebSocket(`${url.replace('https', 'wss')}/api/socket`, { ca });
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
      socket.once('open', () => socket.send(JSON.stringify({ type: 'auth', token })));
      socket.on('message', (data) => {
        const frame = JSON.parse(data.toString());
        if (frame.type === 'ready')
          socket.send(JSON.stringify({ type: 'subscribe', log, after, epoch, snapshot }));
        const brought: Brought[] =
          frame.type === 'events' ? frame.events.map((event: LogEvent) => ({ event })) : [{ record: frame }];
        if (brought.some(take)) resolve();
      });
    }).finally(() => {
      socket.removeAllListeners('close');
      socket.terminate();
    });
  },
};

export const sseReader: LogReader = {
  name: 'SSE',
  async read(client, options, take) {
    let held = '';
    for await (const chunk of openStream(client, options, 'text/event-stream')) {
      const messages = (held + chunk).split('\n\n');
      held = messages.pop() ?? '';
      for (const message of messages) {
        const fields = new Map(
          message
            .split('\n')
            .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
        );
        const data = fields.get('data');
        if (data === undefined) continue;
        const json = JSON.parse(data);
        if (take(fields.has('event') ? { record: json } : { event: json })) return;
      }
    }
  },
};

export const ndjsonReader: LogReader = {
  name: 'NDJSON',
  async read(client, options, take) {
    let held = '';
    for await (const chunk of openStream(client, options, 'application/x-ndjson')) {
      const lines = (held + chunk).split('\n');
      held = lines.pop() ?? '';
      for (const line of lines) {
        const json = JSON.parse(line);
        if (take('id' in json ? { event: json } : { record: json })) return;
      }
    }
  },
};

/** Asks for page after page; there is no connection to cut. */
export const pageReader: LogReader = {
  name: 'JSON page',
  async read(client, options, take) {
    for (let after = options.after; ; ) {
      const { body } = await client.fetch(pathOf({ ...options, after }), {
        headers: { accept: 'application/json' },
      });
      const page = JSON.parse(body);
      if (page.reset && take({ record: { type: 'reset', epoch: page.epoch } })) return;
      for (const event of page.events) if (take({ event })) return;
      after = page.events.at(-1)?.id ?? after;
    }
  },
};

export const logReaders = [socketReader, sseReader, ndjsonReader, pageReader];

async function* openStream(
  { url, token, ca }: { url: string; token: string; ca: string },
  options: ReadOptions,
  accept: string,
): AsyncGenerator<string> {
  const headers = { authorization: `Bearer ${token}`, accept };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(new URL(pathOf(options), url), { ca, headers, agent: false }, resolve)
      .once('error', reject)
      .end();
  });
  if (response.statusCode !== 200) throw new Error(`${accept}: ${response.statusCode}`);
  try {
    for await (const chunk of response.setEncoding('utf8')) yield chunk;
  } finally {
    response.destroy();
  }
}

function pathOf({ log, after, epoch, snapshot }: ReadOptions): string {
  const query = new URLSearchParams({
    after: String(after),
    ...(epoch ? { epoch } : {}),
    ...(snapshot ? { snapshot: '1' } : {}),
  });
  return `/api/logs/${log}/events?${query}`;
}
