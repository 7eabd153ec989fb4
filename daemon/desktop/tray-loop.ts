// Keeps the tray icon true to the lobby log, like any other reader of it, and does what is picked in its menu.
// Without a tray it says so once and the daemon goes on.
import type { Lobby } from '../conversations/lobby.ts';
import type { StartTray, Tray } from '../ports.ts';
import { trayView } from './tray-view.ts';

export interface TrayLoop {
  /** One sentence on where the tray stands. */
  readonly state: string;
  close(): Promise<void>;
}

export async function runTray(options: {
  lobby: Lobby;
  startTray: StartTray;
  openPage: (path: string) => void;
  quit: () => void;
  /** Told once when there is no tray, and when it goes away. */
  say: (sentence: string) => void;
}): Promise<TrayLoop> {
  const { lobby, openPage } = options;
  const stop = new AbortController();
  let state = 'The tray icon is shown.';

  function pick(itemId: string): void {
    const [kind, id] = itemId.split(':');
    if (kind === 'open') openPage('/');
    if (kind === 'pair' || kind === 'pairing') openPage('/pair');
    if (kind === 'confirmation') openPage('/devices');
    if (kind === 'conversation' && id !== undefined) openPage(`/c/${id}`);
    if (kind === 'quit') options.quit();
  }

  const started = await options.startTray({
    view: trayView(lobby.view),
    onPick: pick,
    onExit(reason) {
      state = `The tray icon is gone: ${reason}`;
      options.say(state);
    },
  });
  if ('unavailable' in started) {
    options.say(started.unavailable);
    return { state: started.unavailable, close: async () => undefined };
  }
  const showing = showLobby(started.tray, lobby, stop.signal);
  return {
    get state() {
      return state;
    },
    async close() {
      stop.abort();
      await showing;
      await started.tray.close();
    },
  };
}

async function showLobby(tray: Tray, lobby: Lobby, signal: AbortSignal): Promise<void> {
  for (let shown = 0; await lobby.log.grown(shown, signal); ) {
    const { view } = lobby;
    shown = Math.max(view.last, shown + 1);
    tray.show(trayView(view));
  }
}
