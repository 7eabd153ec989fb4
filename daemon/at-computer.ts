// The part of the composition root that stands at the computer itself: tray, notices, keeping awake, start at login, and what
// follows a sleep. Ties them to the lobby and to the commands; nothing is decided here.
import { join } from 'node:path';
import type { Config } from './config.ts';
import type { Conversations } from './conversations/conversations.ts';
import type { Lobby } from './conversations/lobby.ts';
import { pause } from './conversations/pause.ts';
import { type AwakeLoop, createAwakeLoop } from './desktop/awake-loop.ts';
import { createNotices } from './desktop/notices.ts';
import { runTray } from './desktop/tray-loop.ts';
import { type Act, pickIn } from './desktop/tray-picks.ts';
import { trayView } from './desktop/tray-view.ts';
import { followRequests } from './desktop/waiting-requests.ts';
import type { Clock, Logger } from './ports.ts';
import type { Desktop, Presence } from './ports/desktop.ts';

export interface AtComputer {
  /** One sentence each on where they stand. */
  readonly tray: string;
  readonly awake: string;
  /** Settings are others now. */
  refresh(): void;
  close(): Promise<void>;
}

/** A shorter stand-still is told to nobody but the sockets. */
const worthTellingMs = 30_000;

export function createAtComputer(options: {
  home: string;
  desktop: Desktop;
  lobby: Lobby;
  conversations: Pick<Conversations, 'get'>;
  settings: () => Config;
  presence: Presence;
  clock: Clock;
  logger: Logger;
  /** Gives commands as the person at the computer. */
  act: Act;
  openPage: (path: string) => void;
  openFolder: (path: string) => void;
  quit: () => void;
  say: (sentence: string) => void;
  /** The computer has stood still: whoever is connected may be gone. */
  awoke: () => void;
}): AtComputer {
  const { home, desktop, lobby, conversations, settings, presence, clock, logger, say } = options;
  const failed = (error: unknown) => logger.warn('at the computer', { reason: String(error) });
  const view = () => lobby.view;
  let startsAtLogin: boolean | undefined;
  let isClosed = false;

  const requests = followRequests({ lobby, conversations, changed: refresh });
  const pick = (itemId: string) => pickIn(picks, itemId);
  const awake: AwakeLoop = createAwakeLoop({
    ...{ lobby: view, hold: desktop.holdAwake, isWanted: () => settings().keepAwake },
    changed: () => tray?.refresh(),
  });
  const notices = createNotices({
    ...{ lobby: view, conversations, presence, clock, pick, failed, settings },
    ...{ requests: () => requests.list, notify: desktop.notify },
  });
  const picks = {
    ...{ act: options.act, openPage: options.openPage, quit: options.quit, failed },
    openLogs: () => options.openFolder(join(home, 'logs')),
    async toggleAwake() {
      await options.act({ type: 'settings.change', name: 'keepAwake', value: !settings().keepAwake });
    },
    async toggleLogin() {
      const trouble = await desktop.startAtLogin.change(!startsAtLogin);
      if (trouble !== undefined) say(trouble);
      await lookAtLogin();
    },
  };
  const tray =
    settings().tray === 'off'
      ? undefined
      : runTray({
          ...{ startTray: desktop.startTray, pick, clock, say, failed },
          view: () =>
            trayView({
              ...{ lobby: lobby.view, requests: requests.list, startsAtLogin },
              keepsAwake: settings().keepAwake,
            }),
        });
  const endSleepWatch = desktop.watchSleep(({ from, until }) => {
    options.awoke();
    if (until - from >= worthTellingMs) lobby.record({ type: 'computer.slept', from, until }).catch(failed);
  });
  // A log tells that it has grown before it is folded.
  const unwatch = lobby.log.watch(() => void pause().then(refresh));
  if (tray) void lookAtLogin();
  // An earlier daemon may have left a turn that runs.
  refresh();

  async function lookAtLogin(): Promise<void> {
    startsAtLogin = await desktop.startAtLogin.isOn();
    tray?.refresh();
  }

  function refresh(): void {
    if (isClosed) return;
    awake.refresh();
    notices.refresh();
    tray?.refresh();
  }

  return {
    get tray() {
      return tray?.state ?? 'The tray is off.';
    },
    get awake() {
      return awake.state;
    },
    refresh,
    async close() {
      isClosed = true;
      unwatch();
      endSleepWatch();
      requests.close();
      notices.close();
      awake.close();
      await tray?.close();
      desktop.close();
    },
  };
}
