// Servers that Claude has started by itself, noticed and offered: after a tool has said something of a port, or of work beside the
// turn, what listens among the run's own processes is looked for. What is only named, and not theirs, is nobody's to offer.
import type { Clock, Dispose } from '../ports.ts';
import type { ListeningPort, ProbePort, ServerHost } from '../ports/previews.ts';
import { portsIn } from './app-port.ts';
import type { Previews } from './previews.ts';

/** When to look after something was said: some take their time to come up. */
const looksMs = [300, 1500, 4000, 10_000, 25_000];
/** How often those that were found are looked at, whether they are still there. */
const watchMs = 3000;
const probeMs = 4000;

export interface Work {
  readonly conversationId: string;
  readonly folder: string;
  readonly runId: string;
  /** What a tool gave back. */
  readonly output: string;
  /** It began something that goes on beside the turn. */
  readonly isBeside: boolean;
}

export interface Noticing {
  heard(work: Work): void;
  close(): void;
}

export function createNoticing(options: {
  host: Pick<ServerHost, 'listeningOfRun' | 'stillListens'>;
  probe: ProbePort;
  clock: Clock;
  previews: Pick<Previews, 'offerFound' | 'foundEnded'>;
  failed: (error: unknown) => void;
}): Noticing {
  const { host, probe, clock, previews, failed } = options;
  const found = new Map<string, ListeningPort>();
  /** Looks to come, by run: what is said meanwhile begins them anew. */
  const coming = new Map<string, { readonly named: Set<number>; cancel: Dispose }>();
  let stopWatching: Dispose | undefined;
  let isOver = false;

  function schedule(work: Work, at: number, named: Set<number>): void {
    const ms = looksMs[at];
    if (ms === undefined) return void coming.delete(work.runId);
    const cancel = clock.after(ms - (looksMs[at - 1] ?? 0), () => {
      look(work, named)
        .catch(failed)
        .finally(() => {
          if (coming.get(work.runId)?.named === named) schedule(work, at + 1, named);
        });
    });
    coming.set(work.runId, { named, cancel });
  }

  async function look({ runId, conversationId, folder }: Work, named: ReadonlySet<number>): Promise<void> {
    for (const where of await host.listeningOfRun(runId)) {
      const isKnown = [...found.values()].some(({ port }) => port === where.port);
      if (isKnown || isOver) continue;
      const answer = await probe(where, probeMs);
      // Claude starts databases and tools too; what is worth showing is a page, or was named as one.
      if (!answer || !(answer.isPage || named.has(where.port))) continue;
      const previewId = await previews.offerFound({ folder, conversationId, where });
      if (previewId !== undefined) found.set(previewId, where);
    }
    if (found.size > 0) watch();
  }

  function watch(): void {
    if (stopWatching || isOver) return;
    stopWatching = clock.after(watchMs, () => {
      watchOnce()
        .catch(failed)
        .finally(() => {
          stopWatching = undefined;
          if (found.size > 0) watch();
        });
    });
  }

  async function watchOnce(): Promise<void> {
    for (const [previewId, where] of found) {
      if (await host.stillListens(where)) continue;
      found.delete(previewId);
      await previews.foundEnded(previewId);
    }
  }

  return {
    heard(work) {
      const named = portsIn(work.output);
      if (isOver || (named.length === 0 && !work.isBeside)) return;
      const before = coming.get(work.runId);
      before?.cancel();
      schedule(work, 0, new Set([...(before?.named ?? []), ...named]));
    },
    close() {
      isOver = true;
      stopWatching?.();
      for (const { cancel } of coming.values()) cancel();
    },
  };
}
