// A server that listens, and lets go in good order. Knows nothing of what is asked of it.
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../ports.ts';

/** A peer that does not say goodbye when the server closes is cut off after this, ms. */
export const closingMs = 1500;

export interface Listener {
  readonly port: number;
  /** Stops taking connections and ends those that are open. */
  close(): Promise<void>;
}

/** Rejects with the system's error (`EADDRINUSE`, say). */
export async function listen(
  server: Server,
  where: { host: string; port: number } | { path: string },
  clock: Clock,
): Promise<Listener> {
  // Node counts neither sockets before their TLS handshake nor those that were upgraded among the connections that it closes.
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  const isInet = (a: typeof address): a is AddressInfo => typeof a === 'object' && a !== null;
  return {
    port: isInet(address) ? address.port : 0,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      const cancel = clock.after(closingMs, () => {
        for (const socket of open) socket.destroy();
      });
      await closed;
      cancel();
    },
  };
}
