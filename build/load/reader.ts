// One reader: a WebSocket that follows some logs, checks that every event comes once and in order, and comes back at its cursors
// when it was let go because it had stopped reading.
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { AnyEvent } from '../../daemon/protocol/events.ts';
import { follows } from '../../daemon/protocol/fold.ts';

export interface Opening {
  readonly url: string;
  readonly ca: string;
  readonly token: string;
  readonly logs: readonly string[];
  /** Stop reading as soon as the socket is open and has asked. */
  readonly stops: boolean;
}

export interface Watched {
  /** Events that came; `now` in ns of the monotonic clock. */
  events(events: readonly AnyEvent[], now: number): void;
  frame(): void;
  /** The close code as the reader sees it, the first time. */
  letGo(code: number): void;
}

export interface Reader {
  /** Has missed nothing and read nothing twice so far, and is at least there. */
  isGood(heads: Readonly<Record<string, number>>): boolean;
  isThere(heads: Readonly<Record<string, number>>): boolean;
  resume(): void;
  end(): void;
}

interface Frame {
  readonly type: string;
  readonly log: string;
  readonly events: readonly AnyEvent[];
}

const comeBackMs = 250;
const newest = 100;
/** Many readers of a process read the same: read once, for it takes the processor from the daemon that is measured. */
const parsed = new Map<string, Frame>();

function parse(text: string): Frame {
  const known = parsed.get(text);
  if (known) return known;
  const frame: Frame = JSON.parse(text);
  parsed.set(text, frame);
  const [oldest] = parsed.keys();
  if (parsed.size > newest && oldest !== undefined) parsed.delete(oldest);
  return frame;
}

/** Resolves when it has read all there is, or has stopped. */
export async function openReader(opening: Opening, watched: Watched): Promise<Reader> {
  const last = new Map(opening.logs.map((log) => [log, 0]));
  let isBroken = false;
  let hasEnded = false;
  let wasLetGo = false;
  let socket = await connect(opening.stops);

  function connect(stops: boolean): Promise<WebSocket> {
    const { url, ca, token, logs } = opening;
    const opened = new WebSocket(url, { ca, perMessageDeflate: false });
    const live = new Set<string>();
    return new Promise((resolve, reject) => {
      opened.on('open', () => {
        opened.send(JSON.stringify({ type: 'auth', token }));
        for (const log of logs)
          opened.send(JSON.stringify({ type: 'subscribe', log, after: last.get(log) ?? 0 }));
        if (!stops) return;
        opened.pause();
        resolve(opened);
      });
      opened.on('error', reject);
      opened.on('close', (code) => {
        if (hasEnded) return;
        if (!wasLetGo) watched.letGo(code);
        wasLetGo = true;
        if (opening.stops) void comeBack();
        reject(new Error(`closed with ${code}`));
      });
      opened.on('message', (data) => {
        const now = Number(process.hrtime.bigint());
        const frame = parse(data.toString());
        watched.frame();
        if (frame.type === 'events') {
          take(frame.log, frame.events);
          watched.events(frame.events, now);
        }
        if (frame.type !== 'live') return;
        live.add(frame.log);
        if (live.size === logs.length) resolve(opened);
      });
    });
  }

  /** As a phone does: until it is let in, and again when it is let go again. */
  async function comeBack(): Promise<void> {
    await pause(comeBackMs);
    if (hasEnded) return;
    socket = await connect(false).catch(() => socket);
  }

  function take(log: string, events: readonly AnyEvent[]): void {
    for (const event of events) {
      if (!follows(last.get(log) ?? 0, event)) isBroken = true;
      last.set(log, event.id);
    }
  }

  const isThere = (heads: Readonly<Record<string, number>>) =>
    Object.entries(heads).every(([log, head]) => (last.get(log) ?? 0) >= head);
  return {
    isThere,
    isGood: (heads) => !isBroken && isThere(heads),
    resume: () => socket.resume(),
    end() {
      hasEnded = true;
      socket.terminate();
    },
  };
}
