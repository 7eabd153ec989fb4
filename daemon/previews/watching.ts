// One running server, watched: what it prints is kept, where it answers is found out, and its end is told. Looks again and again
// while it has not answered, since no system tells when a port opens; decides nothing about the preview.
import type { Clock } from '../ports.ts';
import type { ListeningPort, ProbePort, ServerProcess } from '../ports/previews.ts';
import { findApp, portsIn } from './app-port.ts';
import type { Happening } from './preview-state.ts';
import type { RecentLines } from './recent-lines.ts';

const lookMs = 400;
const probeMs = 4000;
/** From when on a server that does not answer is worth a word. */
const silentMs = 45_000;
/** How often a server whose first process has ended, while others of its listen, is looked at. */
const leftBehindMs = 1500;
const endLines = 20;

export interface Watch {
  /** Where the app is reached; undefined while it is not known. */
  readonly app: ListeningPort | undefined;
  /** Somebody found it not answering: it may be somewhere else by now. */
  lookAgain(): void;
  /** Tells nothing any more, and lets go of the process. */
  close(): void;
}

export function watchServer(options: {
  process: ServerProcess;
  probe: ProbePort;
  clock: Clock;
  lines: RecentLines;
  happened: (happening: Happening) => void;
  failed: (error: unknown) => void;
}): Watch {
  const { process, probe, clock, lines, happened, failed } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const startedAt = clock.monotonic();
  const printed: number[] = [];
  let app: ListeningPort | undefined;
  let looking: Promise<void> | undefined;
  let cancel = () => {};
  let isGone = false;

  const told = read().catch(failed);
  watchEnd().catch(failed);
  later(0);

  async function read(): Promise<void> {
    for await (const line of process.lines(signal)) {
      lines.add(line);
      const ports = portsIn(line).filter((port) => !printed.includes(port));
      printed.push(...ports);
      if (ports.length > 0 && !isGone) look();
    }
  }

  function later(ms: number): void {
    cancel();
    if (!signal.aborted && !isGone) cancel = clock.after(ms, look);
  }

  function look(): void {
    if (looking || signal.aborted) return;
    looking = lookOnce()
      .catch(failed)
      .finally(() => {
        looking = undefined;
        if (!app) later(lookMs);
      });
  }

  async function lookOnce(): Promise<void> {
    const listening = await process.listening();
    const found = await findApp({ listening, printed, probe, timeoutMs: probeMs });
    if (signal.aborted || isGone) return;
    app = found?.where;
    if (found) {
      happened({ type: 'answering', appPort: found.where.port, isExposed: found.isExposed });
      return;
    }
    const ms = clock.monotonic() - startedAt;
    const ports = [...new Set(listening.map(({ port }) => port))];
    if (ms >= silentMs) happened({ type: 'silent', seconds: silentMs / 1000, ports });
  }

  async function watchEnd(): Promise<void> {
    const { code, signal: by } = await process.exited;
    // Some put themselves to the side and go on there.
    while (!signal.aborted && (await process.listening()).length > 0)
      await new Promise<void>((resolve) => clock.after(leftBehindMs, resolve));
    if (signal.aborted) return;
    isGone = true;
    cancel();
    app = undefined;
    await told;
    if (!signal.aborted) happened({ type: 'ended', code, signal: by, lastLines: lines.tail(endLines) });
  }

  return {
    get app() {
      return app;
    },
    lookAgain() {
      if (!isGone) look();
    },
    close() {
      closing.abort();
      cancel();
      process.detach();
    },
  };
}
