// One run of the fuzz: random visits over WebSocket and HTTP side by side, a neighbour beside them, and at the end what was not
// as promised. What is sent follows from the seed; a found case is made smaller before it is told.
import fc from 'fast-check';
import { bodiesFor } from './commands.ts';
import { startNeighbour } from './neighbour.ts';
import { oneByOne, type RawRequest, requests } from './requests.ts';
import { sessions } from './socket-session.ts';
import { startTarget, type Target } from './target.ts';
import { visitHttp } from './visit-http.ts';
import { visitSocket } from './visit-socket.ts';

export interface FuzzOptions {
  readonly seed: number;
  /** WebSocket frames and HTTP requests to send, at least. */
  readonly frames: number;
  readonly requests: number;
  /** Visits of each kind at the same time. With more than one a bug may be told of the visit beside its own. */
  readonly lanes: number;
  /** How far it is, each minute. */
  readonly tell?: (words: string) => void;
}

export interface FuzzResult {
  readonly violations: readonly string[];
  readonly figures: Readonly<Record<string, string>>;
}

const warmUp = 0.1;
/** What is held at the end may differ from what is held after the warm-up by so much, MB. */
const mayGrow = 20;

export async function runFuzz(options: FuzzOptions): Promise<FuzzResult> {
  const target = await startTarget();
  try {
    return await fuzz(target, options);
  } finally {
    await target.daemon.close();
  }
}

async function fuzz(target: Target, { seed, lanes, tell, ...counts }: FuzzOptions): Promise<FuzzResult> {
  const { names, port, daemon, privatePath } = target;
  const { ca, token } = daemon.client;
  const { conversationIds, doomedIds } = names;
  const bodies = bodiesFor(names);
  const neighbour = await startNeighbour(target);
  const statuses = new Map<number | undefined, number>();
  let frames = 0;
  let visits = 0;
  let peak = 0;
  let toldAt = performance.now();
  const watched = async <T>(visit: () => Promise<T>): Promise<T> => {
    const before = target.bugs().length;
    const result = await visit();
    const bugs = target.bugs();
    if (bugs.length > before) throw new Error(`a bug: ${bugs.at(-1)?.slice(0, 1500)}`);
    const rss = target.rssMb();
    if (rss === 0) throw new Error('the daemon is gone');
    peak = Math.max(peak, rss);
    return result;
  };
  const overSocket = fc.asyncProperty(
    sessions({ token, conversationIds, doomedIds, command: bodies.command }),
    async (session) => {
      frames += await watched(() => visitSocket({ port, ca, token }, session));
      visits += 1;
    },
  );
  const send = async (request: RawRequest) => {
    const status = await watched(() => visitHttp({ port, ca, privatePath }, request));
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  };
  const overHttp = fc.asyncProperty(requests({ ...names, token, port }, bodies), send);
  const violations: string[] = [];
  const sum = () => [...statuses.values()].reduce((a, b) => a + b, 0);
  const round = async (share: number, nth: number) => {
    const lane = async <T>(property: fc.IAsyncProperty<T>, isEnough: () => boolean, first: number) => {
      for (let part = 0; !isEnough() && violations.length === 0; part++) {
        const told = await fc.check(property, {
          seed: first + part,
          numRuns: 20,
          interruptAfterTimeLimit: 20_000,
        });
        if (told.failed) violations.push(`${told.errorInstance}\n${fc.defaultReportMessage(told) ?? ''}`);
        await target.tidy(neighbour.conversationId);
        if (performance.now() - toldAt < 60_000) continue;
        toldAt = performance.now();
        tell?.(`${frames} frames and ${sum()} requests so far`);
      }
    };
    const each = Array.from(
      { length: lanes },
      (_, number) => seed * 1_000_003 + (nth * 100 + number) * 10_000,
    );
    await Promise.all(
      each.flatMap((first) => [
        lane(overSocket, () => frames >= counts.frames * share, first),
        lane(overHttp, () => sum() - once >= counts.requests * share, first),
      ]),
    );
  };
  const began = performance.now();
  for (const request of oneByOne({ token, port })) {
    const failed = (error: Error) =>
      violations.push(`${error.message}\n${JSON.stringify(request).slice(0, 500)}`);
    await send(request).catch(failed);
  }
  const once = sum();
  await round(warmUp, 0);
  await target.tidy(neighbour.conversationId);
  const warm = await target.heldMb();
  await round(1, 1);
  const seconds = (performance.now() - began) / 1000;
  await neighbour.stop().catch((error: Error) => violations.push(error.message));
  violations.push(...target.bugs());
  for (const ghost of await target.ghosts()) violations.push(`on the list, but not there: ${ghost}`);
  await target.tidy('');
  const held = await target.heldMb();
  if (held - warm > mayGrow)
    violations.push(`holds ${held.toFixed(1)} MB, ${warm.toFixed(1)} MB when it was warm`);
  const waits = neighbour.waits.toSorted((a, b) => a - b);
  const at = (share: number) => waits[Math.floor(waits.length * share)]?.toFixed(0) ?? '-';
  return {
    violations,
    figures: {
      WebSocket: `${frames} frames in ${visits} visits`,
      HTTP: `${sum()} requests: ${[...statuses].map(([status, n]) => `${status ?? 'none'} × ${n}`).join(', ')}`,
      neighbour: `${waits.length} rounds, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${waits.at(-1)?.toFixed(0)} ms`,
      memory: `RSS ${peak.toFixed(0)} MB at most; held ${warm.toFixed(1)} MB warm, ${held.toFixed(1)} MB after`,
      time: `${seconds.toFixed(0)} s`,
    },
  };
}
