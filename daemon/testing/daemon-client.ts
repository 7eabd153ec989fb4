// A script's way to a daemon, as design says scripts may rely on: POST /api/commands and GET /api/logs/…/events with a token.
// Trusts exactly the certificate of the home it is given.
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import type { CommandInput, CommandResult, CommandType } from '../protocol/commands.ts';

export interface LogEvent {
  readonly id: number;
  readonly at: number;
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface DaemonClient {
  readonly url: string;
  readonly token: string;
  /** The certificate that this client trusts. */
  readonly ca: string;
  /** Any request; the body as text. */
  fetch(
    path: string,
    options?: FetchOptions,
  ): Promise<{ status: number; headers: IncomingMessage['headers']; body: string }>;
  /** Rejects with the refusal's code and message. */
  command<T extends CommandType>(type: T, input: CommandInput<T>): Promise<CommandResult<T>>;
  /** Every event of the log behind `after` until `signal` fires, over NDJSON. */
  events(log: string, after: number, signal?: AbortSignal): AsyncIterable<LogEvent>;
  /** Reads the log from `after` until an event fits, and gives all that was read. Rejects after `seconds`. */
  readUntil(
    log: string,
    fits: (event: LogEvent) => boolean,
    options?: { after?: number; seconds?: number },
  ): Promise<LogEvent[]>;
}

export interface FetchOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export function createDaemonClient(options: {
  url: string;
  token: string;
  home: string;
  /** Takes any certificate: for a daemon whose clock is wrong, and its certificate's dates with it. */
  trustsBlindly?: boolean;
}): DaemonClient {
  const { url, token, home } = options;
  const ca = readFileSync(join(home, 'tls', 'cert.pem'), 'utf8');
  const trust = options.trustsBlindly ? { rejectUnauthorized: false } : { ca };

  function open(
    path: string,
    { method = 'GET', headers = {}, body, signal }: FetchOptions,
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const withToken = { authorization: `Bearer ${token}`, ...headers };
      const call = request(
        new URL(path, url),
        { method, ...trust, servername: 'localhost', headers: withToken, ...(signal ? { signal } : {}) },
        resolve,
      );
      call.once('error', reject);
      call.end(body);
    });
  }

  async function* events(log: string, after: number, signal?: AbortSignal): AsyncGenerator<LogEvent> {
    const headers = { accept: 'application/x-ndjson' };
    const response = await open(`/api/logs/${log}/events?after=${after}`, {
      headers,
      ...(signal ? { signal } : {}),
    });
    if (response.statusCode !== 200)
      throw new Error(`events: ${response.statusCode} ${await textOf(response)}`);
    // A line may be as long as it likes: only what is new is looked through.
    let held: string[] = [];
    try {
      for await (const chunk of response.setEncoding('utf8')) {
        const [first = '', ...more] = String(chunk).split('\n');
        held.push(first);
        for (const next of more) {
          yield JSON.parse(held.join('')) as LogEvent;
          held = [next];
        }
      }
    } finally {
      response.destroy();
    }
  }

  return {
    url,
    token,
    ca,
    events,
    async fetch(path, fetchOptions = {}) {
      const response = await open(path, fetchOptions);
      return { status: response.statusCode ?? 0, headers: response.headers, body: await textOf(response) };
    },
    async command(type, input) {
      const body = JSON.stringify({ ...input, type });
      const response = await open('/api/commands', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const reply = JSON.parse(await textOf(response));
      if (!reply.ok) throw new Error(`${type}: ${reply.error.code}: ${reply.error.message}`);
      return reply.result;
    },
    async readUntil(log, fits, { after = 0, seconds = 60 } = {}) {
      const read: LogEvent[] = [];
      const signal = AbortSignal.timeout(seconds * 1000);
      try {
        for await (const event of events(log, after, signal)) {
          read.push(event);
          if (fits(event)) return read;
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      }
      throw new Error(
        `no event fitted within ${seconds} s; read: ${read.map((event) => event.type).join(' ')}`,
      );
    },
  };
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
