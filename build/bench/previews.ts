// What a preview's door costs: small files of a real Vite, asked for through it and directly, and how much later a change comes over
// its WebSocket than over one that goes straight to Vite. Both ways are measured in turns, in the same run.
import { symlinkSync, writeFileSync } from 'node:fs';
import { Agent, request as askPlainly } from 'node:http';
import { Agent as SecureAgent, request as askSecurely } from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { makeProject, startPreview, visit } from '../../daemon/testing/previews/preview-here.ts';
import { startTestDaemon } from '../../daemon/testing/test-daemon.ts';
import type { Row } from './row.ts';

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));
const rounds = 5;
const perRound = 200;
const atOnce = 8;
/** Each is changed once: Vite tells of a module again only after a browser has taken the change. */
const words = Array.from({ length: 15 }, (_, n) => `word${n}.js`);

type Ask = () => Promise<void>;

export async function previewRows(): Promise<readonly Row[]> {
  const daemon = await startTestDaemon();
  try {
    const folder = makeProject(daemon, 'vite', {
      'package.json': JSON.stringify({ scripts: { dev: 'vite' }, devDependencies: { vite: '8' } }),
      'index.html': '<!doctype html><script type="module" src="/main.js"></script>',
      'main.js': words
        .map((word) => `import './${word}';\nimport.meta.hot.accept('./${word}', () => {});\n`)
        .join(''),
      ...Object.fromEntries(words.map((word) => [word, 'export const word = 0;\n'])),
    });
    symlinkSync(packages, join(folder, 'node_modules'));
    const { previewId, appPort } = await startPreview(daemon, folder);
    const { origin, cookie } = await visit(daemon, previewId);
    const { ca } = daemon.client;
    const plain = new Agent({ keepAlive: true, maxSockets: atOnce });
    const secure = new SecureAgent({ keepAlive: true, maxSockets: atOnce, ca });
    const direct: Ask = () =>
      answered((taken) => askPlainly(`http://127.0.0.1:${appPort}/word0.js`, { agent: plain }, taken));
    const proxied: Ask = () =>
      answered((taken) => askSecurely(`${origin}/word0.js`, { agent: secure, headers: { cookie } }, taken));

    for (const warm of [direct, proxied]) await rateOf(warm);
    const ratios: number[] = [];
    const rates: number[] = [];
    const added: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const [floor, ours] = [await rateOf(direct), await rateOf(proxied)];
      rates.push(ours);
      ratios.push(ours / floor);
      added.push((await onebyOne(proxied)) - (await onebyOne(direct)));
    }
    const later = await changeDelays({ folder, appPort: appPort ?? 0, origin, cookie, ca });
    plain.destroy();
    secure.destroy();
    const ratio = median(ratios);
    return [
      {
        what: 'preview, small files',
        value: `${Math.round(median(rates)).toLocaleString('en')} requests/s (${ratio.toFixed(2)} of direct)`,
        budget: '≥ 0.70 of direct',
        isWithin: ratio >= 0.7,
      },
      {
        what: 'preview, added to a request',
        value: `${median(added).toFixed(2)} ms`,
        budget: '',
        isWithin: true,
      },
      {
        what: 'preview, added to a change',
        value: `${median(later).toFixed(2)} ms`,
        budget: '≤ 5 ms',
        isWithin: median(later) <= 5,
      },
    ];
  } finally {
    await daemon.close();
  }
}

/** Requests a second. */
async function rateOf(ask: Ask): Promise<number> {
  let left = perRound;
  const start = performance.now();
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await ask();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return perRound / ((performance.now() - start) / 1000);
}

/** ms for one when nothing else is asked. */
async function onebyOne(ask: Ask): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 50; n += 1) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
  }
  return median(times);
}

/** ms by which each of some changes comes later through the door than directly, to the same process. */
async function changeDelays(options: {
  folder: string;
  appPort: number;
  origin: string;
  cookie: string;
  ca: string;
}): Promise<readonly number[]> {
  const { folder, appPort, origin, cookie, ca } = options;
  for (const path of ['', 'main.js', ...words]) await fetch(`http://127.0.0.1:${appPort}/${path}`);
  const client = await (await fetch(`http://127.0.0.1:${appPort}/@vite/client`)).text();
  const token = /wsToken = ["']([^"']+)["']/.exec(client)?.[1] ?? '';
  const straight = new WebSocket(`ws://127.0.0.1:${appPort}/?token=${token}`, 'vite-hmr');
  const headers = { cookie, origin };
  const through = new WebSocket(`${origin.replace('https', 'wss')}/?token=${token}`, 'vite-hmr', {
    ca,
    headers,
  });
  await Promise.all([straight, through].map((socket) => heard(socket, 'connected')));
  const delays: number[] = [];
  for (const word of words) {
    const times = Promise.all([straight, through].map((socket) => heard(socket, 'update')));
    writeFileSync(join(folder, word), 'export const word = 1;\n');
    const [first = 0, second = 0] = await times;
    delays.push(second - first);
  }
  straight.terminate();
  through.terminate();
  return delays;
}

function heard(socket: WebSocket, word: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const take = (data: WebSocket.RawData) => {
      if (!data.toString().includes(`"${word}"`)) return;
      socket.off('message', take);
      socket.off('error', reject);
      resolve(performance.now());
    };
    socket.once('error', reject);
    socket.on('message', take);
  });
}

function answered(
  ask: (taken: (response: NodeJS.ReadableStream) => void) => { once: Once; end(): void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const asking = ask((response) => response.resume().once('end', () => resolve()));
    asking.once('error', reject);
    asking.end();
  });
}

type Once = (event: 'error', told: (error: Error) => void) => unknown;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
