// The attacker's own server: over TLS with the certificate that it is given, on a port of its own. Serves what it is told and keeps
// every request that it gets, with what came in its head and body.
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import type { TestDaemon } from '../../daemon/testing/test-daemon.ts';

export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Listener {
  readonly port: number;
  /** By the name `localhost`. */
  readonly url: string;
  readonly heard: readonly Heard[];
  close(): Promise<void>;
}

/** Borrows the daemon's certificate, since browsers that overlook one overlook all: a stolen one would change nothing here. */
export async function listenAsAttacker(
  { home }: Pick<TestDaemon, 'home'>,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Listener> {
  const [cert, key] = ['cert.pem', 'key.pem'].map((name) => readFileSync(join(home, 'tls', name)));
  const heard: Heard[] = [];
  const server = createServer({ cert, key, maxHeaderSize: 2 ** 20 }, (request, response) => {
    void text(request).then((body) => {
      const { method = '', url = '', headers } = request;
      heard.push({ method, path: url, headers, body });
      answer(request, response);
    });
  });
  server.listen(0);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    url: `https://localhost:${port}`,
    heard,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
