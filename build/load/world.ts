// A built daemon with a `claude` that streams as it is told, for the load scenarios; what they all ask of it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LogEvent } from '../../daemon/testing/daemon-client.ts';
import { startTestDaemon, type TestDaemon } from '../../daemon/testing/test-daemon.ts';
import { inspect } from '../fuzz/heap.ts';
import { rssMb } from '../fuzz/target.ts';

const standIn = fileURLToPath(new URL('./stand-in-claude.mjs', import.meta.url));

export interface Stream {
  readonly deltas: number;
  readonly everyMs: number;
}

export interface World {
  readonly daemon: TestDaemon;
  /** Makes a conversation. */
  create(title: string): Promise<string>;
  /** Has Claude stream; resolves when the message is taken. */
  begin(conversationId: string, stream: Stream): Promise<void>;
  /** The same, and waits until the turn is over; all events of the log. */
  stream(conversationId: string, stream: Stream): Promise<LogEvent[]>;
  /** The last id of each log. */
  heads(logs: readonly string[]): Promise<Record<string, number>>;
  rssMb(): number;
  /** Processor time that the daemon has used, s. */
  processorSeconds(): number;
  /** The most that it is until the function that comes is called; that gives it. */
  watchMostMb(): () => number;
  /** What it is after a collection of what nobody holds. */
  settledMb(): Promise<number>;
}

export async function startWorld(): Promise<World> {
  const inspected = await inspect();
  const daemon = await startTestDaemon({
    args: ['--claude', standIn],
    env: { PORCHLIGHT_MAX_RUNS: '8', ...inspected.env },
  });
  const { client } = daemon;
  const begin = async (conversationId: string, { deltas, everyMs }: Stream) => {
    const text = `${deltas} ${everyMs}`;
    await client.command('message.send', { conversationId, clientId: crypto.randomUUID(), text });
  };
  const headOf = async (log: string): Promise<number> => {
    const { body } = await client.fetch(`/api/logs/${log}/events?after=0`);
    return JSON.parse(body).head;
  };
  return {
    daemon,
    begin,
    async create(title) {
      return (await client.command('conversation.create', { cwd: daemon.project, title })).conversationId;
    },
    async stream(conversationId, stream) {
      const after = await headOf(conversationId);
      await begin(conversationId, stream);
      const isOver = ({ type }: LogEvent) => type === 'turn.finished' || type === 'turn.interrupted';
      const seconds = 120 + (stream.deltas * stream.everyMs) / 250;
      return client.readUntil(conversationId, isOver, { after, seconds });
    },
    async heads(logs) {
      return Object.fromEntries(
        await Promise.all(logs.map(async (log) => [log, await headOf(log)] as const)),
      );
    },
    rssMb: () => rssMb(daemon.pid),
    processorSeconds: () => processorSeconds(daemon.pid),
    watchMostMb() {
      let most = 0;
      const look = () => {
        most = Math.max(most, rssMb(daemon.pid));
      };
      const watch = setInterval(look, 100);
      return () => {
        clearInterval(watch);
        look();
        return most;
      };
    },
    async settledMb() {
      await inspected.heldMb();
      return rssMb(daemon.pid);
    },
  };
}

/** Linux counts in hundredths of a second. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
