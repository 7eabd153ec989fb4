// Keeps the tray icon true to what it is shown of, and does what is picked in its menu. A tray that dies comes back, slower each
// time; a desktop without one is told so once and looked at again when that may help. Nothing here holds the daemon up.
import type { Clock, Dispose, StartTray, Tray, TrayView } from '../ports.ts';

export interface TrayLoop {
  /** One sentence on where the tray stands. */
  readonly state: string;
  /** What it is shown of has changed. */
  refresh(): void;
  close(): Promise<void>;
}

const firstDelayMs = 1000;
const longestDelayMs = 60_000;

export function runTray(options: {
  view: () => TrayView;
  startTray: StartTray;
  pick: (itemId: string) => void;
  clock: Clock;
  /** Told when there is no tray, once for each reason. */
  say: (sentence: string) => void;
  failed: (error: unknown) => void;
}): TrayLoop {
  const { view, startTray, pick, clock, say } = options;
  const stop = new AbortController();
  const { signal } = stop;
  const said = new Set<string>();
  let state = 'The tray icon is on its way.';
  let tray: Tray | undefined;
  let delayMs = firstDelayMs;
  /** It may take seconds, for a place for icons is waited for; whoever closes does not wait for that. */
  let isStarting = false;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      let gone: (reason: string) => void = () => undefined;
      const exit = new Promise<string>((resolve) => {
        gone = resolve;
      });
      isStarting = true;
      const started = await startTray({ view: view(), onPick: pick, onExit: gone });
      isStarting = false;
      if ('unavailable' in started) {
        state = started.unavailable;
        if (!said.has(state) && !signal.aborted) say(state);
        said.add(state);
        if (!started.appears) return;
        await Promise.race([started.appears(signal), aborted(signal)]);
        continue;
      }
      await show(started.tray, exit);
    }
  }

  async function show(shown: Tray, exit: Promise<string>): Promise<void> {
    const since = clock.monotonic();
    tray = shown;
    state = 'The tray icon is shown.';
    // What changed while it started.
    shown.show(view());
    const reason = await Promise.race([exit, aborted(signal)]);
    tray = undefined;
    await shown.close();
    if (reason === undefined) return;
    if (clock.monotonic() - since > longestDelayMs) delayMs = firstDelayMs;
    state = `The tray icon is gone and comes back: ${reason}`;
    await Promise.race([after(delayMs, clock, signal), aborted(signal)]);
    delayMs = Math.min(longestDelayMs, 2 * delayMs);
  }

  const running = run().catch((error: unknown) => {
    state = 'The tray icon could not be shown.';
    options.failed(error);
  });
  return {
    get state() {
      return state;
    },
    refresh: () => tray?.show(view()),
    async close() {
      stop.abort();
      if (!isStarting) await running;
    },
  };
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

function after(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel: Dispose = clock.after(ms, resolve);
    signal.addEventListener('abort', cancel, { once: true });
  });
}
