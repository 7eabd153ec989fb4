// A conversation of any length, written through the store's own code before a daemon starts on the home: turns with
// streamed text, thinking and tool calls in about the mix that the CLI gives. The same seed gives the same conversation.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { EventLog, LoggedDraft } from '../ports.ts';
import { openJsonlStore } from '../store/jsonl-store.ts';
import { systemClock as clock } from '../system/clock.ts';

export interface LongConversation {
  readonly conversationId: string;
  readonly events: number;
  /** What the person said, in order. */
  readonly prompts: readonly string[];
}

export interface LongConversationOptions {
  readonly home: string;
  /** The folder that the conversation works in. */
  readonly cwd: string;
  readonly title: string;
  /** At least so many; it ends with a whole turn. */
  readonly events: number;
  readonly seed?: number;
}

/** The home may be new; no daemon may run on it. */
export async function writeLongConversation(options: LongConversationOptions): Promise<LongConversation> {
  const { home, cwd, title, events, seed = 1 } = options;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const store = await openJsonlStore({ home, clock });
  const conversationId = randomUUID();
  const log = await store.open(conversationId);
  const writer = createWriter(log, createDice(seed));
  await writer.write([
    { type: 'conversation.created', conversationId, cwd, title, mode: 'default', model: null },
  ]);
  while (log.head < events) await writer.turn();
  const createdAt = clock.now();
  const summary = { conversationId, title, cwd, createdAt, lastAt: createdAt, lastText: 'Done.' };
  const idle = { state: 'idle', activity: '', since: null, waiting: 0 };
  await (await store.open('lobby')).append([{ type: 'conversation.changed', ...summary, ...idle }]).durable;
  const { head } = log;
  await store.close();
  return { conversationId, events: head, prompts: writer.prompts };
}

type Dice = (sides: number) => number;

/** 0 … sides - 1, by a small generator that is the same everywhere (mulberry32). */
function createDice(seed: number): Dice {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * sides);
  };
}

const words = (
  'the log is read once and folded so that every reader sees one order of events while the cursor keeps its place ' +
  'in the file and a test that fails says which line broke when the parser met a record it did not know about'
).split(' ');

function createWriter(log: EventLog, dice: Dice) {
  const prompts: string[] = [];
  let count = 0;
  const id = (kind: string) => `${kind}-${++count}`;
  const sentence = (length: number) => Array.from({ length }, () => words[dice(words.length)]).join(' ');
  const pending: Promise<void>[] = [];

  function add(...drafts: LoggedDraft[]): void {
    pending.push(log.append(drafts).durable);
  }

  /** As the CLI streams: a few words at a time, each an append of its own, and then the whole once more. */
  function stream(kind: 'text' | 'thinking', text: string): void {
    const blockId = id(kind);
    for (let at = 0; at < text.length; ) {
      const next = at + 12 + dice(40);
      add({ type: `${kind}.delta`, blockId, text: text.slice(at, next) });
      at = next;
    }
    add({ type: `${kind}.finished`, blockId, text });
  }

  function markdown(): string {
    const parts = [`${sentence(20 + dice(60))}.`];
    if (dice(3) === 0)
      parts.push(`## ${sentence(4)}`, `- **${sentence(3)}**: ${sentence(9)}\n- \`${sentence(1)}\``);
    if (dice(4) === 0) parts.push(`\`\`\`ts\n${lines(4 + dice(20), 'const')}\n\`\`\``);
    if (dice(12) === 0) parts.push(`| name | means |\n|---|---|\n| ${sentence(2)} | ${sentence(5)} |`);
    return parts.join('\n\n');
  }

  const lines = (length: number, start: string) =>
    Array.from({ length }, (_, n) => `${start} line${n} = '${sentence(6)}';`).join('\n');

  function tool(): void {
    const toolId = id('tool');
    const file = `/src/${sentence(1)}/${sentence(1)}-${dice(90)}.ts`;
    const kinds = [
      { tool: 'Read', input: { file_path: file }, output: lines(30 + dice(60), 'export const') },
      { tool: 'Bash', input: { command: `npm test -- ${file}` }, output: lines(dice(60), 'ok') },
      { tool: 'Grep', input: { pattern: sentence(1), path: '/src' }, output: lines(dice(20), file) },
      {
        tool: 'Edit',
        input: { file_path: file, old_string: lines(3, 'let'), new_string: lines(4, 'const') },
      },
    ];
    const { output = 'The file has been updated.', ...call } = kinds[dice(kinds.length)] ?? {
      tool: 'Read',
      input: {},
    };
    add({ type: 'tool.announced', toolId, tool: call.tool });
    add({ type: 'tool.started', toolId, ...call });
    add({ type: 'tool.finished', toolId, isError: dice(15) === 0, output, detail: null });
  }

  return {
    prompts,
    async write(drafts: readonly LoggedDraft[]): Promise<void> {
      await log.append(drafts).durable;
    },
    async turn(): Promise<void> {
      const messageId = randomUUID();
      const text = `Prompt ${prompts.length + 1}: ${sentence(5 + dice(30))}.`;
      prompts.push(text);
      const turnId = id('turn');
      add({ type: 'message.sent', messageId, clientId: messageId, deviceId: 'bench', text });
      add({ type: 'message.handed', messageId, runId: 'run' }, { type: 'message.taken', messageId });
      add({ type: 'turn.started', turnId });
      for (let block = 3 + dice(12); block > 0; block--) {
        if (dice(4) === 0) stream('thinking', sentence(20 + dice(60)));
        if (dice(3) > 0) tool();
        else stream('text', markdown());
      }
      stream('text', `${markdown()}\n\nDone with prompt ${prompts.length}.`);
      const spent = { durationMs: 1000 + dice(90_000), costUsd: 0.01, inputTokens: 900, outputTokens: 400 };
      add({ type: 'turn.finished', turnId, outcome: 'completed', error: null, ...spent });
      await Promise.all(pending.splice(0));
    },
  };
}
