// How long a delta takes from the CLI's write to a phone's socket, and how many pass in a second: through Porchlight, and
// through a bare relay on the same machine in the same run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { endRuns } from '../../daemon/testing/end-runs.ts';
import { createDaemonClient } from '../../daemon/testing/daemon-client.ts';

const standIn = fileURLToPath(new URL('./stand-in-claude.mjs', import.meta.url));
const relay = fileURLToPath(new URL('./floor-relay.mjs', import.meta.url));

export interface Load {
  readonly count: number;
  readonly everyMs: number;
}

export interface Streamed {
  /** ms from write to arrival of each delta. */
  readonly latencies: readonly number[];
  /** Deltas a second, from the first write to the last arrival. */
  readonly rate: number;
}

export async function throughPorchlight(load: Load): Promise<Streamed & { tls: string; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-bench-'));
  const home = join(folder, 'home');
  const env = { ...environment(load), HOME: folder, PATH: process.env['PATH'] ?? '' };
  const args = [
    'dist/porchlight.js',
    'serve',
    '--home',
    home,
    '--port',
    '0',
    '--host',
    '127.0.0.1',
    '--tray',
    'off',
    '--json',
  ];
  const daemon = spawn(process.execPath, [...args, '--claude', standIn], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url: string = JSON.parse(await firstLine(daemon.stdout)).url;
  const made = spawn(
    process.execPath,
    ['dist/porchlight.js', 'token', 'create', '--name', 'bench', '--json', '--home', home],
    { env },
  );
  const client = createDaemonClient({ url, home, token: JSON.parse(await firstLine(made.stdout)).token });
  mkdirSync(join(folder, 'project'));
  const { conversationId: log } = await client.command('conversation.create', {
    cwd: join(folder, 'project'),
  });

  const socket = new WebSocket(`${url.replace('https', 'wss')}/api/socket`, {
    ca: client.ca,
  });
  await once(socket, 'open');
  const received = receive(socket, load.count, (text) => {
    const frame = JSON.parse(text);
    if (frame.type !== 'events') return [];
    return frame.events
      .filter((e: { type: string }) => e.type === 'text.delta')
      .map((e: { text: string }) => e.text);
  });
  socket.send(JSON.stringify({ type: 'auth', token: client.token }));
  socket.send(JSON.stringify({ type: 'subscribe', log, after: 0 }));
  await client.command('message.send', { conversationId: log, clientId: 'bench', text: 'go' });
  const streamed = await received;
  socket.terminate();
  await endRuns(home);
  daemon.kill('SIGTERM');
  await once(daemon, 'exit');
  return {
    ...streamed,
    tls: join(home, 'tls'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export async function throughRelay(load: Load, tls: string): Promise<Streamed> {
  const server = spawn(process.execPath, [relay, tls], {
    env: { ...process.env, ...environment(load) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await firstLine(server.stdout);
  const ca = readFileSync(join(tls, 'cert.pem'), 'utf8');
  const socket = new WebSocket(`wss://127.0.0.1:${port}`, { ca });
  // A chunk may end in the middle of a line; what is left of it comes with the next.
  let held = '';
  const streamed = await receive(socket, load.count, (chunk) => {
    const lines = (held + chunk).split('\n');
    held = lines.pop() ?? '';
    return lines.flatMap((line) => /"text":"([^"]+)"/.exec(line)?.[1] ?? []);
  });
  socket.terminate();
  return streamed;
}

/** Deltas may come merged: each text is a row of moments, and all of them arrive together. */
async function receive(
  socket: WebSocket,
  count: number,
  textsOf: (message: string) => string[],
): Promise<Streamed> {
  const latencies: number[] = [];
  let first: bigint | undefined;
  for await (const [data] of on(socket)) {
    const now = process.hrtime.bigint();
    for (const written of textsOf(data).flatMap((text) => text.trim().split(' '))) {
      if (written === '') continue;
      first ??= BigInt(written);
      latencies.push(Number(now - BigInt(written)) / 1e6);
    }
    if (latencies.length >= count) return { latencies, rate: count / (Number(now - (first ?? now)) / 1e9) };
  }
  throw new Error('the socket closed before all deltas came');
}

/** The socket's messages; ends when it closes. */
async function* on(socket: WebSocket): AsyncGenerator<[string]> {
  const waiting: string[] = [];
  let isClosed = false;
  let wake = () => {};
  socket.on('message', (data) => {
    waiting.push(data.toString());
    wake();
  });
  socket.on('close', () => {
    isClosed = true;
    wake();
  });
  for (;;) {
    const next = waiting.shift();
    if (next !== undefined) yield [next];
    else if (isClosed) return;
    else
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
}

function environment({ count, everyMs }: Load): Record<string, string> {
  return { BENCH_COUNT: String(count), BENCH_EVERY_MS: String(everyMs) };
}

export async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  const [line] = await once(createInterface({ input: stream }), 'line');
  return String(line);
}
