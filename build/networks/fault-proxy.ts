// The network of a phone that moves about: a TCP proxy before the daemon whose faults are begun and ended by name, for all that is
// open and all that is opened meanwhile. Behind it, if asked for, stands the chaos proxy with a fate for each connection.
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Proxy as ChaosProxy, startProxy } from '../chaos/proxy.ts';
import type { Random } from '../chaos/random.ts';

export interface FaultProxy {
  readonly port: number;
  /** Every piece takes from 0 to so many ms, in order; 0 ends it. */
  delay(most: number): void;
  /** Nothing comes through, not on what is opened either; what was sent comes when it ends. `down`: what the page sends arrives. */
  hold(what: 'both' | 'down'): void;
  release(): void;
  /** The address has changed: what is open now is silent for ever, what is opened comes through. */
  swallow(): void;
  /** All that is open ends: in good order, or as when a router forgets it; or the phone's half of it only. */
  cut(how: 'closed' | 'reset' | 'half'): void;
  /** The port is gone; the same is back after `listen`. */
  unplug(): Promise<void>;
  listen(): Promise<void>;
  /** Puts the chaos proxy in between for what is opened from now on; gives what ends its faults. */
  chaos(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly daemon: Socket;
  isSwallowed: boolean;
}

export async function startFaultProxy(target: () => number, random: Random): Promise<FaultProxy> {
  const open = new Set<Pair>();
  let mostDelay = 0;
  let held:
    | { readonly what: 'both' | 'down'; readonly free: Promise<void>; readonly release: () => void }
    | undefined;
  let chaotic: ChaosProxy | undefined;
  let server: Server | undefined;
  let port = 0;
  let connections = 0;

  async function listen(): Promise<void> {
    server = createServer({ allowHalfOpen: true }, accept);
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
    const address = server.address();
    port = typeof address === 'object' && address ? address.port : 0;
  }

  function accept(client: Socket): void {
    const daemon = dial({ port: chaotic?.port ?? target(), host: '127.0.0.1', allowHalfOpen: true });
    const pair: Pair = { client, daemon, isSwallowed: false };
    open.add(pair);
    const end = () => {
      client.destroy();
      daemon.destroy();
      open.delete(pair);
    };
    for (const socket of [client, daemon]) {
      socket.setNoDelay(true);
      socket.on('error', () => pair.isSwallowed || end());
    }
    client.on('close', end);
    // What ends there reaches the phone only when the network lets it.
    daemon.on('close', () => void held?.free.then(end));
    connections += 1;
    void carry(pair, 'up', random.part(`up ${connections}`));
    void carry(pair, 'down', random.part(`down ${connections}`));
  }

  async function carry(pair: Pair, way: 'up' | 'down', chance: Random): Promise<void> {
    const [from, to] = way === 'up' ? [pair.client, pair.daemon] : [pair.daemon, pair.client];
    const passage = async () => {
      while (held && (held.what === 'both' || way === 'down')) await held.free;
    };
    try {
      for await (const piece of from as AsyncIterable<Buffer>) {
        if (mostDelay > 0) await pause(chance.between(0, mostDelay));
        await passage();
        if (pair.isSwallowed) continue;
        if (to.destroyed) return;
        if (!to.write(piece))
          await new Promise((resolve) => to.once('drain', resolve).once('close', resolve));
      }
      await passage();
      if (!pair.isSwallowed) to.end();
    } catch {
      // A connection that breaks is what this is for; both sides are closed by their own events.
    }
  }

  function endAll(): void {
    for (const { client, daemon } of open) {
      client.destroy();
      daemon.destroy();
    }
    open.clear();
  }

  function release(): void {
    held?.release();
    held = undefined;
  }

  await listen();
  return {
    get port() {
      return port;
    },
    delay(most) {
      mostDelay = most;
    },
    hold(what) {
      if (held) return;
      let free: () => void = () => {};
      const until = new Promise<void>((resolve) => {
        free = resolve;
      });
      held = { what, free: until, release: free };
    },
    release,
    swallow() {
      for (const pair of open) {
        pair.isSwallowed = true;
        pair.daemon.removeAllListeners('close').destroy();
      }
    },
    cut(how) {
      for (const { client } of open) {
        if (how === 'closed') client.destroy();
        else if (how === 'reset') client.resetAndDestroy();
        else client.end();
      }
    },
    async unplug() {
      const gone = new Promise((resolve) => server?.close(resolve));
      endAll();
      await gone;
    },
    listen,
    async chaos() {
      const proxy = await startProxy({ target, random: random.part(`chaos ${connections}`) });
      chaotic = proxy;
      for (const { client } of open) client.destroy();
      return async () => {
        chaotic = undefined;
        proxy.heal();
        await proxy.close();
      };
    },
    async close() {
      release();
      const gone = new Promise((resolve) => server?.close(resolve));
      endAll();
      await gone;
    },
  };
}
