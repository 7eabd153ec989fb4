// A previewed project under test: a daemon with a folder, its preview approved and started, and a browser's way in through the gateway.
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { dirname, join } from 'node:path';
import type { PreviewSummary } from '../../protocol/previews.ts';
import type { TestDaemon } from '../test-daemon.ts';
import { until } from '../until.ts';

/** Writes a project beside the daemon's own things and gives its folder. */
export function makeProject(
  daemon: TestDaemon,
  name: string,
  files: Readonly<Record<string, string>>,
): string {
  const folder = join(daemon.folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return realpathSync(folder);
}

/** A project that is one Node script, started by `npm run dev`. */
export function nodeProject(script: string): Record<string, string> {
  return { 'package.json': JSON.stringify({ scripts: { dev: 'node server.cjs' } }), 'server.cjs': script };
}

/** Approves the first offer of the folder, or the one with this name, and gives its preview's id. */
export async function approve({ client }: TestDaemon, folder: string, name?: string): Promise<string> {
  const { offers } = await client.command('preview.detect', { folder });
  const offer = offers.find((one) => name === undefined || one.name === name);
  if (!offer) throw new Error(`nothing is offered: ${JSON.stringify(offers)}`);
  const { previewId } = await client.command('preview.approve', { folder, offerId: offer.offerId });
  return previewId;
}

export async function previewOf({ client }: TestDaemon, previewId: string): Promise<PreviewSummary> {
  const { previews } = await client.command('preview.list', {});
  const found = previews.find((one) => one.previewId === previewId);
  if (!found) throw new Error(`there is no preview ${previewId}`);
  return found;
}

export function inState(
  daemon: TestDaemon,
  previewId: string,
  ...states: PreviewSummary['state'][]
): Promise<PreviewSummary> {
  return until(
    `the preview is ${states.join(' or ')}`,
    async () => {
      const preview = await previewOf(daemon, previewId);
      return states.includes(preview.state) && preview;
    },
    { seconds: 60 },
  );
}

/** Approves, starts, and waits until it answers. */
export async function startPreview(
  daemon: TestDaemon,
  folder: string,
  name?: string,
): Promise<PreviewSummary> {
  const previewId = await approve(daemon, folder, name);
  await daemon.client.command('preview.start', { previewId });
  const preview = await inState(daemon, previewId, 'ready', 'crashed');
  if (preview.state === 'crashed') throw new Error(`${preview.reason}\n${preview.lastLines.join('\n')}`);
  return preview;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Name, value, name, value … as on the wire. */
  readonly raw: readonly string[];
  readonly body: string;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

export interface Visitor {
  /** `https://localhost:47100` */
  readonly origin: string;
  readonly cookie: string;
  /** The answer to the ticket. */
  readonly entry: Answer;
  /** As a browser that is in, with its cookie. */
  ask(path: string, asking?: Asking): Promise<Answer>;
}

/** Goes in with a ticket of its own. */
export async function visit(
  { client }: TestDaemon,
  previewId: string,
  {
    bridge = false,
    inspect = false,
    by = client,
  }: { bridge?: boolean; inspect?: boolean; by?: TestDaemon['client'] } = {},
): Promise<Visitor> {
  const { port, path } = await by.command('preview.open', { previewId, bridge, inspect });
  const origin = `https://localhost:${port}`;
  const entry = await askOnce(client.ca, `${origin}${path}`, {});
  const [cookie = ''] = entry.headers['set-cookie']?.[0]?.split(';') ?? [];
  return {
    ...{ origin, cookie, entry },
    ask: (target, asking = {}) =>
      askOnce(client.ca, `${origin}${target}`, { ...asking, headers: { cookie, ...asking.headers } }),
  };
}

export function askOnce(
  ca: string,
  url: string,
  { method = 'GET', headers = {}, body }: Asking,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const path = url.slice(url.indexOf('/', 'https://'.length));
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    );
    const call = request(
      { hostname, port, path, method, ca, servername: 'localhost', headers: sent, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            ...{ status: response.statusCode ?? 0, headers: response.headers, raw: response.rawHeaders },
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    call.once('error', reject);
    call.end(body);
  });
}
