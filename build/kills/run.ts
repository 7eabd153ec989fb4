// Kills the daemon again and again while the real Claude works, starts it anew and looks: every turn ends or is called
// interrupted, every line of Claude's is in the log, ids have no gaps, and at the end no process is left.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fold } from '../../daemon/protocol/fold.ts';
import { emptyView } from '../../daemon/protocol/view.ts';
import type { LogEvent } from '../../daemon/testing/daemon-client.ts';
import { startTestDaemon, type TestDaemon } from '../../daemon/testing/test-daemon.ts';
import { createRandom, type Random } from '../chaos/random.ts';
import { compareSpools } from './compare-spools.ts';

export interface KillsResult {
  readonly violations: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
}

/** What Claude is asked for; the turns last from half a second to three. */
const orders = [
  '[[slow 15 25]]',
  '[[slow 40 12]]',
  '[[think]]',
  '[[bash sleep 0.4; echo slept]]',
  '[[multi]]',
  '[[write note.txt]]',
  '[[silent 700]]',
  '[[huge 300000]]',
];
const conversationsAtOnce = 3;

export async function runKills(options: {
  count: number;
  seed: string;
  progress: (line: string) => void;
}): Promise<KillsResult> {
  const { count, seed, progress } = options;
  const random = createRandom(seed);
  const daemon = await startTestDaemon();
  // Every line of every spool is looked for, so deltas have to stay.
  await daemon.stop();
  const logs = { segmentBytes: 1e8, foldAfterMs: 1e9, foldAtLeast: 1e9, foldShare: 1 };
  writeFileSync(join(daemon.home, 'config.json'), JSON.stringify({ logs }), { mode: 0o600 });
  await daemon.start();
  const violations: string[] = [];
  const takingUp: number[] = [];
  const pids = new Set<number>();
  try {
    const ids: string[] = [];
    for (let n = 0; n < conversationsAtOnce; n++) {
      const { conversationId } = await daemon.client.command('conversation.create', { cwd: daemon.project });
      ids.push(conversationId);
    }
    for (let kill = 1; kill <= count; kill++) {
      const busy = ids.filter(() => random.chance(0.6));
      for (const id of busy.length > 0 ? busy : ids.slice(0, 1)) await say(daemon, id, kill, random);
      const dying = new AbortController();
      const answering = ids.map((id) => allowAll(daemon, id, dying.signal));
      await pause(random.between(0, 1600));
      await daemon.stop('SIGKILL');
      dying.abort();
      await Promise.all(answering);
      const began = performance.now();
      await daemon.start();
      takingUp.push(performance.now() - began);
      for (const id of ids)
        violations.push(...(await settled(daemon, id)).map((what) => `kill ${kill}: ${what}`));
      for (const pid of pidsOf(daemon.home)) pids.add(pid);
      if (violations.length > 0) break;
      if (kill % 10 === 0) progress(`${kill} kills`);
    }
    const logs = new Map<string, readonly LogEvent[]>();
    for (const id of ids) logs.set(id, await readAll(daemon, id));
    const compared = compareSpools(daemon.home, logs);
    violations.push(...compared.violations, ...[...logs].flatMap(([id, events]) => checkLog(id, events)));
    const counted = (type: string) => [...logs.values()].flat().filter((event) => event.type === type).length;
    takingUp.sort((a, b) => a - b);
    await daemon.close();
    const left = [...pids].filter(isAlive);
    if (left.length > 0) violations.push(`processes are left: ${left.join(', ')}`);
    return {
      violations,
      figures: {
        kills: takingUp.length,
        finished: counted('turn.finished'),
        interrupted: counted('turn.interrupted'),
        doubted: counted('message.doubted'),
        events: [...logs.values()].flat().length,
        ...{ runs: compared.runs, lines: compared.lines },
        readyAgainP50: Math.round(takingUp[Math.floor(takingUp.length / 2)] ?? 0),
        readyAgainMost: Math.round(takingUp.at(-1) ?? 0),
      },
    };
  } finally {
    await daemon.close();
  }
}

async function say(
  { client }: TestDaemon,
  conversationId: string,
  kill: number,
  random: Random,
): Promise<void> {
  const text = `${kill} ${random.pick(orders)}`;
  await client.command('message.send', { conversationId, clientId: crypto.randomUUID(), text });
}

/** Allows what is asked until the daemon dies: some answers are on disk and never reach Claude. */
async function allowAll({ client }: TestDaemon, conversationId: string, signal: AbortSignal): Promise<void> {
  try {
    for await (const event of client.events(conversationId, 0, signal)) {
      if (event.type !== 'permission.requested') continue;
      const requestId = String(event['requestId']);
      const answer = { conversationId, requestId, behavior: 'allow' } as const;
      await client.command('permission.answer', answer).catch(alreadyAnswered);
    }
  } catch (error) {
    const isDeath = error instanceof Error && 'code' in error;
    if (!isDeath && !signal.aborted) throw error;
  }
}

/** Waits until the conversation is at rest, and allows what is asked; gives what is wrong. */
async function settled({ client }: TestDaemon, conversationId: string): Promise<string[]> {
  let view = emptyView;
  const answered = new Set<string>();
  const asking: Promise<unknown>[] = [];
  const isAtRest = (event: LogEvent) => {
    view = fold(view, event);
    for (const { requestId } of view.requests.filter((request) => !answered.has(request.requestId))) {
      answered.add(requestId);
      const answer = { conversationId, requestId, behavior: 'allow' } as const;
      asking.push(client.command('permission.answer', answer).catch(alreadyAnswered));
    }
    return event.id >= head && view.turn === null && view.queue.length + view.unanswered.length === 0;
  };
  const head = await headOf(client, conversationId);
  try {
    await client.readUntil(conversationId, isAtRest, { seconds: 30 });
    await Promise.all(asking);
    return [];
  } catch (error) {
    return [`${conversationId} does not come to rest: ${error}`];
  }
}

/** Of a request that the log still shows while it was answered before the kill. */
function alreadyAnswered(error: unknown): void {
  if (!String(error).includes('already_answered')) throw error;
}

async function headOf(client: TestDaemon['client'], log: string): Promise<number> {
  const headers = { accept: 'application/json' };
  let head = 0;
  for (;;) {
    const { body } = await client.fetch(`/api/logs/${log}/events?after=${head}`, { headers });
    const last = JSON.parse(body).events.at(-1);
    if (last === undefined) return head;
    head = last.id;
  }
}

async function readAll({ client }: TestDaemon, log: string): Promise<LogEvent[]> {
  const head = await headOf(client, log);
  return client.readUntil(log, (event) => event.id >= head);
}

/** Ids, messages and turns of a log that is at rest. */
function checkLog(log: string, events: readonly LogEvent[]): string[] {
  const violations: string[] = [];
  const gap = events.findIndex((event, index) => event.id !== index + 1);
  if (gap >= 0) violations.push(`${log}: event ${gap + 1} has the id ${events[gap]?.id}`);
  const idsOf = (...types: string[]) =>
    events.filter(({ type }) => types.includes(type)).map((event) => event['turnId']);
  const ends = idsOf('turn.finished', 'turn.interrupted');
  for (const turnId of idsOf('turn.started')) {
    const times = ends.filter((end) => end === turnId).length;
    if (times !== 1) violations.push(`${log}: turn ${turnId} ended ${times} times`);
  }
  const clientIds = events.filter(({ type }) => type === 'message.sent').map((event) => event['clientId']);
  if (new Set(clientIds).size !== clientIds.length) violations.push(`${log}: a message is there twice`);
  return violations;
}

function pidsOf(home: string): number[] {
  const runs = join(home, 'runs');
  return readdirSync(runs).flatMap((runId) => {
    const path = join(runs, runId, 'run.json');
    return existsSync(path) ? [Number(JSON.parse(readFileSync(path, 'utf8')).pid)] : [];
  });
}

function isAlive(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/\) Z /.test(readFileSync(stat, 'utf8'));
}
