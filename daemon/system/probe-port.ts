// Who answers on a loopback port: one request for `/`, of which only the head is read.
import { request } from 'node:http';
import type { ProbePort } from '../ports/previews.ts';

export const probePort: ProbePort = ({ host, port }, timeoutMs) =>
  new Promise((resolve) => {
    const headers = { host: `localhost:${port}`, accept: 'text/html,*/*;q=0.8' };
    const asking = request({ host, port, path: '/', headers, agent: false }, (response) => {
      const isPage = /^text\/html\b/i.test(response.headers['content-type'] ?? '');
      resolve({ status: response.statusCode ?? 0, isPage });
      response.destroy();
    });
    const patience = setTimeout(() => asking.destroy(new Error('no answer')), timeoutMs);
    asking.once('close', () => clearTimeout(patience));
    // Nobody there, no HTTP, or too slow: all the same answer.
    asking.on('error', () => resolve(undefined));
    asking.end();
  });
