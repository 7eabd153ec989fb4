// The floor of the benchmark: a child's stdout, each chunk sent over wss as it comes, with no parsing, log or disk between.
// Prints its port; the first socket to connect starts the child.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';

const tls = process.argv[2] ?? '';
const server = createServer({
  key: readFileSync(join(tls, 'key.pem')),
  cert: readFileSync(join(tls, 'cert.pem')),
});
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
  const program = fileURLToPath(new URL('./stand-in-claude.mjs', import.meta.url));
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, BENCH_AT_ONCE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.on('data', (chunk) => socket.send(chunk));
  child.on('exit', () => process.exit(0));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' ? address?.port : '');
});
