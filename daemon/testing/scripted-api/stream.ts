// Sends a scripted reply the way the Messages API does: as server-sent events, or whole if `stream` is off.
// It must not choose what to say, and it stops by itself when the client has gone.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import type { Gates } from './gates.ts';
import type { MessagesBody } from './messages.ts';
import type { ContentPart, ErrorReply, Part } from './replies.ts';

export interface Sending {
  readonly response: ServerResponse;
  readonly body: MessagesBody;
  readonly gates: Gates;
  /** Aborts when the client has gone. */
  readonly gone: AbortSignal;
}

export const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;

export function sendJson(response: ServerResponse, status: number, value: unknown, extra: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': newId('req'), ...extra });
  response.end(JSON.stringify(value));
}

export function sendError(response: ServerResponse, { status, type, message, headers }: ErrorReply): void {
  const value = { type: 'error', error: { type, message }, request_id: newId('req') };
  sendJson(response, status, value, headers);
}

export async function sendMessage(parts: readonly Part[], sending: Sending): Promise<void> {
  if (sending.body.stream) await sendStream(parts, sending);
  else await sendWhole(parts, sending);
}

async function sendStream(parts: readonly Part[], { response, body, gates, gone }: Sending): Promise<void> {
  const frame = frameOf(parts, body);
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'request-id': newId('req'),
    ...frame.headers,
  });
  const emit = async (event: { readonly type: string; readonly [field: string]: unknown }): Promise<void> => {
    if (gone.aborted) return;
    const hasRoom = response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    if (!hasRoom) await untilGone(once(response, 'drain', { signal: gone }), gone);
  };

  await emit({ type: 'message_start', message: { ...frame.message, content: [], stop_reason: null } });
  // A block stays open until another begins: a pause, a gate or a broken line then falls into the middle of it.
  let open: ContentPart['kind'] | undefined;
  let index = -1;
  const closeBlock = async (): Promise<void> => {
    if (open !== undefined) await emit({ type: 'content_block_stop', index });
    open = undefined;
  };
  for (const part of parts) {
    if (gone.aborted) return;
    switch (part.kind) {
      case 'text':
      case 'thinking':
      case 'tool':
        if (part.kind !== open || part.kind === 'tool') {
          await closeBlock();
          index += 1;
          open = part.kind;
          await emit({ type: 'content_block_start', index, content_block: openingOf(part) });
        }
        for (const delta of deltasOf(part)) {
          await emit({ type: 'content_block_delta', index, delta });
          if ('everyMs' in part) await pauseFor(part.everyMs ?? 0, gone);
        }
        break;
      case 'pause':
        await pauseFor(part.ms, gone);
        break;
      case 'hold':
        await gates.pass(part.gate, gone);
        break;
      case 'drop':
        response.destroy();
        return;
      case 'streamError':
        await emit({ type: 'error', error: { type: part.type, message: part.message } });
        response.end();
        return;
      case 'stop':
      case 'usage':
      case 'headers':
        break;
      default:
        part satisfies never;
    }
  }
  await closeBlock();
  const delta = { stop_reason: frame.stopReason, stop_sequence: null };
  await emit({ type: 'message_delta', delta, usage: frame.finalUsage });
  await emit({ type: 'message_stop' });
  response.end();
}

async function sendWhole(parts: readonly Part[], { response, body, gates, gone }: Sending): Promise<void> {
  const frame = frameOf(parts, body);
  for (const part of parts) {
    if (part.kind === 'pause') await pauseFor(part.ms, gone);
    if (part.kind === 'hold') await gates.pass(part.gate, gone);
    if (part.kind === 'drop') response.destroy();
  }
  if (gone.aborted || response.destroyed) return;
  const content = parts.filter(isContent).map(wholeOf);
  const message = { ...frame.message, content, stop_reason: frame.stopReason, usage: frame.finalUsage };
  sendJson(response, 200, message, frame.headers);
}

function frameOf(parts: readonly Part[], body: MessagesBody) {
  const hasTool = parts.some((part) => part.kind === 'tool');
  const stopReason = parts.flatMap((part) => (part.kind === 'stop' ? [part.reason] : []))[0];
  const told = Object.assign({}, ...parts.map((part) => (part.kind === 'usage' ? part.usage : {})));
  const usage = {
    input_tokens: tokensIn(JSON.stringify(body.raw)),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: 1,
    service_tier: 'standard',
    ...told,
  };
  const written = parts
    .filter(isContent)
    .map((part) => (part.kind === 'tool' ? JSON.stringify(part.input) : part.text));
  return {
    headers: Object.assign({}, ...parts.map((part) => (part.kind === 'headers' ? part.headers : {}))),
    stopReason: stopReason ?? (hasTool ? 'tool_use' : 'end_turn'),
    message: {
      id: newId('msg'),
      type: 'message',
      role: 'assistant',
      model: body.model,
      stop_sequence: null,
      usage,
    },
    finalUsage: { ...usage, output_tokens: tokensIn(written.join('')), ...told },
  };
}

const isContent = (part: Part): part is ContentPart =>
  part.kind === 'text' || part.kind === 'thinking' || part.kind === 'tool';

function openingOf(part: ContentPart): object {
  if (part.kind === 'text') return { type: 'text', text: '' };
  if (part.kind === 'thinking') return { type: 'thinking', thinking: '', signature: '' };
  return { type: 'tool_use', id: newId('toolu'), name: part.name, input: {} };
}

function* deltasOf(part: ContentPart): Generator<object> {
  if (part.kind === 'tool') {
    for (const piece of piecesOf(JSON.stringify(part.input), 40))
      yield { type: 'input_json_delta', partial_json: piece };
    return;
  }
  for (const piece of piecesOf(part.text, part.chunk ?? 40)) {
    yield part.kind === 'text'
      ? { type: 'text_delta', text: piece }
      : { type: 'thinking_delta', thinking: piece };
  }
  if (part.kind === 'thinking') yield { type: 'signature_delta', signature: 'c2lnbmF0dXJl' };
}

function wholeOf(part: ContentPart): object {
  if (part.kind === 'text') return { type: 'text', text: part.text };
  if (part.kind === 'thinking') return { type: 'thinking', thinking: part.text, signature: 'c2lnbmF0dXJl' };
  return { type: 'tool_use', id: newId('toolu'), name: part.name, input: part.input };
}

/** Cut between characters, never inside one: the API sends no half emoji either. */
function* piecesOf(words: string, size: number): Generator<string> {
  const characters = [...words];
  for (let at = 0; at < characters.length; at += size) yield characters.slice(at, at + size).join('');
}

const tokensIn = (words: string): number => Math.max(1, Math.ceil(words.length / 4));

const pauseFor = async (ms: number, gone: AbortSignal): Promise<void> => {
  if (ms > 0) await untilGone(after(ms, undefined, { signal: gone }), gone);
};

async function untilGone(wait: Promise<unknown>, gone: AbortSignal): Promise<void> {
  try {
    await wait;
  } catch (error) {
    if (!gone.aborted) throw error;
  }
}
