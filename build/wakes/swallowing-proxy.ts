// The network of a phone that sleeps: a TCP proxy before the daemon that can swallow all that is open, in both directions and
// without a word to either side. What is opened afterwards goes through.
import { createServer, connect as dial, type Socket } from 'node:net';

export interface SwallowingProxy {
  readonly port: number;
  /** From now on nothing comes through on what is open. */
  swallow(): void;
  /** What was swallowed is given up by the phone's system too, as it is after some minutes. */
  giveUp(): void;
  close(): Promise<void>;
}

export async function startSwallowingProxy(target: () => number): Promise<SwallowingProxy> {
  const open = new Set<{ readonly isSwallowed: boolean; swallow: () => void; end: () => void }>();

  const server = createServer((client) => {
    const daemon = dial({ port: target(), host: '127.0.0.1' });
    let isSwallowed = false;
    const end = () => {
      client.destroy();
      daemon.destroy();
      open.delete(connection);
    };
    const connection = {
      end,
      get isSwallowed() {
        return isSwallowed;
      },
      swallow() {
        isSwallowed = true;
        // The daemon's side is gone for good; the phone's stays open and silent.
        daemon.removeAllListeners('close').destroy();
      },
    };
    open.add(connection);
    for (const socket of [client, daemon]) {
      socket.setNoDelay(true);
      socket.on('error', () => isSwallowed || end());
    }
    client.on('close', end);
    daemon.on('close', end);
    carry(client, daemon, () => isSwallowed);
    carry(daemon, client, () => isSwallowed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();

  return {
    port: typeof address === 'object' && address ? address.port : 0,
    swallow() {
      for (const connection of open) connection.swallow();
    },
    giveUp() {
      for (const connection of open) if (connection.isSwallowed) connection.end();
    },
    async close() {
      for (const { end } of open) end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function carry(from: Socket, to: Socket, isSwallowed: () => boolean): void {
  from.on('data', (chunk: Buffer) => {
    if (isSwallowed() || to.write(chunk)) return;
    from.pause();
    to.once('drain', () => from.resume());
  });
}
