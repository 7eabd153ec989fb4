// Requests to the daemon and what they answer: a result, a refusal (`AppError`), or no answer at all (`Unreachable`).
// Nothing here tries again.
import { Reply } from '../daemon/protocol/commands.ts';
import { AppError } from '../daemon/protocol/errors.ts';
import { hearDate } from './computer-clock.ts';

/** The computer did not answer: nobody knows whether it got the request. */
export class Unreachable extends Error {
  constructor(options?: ErrorOptions) {
    super('The computer does not answer.', options);
    this.name = 'Unreachable';
  }
}

interface Shape<T> {
  parse(value: unknown): T;
}

interface Route<I, R> {
  readonly path: string;
  readonly input: Shape<I>;
  readonly result: Shape<R>;
}

export async function post<I, R>(
  route: Route<I, R>,
  input: NoInfer<I>,
  options: { token?: string; signal?: AbortSignal } = {},
): Promise<R> {
  const reply = await call(route.path, { ...options, body: JSON.stringify(input) });
  return route.result.parse(resultOf(reply));
}

/** A network may swallow a request without a word; after so long, ms, nobody waits for its answer any more. */
const patienceMs = 30_000;
/** The same where somebody at the computer may have to say yes first, who has a minute for it. */
const slowMs = 75_000;

/** Sends JSON by POST when there is a body, else by GET. */
export async function call(
  path: string,
  {
    token,
    body,
    signal,
    isSlow = false,
  }: { token?: string; body?: string; signal?: AbortSignal; isSlow?: boolean },
): Promise<Reply> {
  const waiting = new AbortController();
  const stop = () => waiting.abort();
  const timer = setTimeout(stop, isSlow ? slowMs : patienceMs);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  try {
    const response = await reach(path, {
      ...(body === undefined ? {} : { method: 'POST', body }),
      signal: waiting.signal,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
    });
    const reply = Reply.safeParse(await response.json().catch(noJson));
    // Something that is not the daemon answered, a router's page perhaps.
    if (!reply.success) throw new Unreachable({ cause: reply.error });
    return reply.data;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

export async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(path, { ...init, cache: 'no-store', credentials: 'omit' });
    hearDate(response.headers.get('date'));
    return response;
  } catch (error) {
    throw new Unreachable({ cause: error });
  }
}

export function resultOf(reply: Reply): unknown {
  if (reply.ok) return reply.result;
  throw new AppError(reply.error.code, reply.error.message);
}

function noJson(): undefined {
  return undefined;
}
