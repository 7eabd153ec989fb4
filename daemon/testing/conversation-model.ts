// The conversation's log against a model of it: two devices send, send again and read, the log is folded, the daemon or Claude is
// killed in the midst of it. The model is a list of messages; whatever happens, the log must come to the same. Seeded by fast-check.
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as tick } from 'node:timers/promises';
import fc from 'fast-check';
import { type Conversation, openConversation } from '../conversations/conversation.ts';
import { createRunPlaces } from '../conversations/run-places.ts';
import type { EventStore, LoggedEvent } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import { fold, follows } from '../protocol/fold.ts';
import { firstIdOf } from '../protocol/folded-deltas.ts';
import { type ConversationView, emptyView } from '../protocol/view.ts';
import { openJsonlStore } from '../store/jsonl-store.ts';
import { systemClock as clock } from '../system/clock.ts';
import { answerTo, createMemoryClaude, deadly, type MemoryClaude } from './memory-claude.ts';
import { until } from './until.ts';

const conversationId = '00000000-0000-4000-8000-000000000000';
const devices = ['phone', 'tablet'] as const;
type Device = (typeof devices)[number];

/** What was sent, in the order of the log; `eventId` once it is known. */
interface Model {
  readonly sent: {
    readonly device: Device;
    readonly clientId: string;
    readonly text: string;
    eventId?: number;
  }[];
}

interface Real {
  home: string;
  store: EventStore;
  conversation: Conversation;
  readonly claude: MemoryClaude;
  /** What each device has drawn. */
  readonly views: Record<Device, ConversationView>;
}

type Command = fc.AsyncCommand<Model, Real>;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const never = new AbortController().signal;

async function begin(
  home: string,
  claude: MemoryClaude,
): Promise<Pick<Real, 'home' | 'store' | 'conversation'>> {
  const small = { segmentBytes: 3000, recent: 4, foldAtLeast: 1, foldShare: 0 };
  const store = await openJsonlStore({ home, clock, ...small });
  const log = await store.open(conversationId);
  if (log.damaged) throw new Error('the log is damaged');
  const { runs } = claude;
  const port = claude.takenBy();
  const conversation = await openConversation({
    ...{ log, claude: port, clock, logger: silent, newId: () => crypto.randomUUID(), foldVersion: '1' },
    ...{
      mayBypass: () => false,
      mayAsk: () => true,
      isPaused: () => false,
      idleMs: () => 1e9,
      places: createRunPlaces(() => 1),
      changed: async () => undefined,
    },
    limited: () => undefined,
    worked: () => undefined,
    uploads: { claim: async () => [], missing: async () => [], keepPictures: async (_id, drafts) => drafts },
    disk: { trouble: undefined, look: async () => undefined, blame: async (error) => error },
  });
  if (log.head === 0) {
    const facts = { conversationId, cwd: '/', title: 'model', mode: 'default', model: null };
    await log.append([{ type: 'conversation.created', ...facts }]).durable;
    await store.close();
    return begin(home, claude);
  }
  await conversation.recover(runs());
  return { home, store, conversation };
}

/** As SIGKILL does: the files stay as they are at this moment, with an unfinished record behind them if `junk` says so. */
async function crash(real: Real, junk: string): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'porchlight-model-'));
  copyAtOnce(real.home, home);
  const before = { ...real };
  const closing = before.conversation.close();
  real.claude.takenBy();
  const folder = join(home, 'conversations', conversationId, 'log');
  const last =
    readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .at(-1) ?? '';
  appendFileSync(join(folder, last), junk);
  Object.assign(real, await begin(home, real.claude));
  await closing;
  await before.store.close();
  rmSync(before.home, { recursive: true });
}

/** Nothing of the daemon runs meanwhile; what the disk still does may take a file away under the copy's eyes. */
function copyAtOnce(from: string, to: string): void {
  try {
    cpSync(from, to, { recursive: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    copyAtOnce(from, to);
  }
}

async function send(real: Real, { device, clientId, text }: Model['sent'][number]): Promise<number> {
  const command = { type: 'message.send', conversationId, clientId, text } as const;
  return (await real.conversation.handle(command, device)).eventId;
}

function expectSame(what: string, is: unknown, should: unknown): void {
  const [a, b] = [JSON.stringify(is), JSON.stringify(should)];
  if (a !== b) throw new Error(`${what}: ${a} instead of ${b}`);
}

function command(name: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return { check: () => true, run, toString: () => name };
}

const anyDevice = fc.constantFrom(...devices);
const newMessage = (model: Model, device: Device, word = 'text') => {
  const number = model.sent.length + 1;
  const message = { device, clientId: `m${number}`, text: `${word} ${number}` };
  model.sent.push(message);
  return message as Model['sent'][number];
};

const commands = [
  fc
    .tuple(anyDevice, fc.boolean(), fc.constantFrom('text', 'text', deadly))
    .map(([device, isFolding, word]) =>
      command(`send ${word} from ${device}${isFolding ? ' while it is folded' : ''}`, async (model, real) => {
        const message = newMessage(model, device, word);
        const folding = isFolding && real.conversation.log.fold(never);
        message.eventId = await send(real, message);
        await folding;
      }),
    ),
  fc
    .tuple(anyDevice, fc.nat(12), fc.boolean(), fc.constantFrom('', '[{"id":', '\0\0\0\0'))
    .map(([device, ticks, isFolding, junk]) =>
      command(`send from ${device}, die after ${ticks}, send again`, async (model, real) => {
        const message = newMessage(model, device);
        if (isFolding) real.conversation.log.fold(never).catch(() => undefined);
        const copies = [send(real, message), send(real, message)];
        for (let n = 0; n < ticks; n++) await tick();
        const told = Promise.race([Promise.all(copies), tick().then(() => undefined)]);
        const [eventId] = (await told) ?? [];
        await Promise.all([crash(real, junk), Promise.allSettled(copies)]);
        message.eventId = await send(real, message);
        if (eventId !== undefined) expectSame('acknowledged as', message.eventId, eventId);
      }),
    ),
  fc.nat(50).map((which) =>
    command(`send number ${which} again`, async (model, real) => {
      const message = model.sent[which % Math.max(1, model.sent.length)];
      if (!message) return;
      expectSame('sent again', await send(real, message), message.eventId);
      const refusal = await send(real, { ...message, text: 'other' }).catch((error: unknown) => error);
      expectSame('other words', refusal instanceof AppError && refusal.code, 'client_id_reused');
    }),
  ),
  fc.constant(command('fold', async (_model, real) => void (await real.conversation.log.fold(never)))),
  fc.tuple(fc.nat(30), fc.boolean()).map(([ticks, isWaiting]) =>
    command(`${isWaiting ? 'rest' : 'go on'}, fold, die after ${ticks}`, async (model, real) => {
      if (isWaiting) await rest(model, real);
      real.conversation.log.fold(never).catch(() => undefined);
      for (let n = 0; n < ticks; n++) await tick();
      await crash(real, '');
    }),
  ),
  fc
    .tuple(anyDevice, fc.integer({ min: 1, max: 30 }))
    .map(([device, limit]) =>
      command(`${device} reads ${limit}`, (_model, real) => read(real, device, limit)),
    ),
];

async function read({ conversation, views }: Real, device: Device, limit: number): Promise<void> {
  for (const event of await conversation.log.read(views[device].last, limit)) {
    if (!follows(views[device].last, event))
      throw new Error(`${device}: ${JSON.stringify(event)} came behind ${views[device].last}`);
    views[device] = fold(views[device], event);
  }
}

/** Until everything that was sent is answered. */
/** Until Claude has nothing more to say. */
async function rest({ sent }: Model, { conversation, claude }: Real): Promise<void> {
  const isAtRest = ({ turn, queue, unanswered }: ConversationView) =>
    !turn && queue.length + unanswered.length === 0 && claude.ran.length === sent.length;
  await until('every message to be answered', () => isAtRest(conversation.view), { seconds: 30 });
}

async function checkEnd(model: Model, real: Real): Promise<void> {
  await rest(model, real);
  await real.conversation.log.fold(never);
  const events: LoggedEvent[] = [];
  for (let last = 0; last < real.conversation.log.head; last = events.at(-1)?.id ?? last)
    events.push(...(await real.conversation.log.read(last, 40)));
  const view = events.reduce(fold, emptyView);
  expectSame('the view', real.conversation.view, view);
  for (const device of devices) {
    while (real.views[device].last < view.last) await read(real, device, 40);
    expectSame(`what the ${device} has drawn`, real.views[device], view);
  }
  const messages = events.filter(({ type }) => type === 'message.sent');
  const [is, should] = [
    messages.map(({ clientId, id }) => [clientId, id]),
    model.sent.map(({ clientId, eventId }) => [clientId, eventId]),
  ];
  expectSame('messages', is, should);
  const ids = messages.map(({ messageId }) => String(messageId));
  expectSame('what Claude ran', real.claude.ran, ids);
  const texts = view.pages.flat().flatMap((item) => (item.kind === 'text' ? [item.text] : []));
  expectSame(
    'what Claude said',
    texts,
    messages.map(({ messageId, text }) => answerTo(String(messageId), String(text))),
  );
  checkOffsets(events);
}

/** Each line of each spool is in the log once, and a fold of many says how far it goes. */
function checkOffsets(events: readonly LoggedEvent[]): void {
  const offsets = new Map<unknown, number>();
  for (const event of events) {
    const source = event['source'] as { runId: string; offset: number } | undefined;
    if (!source) {
      if (event.type === 'deltas.folded') throw new Error(`${JSON.stringify(event)} has no source`);
      continue;
    }
    const lines = event.id - firstIdOf(event) + 1;
    expectSame(`event ${event.id} ends`, source.offset, (offsets.get(source.runId) ?? 0) + lines);
    offsets.set(source.runId, source.offset);
  }
}

/** Rejects with the counterexample, its seed and path in words. */
export async function checkModel(options: { runs: number; seed?: number; path?: string }): Promise<void> {
  const { runs: numRuns, ...again } = options;
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 20 }), async (sequence) => {
      const claude = createMemoryClaude();
      const home = mkdtempSync(join(tmpdir(), 'porchlight-model-'));
      const real: Real = {
        ...(await begin(home, claude)),
        ...{ claude, views: { phone: emptyView, tablet: emptyView } },
      };
      const model: Model = { sent: [] };
      try {
        await fc.asyncModelRun(() => ({ model, real }), sequence);
        await checkEnd(model, real);
      } finally {
        await real.conversation.close();
        await real.store.close();
        rmSync(real.home, { recursive: true });
      }
    }),
    { numRuns, endOnFailure: true, ...again },
  );
}
