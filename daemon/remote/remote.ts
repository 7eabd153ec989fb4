// Whether the computer can be reached from the internet, and under which name. Off until somebody at the computer opens it; ends with
// the daemon. Only while it is on does its name count as one of the computer's own.
import type { OpenTunnel, Tunnel } from '../ports/remote.ts';
import type { LobbyDraft } from '../protocol/lobby.ts';
import { AppError } from '../protocol/errors.ts';
import { type Remote, remoteWords, type Via } from '../protocol/remote.ts';

export interface RemoteAccess {
  readonly current: Remote | null;
  /** As it stands in a request's Host; undefined while it is off. */
  readonly host: string | undefined;
  /** Rejects with AppError `tunnel_failed`. One that is on by another way is ended first. */
  start(via: Via): Promise<Remote>;
  /** Nobody from there is let in any more when this returns, not only when it resolves. */
  stop(): Promise<void>;
}

export function createRemoteAccess(options: {
  readonly openTunnel: OpenTunnel;
  /** Where a tunnel sends visitors, e.g. `https://127.0.0.1:47000`. */
  readonly origin: () => string;
  readonly tell: (draft: LobbyDraft) => Promise<void>;
  readonly say: (sentence: string) => void;
  readonly failed: (error: unknown) => void;
}): RemoteAccess {
  const { openTunnel, origin, tell, say, failed } = options;
  let on: { readonly remote: Remote; readonly tunnel: Tunnel } | undefined;
  let stopping = new AbortController();
  /** Starts and stops happen one after the other. */
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = last.then(act);
    last = done.catch(toldToWhoeverAsked);
    return done;
  }

  /** Its name counts no more at once; the program takes a moment to end. */
  function takeOff(): () => Promise<void> {
    const was = on;
    on = undefined;
    return async () => {
      if (!was) return;
      await was.tunnel.close();
      await tell({ type: 'remote.changed', remote: null });
    };
  }

  async function open(via: Via, signal: AbortSignal): Promise<Remote> {
    if (on?.remote.via === via) return on.remote;
    await takeOff()();
    const tunnel = await openTunnel({ via, origin: origin(), signal });
    const remote = { via, url: tunnel.url };
    try {
      // Everybody is told before anybody is let in.
      await tell({ type: 'remote.changed', remote });
      signal.throwIfAborted();
    } catch (error) {
      await tunnel.close();
      if (signal.aborted) await tell({ type: 'remote.changed', remote: null });
      throw signal.aborted ? new AppError('tunnel_failed', stoppedWords, { cause: error }) : error;
    }
    on = { remote, tunnel };
    watch(on);
    say(`${remoteWords} ${remote.url} (${via})`);
    return remote;
  }

  function watch({ tunnel }: NonNullable<typeof on>): void {
    tunnel.ended
      .then(async (why) => {
        if (on?.tunnel !== tunnel) return;
        on = undefined;
        say(`${why} Porchlight can no longer be reached from the internet.`);
        await tell({ type: 'remote.changed', remote: null });
      })
      .catch(failed);
  }

  return {
    get current() {
      return on?.remote ?? null;
    },
    get host() {
      return on && new URL(on.remote.url).host;
    },
    start(via) {
      const { signal } = stopping;
      return inTurn(() => open(via, signal));
    },
    stop() {
      stopping.abort();
      stopping = new AbortController();
      return inTurn(takeOff());
    },
  };
}

const stoppedWords = 'It was called off before it was open.';

function toldToWhoeverAsked(): void {}
