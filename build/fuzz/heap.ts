// What a Node process really holds: the bytes that are left after a collection, asked for through its inspector.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { WebSocket } from 'ws';

export interface Inspected {
  /** For the environment of the process to watch. */
  readonly env: Readonly<Record<string, string>>;
  /** MB in use after a collection, in the heap and in buffers beside it. */
  heldMb(): Promise<number>;
}

export async function inspect(): Promise<Inspected> {
  const port = await freePort();
  return {
    env: { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` },
    async heldMb() {
      const [{ webSocketDebuggerUrl }] = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
      const socket = new WebSocket(webSocketDebuggerUrl);
      await once(socket, 'open');
      const ask = async (method: string, params: object = {}) => {
        socket.send(JSON.stringify({ id: 1, method, params }));
        for (;;) {
          const [data] = await once(socket, 'message');
          const { id, result } = JSON.parse(String(data));
          if (id === 1) return result;
        }
      };
      await ask('HeapProfiler.collectGarbage');
      const expression = 'process.memoryUsage().heapUsed + process.memoryUsage().external';
      const { result } = await ask('Runtime.evaluate', { expression });
      socket.close();
      return result.value / 2 ** 20;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
