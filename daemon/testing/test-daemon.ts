// The real daemon as its users start it: the built program in a process of its own, with the pinned `claude` against a
// scripted API, in a folder that nothing else uses.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { connectPrivately, type PrivateClient } from '../cli/private-client.ts';
import { claudeEnvironment, claudePath } from './claude-environment.ts';
import { endRuns } from './end-runs.ts';
import { createDaemonClient, type DaemonClient } from './daemon-client.ts';
import { type ScriptedApi, startScriptedApi } from './scripted-api/server.ts';

export const program = fileURLToPath(new URL('../../dist/porchlight.js', import.meta.url));

export interface TestDaemon {
  readonly folder: string;
  readonly home: string;
  /** A project folder that exists. */
  readonly project: string;
  readonly api: ScriptedApi;
  readonly url: string;
  readonly pid: number;
  /** The lines that it has printed since its last start, behind the first. */
  readonly said: readonly string[];
  /** With a token for all scopes but admin. */
  readonly client: DaemonClient;
  /** Whoever sits at the computer: over the private socket, as the command line does. */
  readonly owner: PrivateClient;
  /** Runs `porchlight <args>` as they are. */
  runAnywhere(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }>;
  /** Runs `porchlight <args>` against this home. */
  run(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }>;
  /** Starts `porchlight <args>` and gives its first line as soon as it is printed. */
  begin(...args: string[]): Promise<{ firstLine: string; closed: Promise<number | null> }>;
  /** Ends the daemon by this signal and waits for its end; Claude's runs go on. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same home and port. */
  start(): Promise<void>;
  /** Stops it in good order and starts it with these arguments added. */
  restartWith(...args: string[]): Promise<void>;
  /** Stops everything that was started and removes the folder. */
  close(): Promise<void>;
}

export interface TestDaemonOptions {
  readonly api?: ScriptedApi;
  /** Added to the daemon's command line. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly host?: string;
  /** Where Porchlight keeps its things; default: a folder of its own. */
  readonly home?: string;
  /** Another daemon's `tls` folder, copied into the new home; default: the daemon makes its own, which takes a third of its start. */
  readonly tls?: string;
  /** What lies in the project folder: name → content. */
  readonly files?: Readonly<Record<string, string>>;
  /** Another build of it; default: the one in dist. */
  readonly program?: string;
  /** Where the daemon is told that `claude` is, relative to `folder`; default: the pinned one. */
  readonly claude?: string;
  /** The client takes any certificate; see createDaemonClient. */
  readonly trustsBlindly?: boolean;
}

export async function startTestDaemon(options: TestDaemonOptions = {}): Promise<TestDaemon> {
  if (!existsSync(program)) throw new Error('dist/porchlight.js is missing: run npm run build');
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-test-'));
  const home = options.home ?? join(folder, 'home');
  const project = join(folder, 'project');
  mkdirSync(project);
  if (options.tls !== undefined) copyPrivately(options.tls, join(home, 'tls'));
  const files = options.files ?? { 'hello.js': "console.log('hello');\n" };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
  const api = options.api ?? (await startScriptedApi());
  const env = { ...claudeEnvironment({ folder: join(folder, 'world'), apiUrl: api.url }), ...options.env };
  let child: ChildProcess | undefined;
  let port = 0;
  let url = '';
  let said: string[] = [];

  async function start(...added: string[]): Promise<void> {
    const args = [
      'serve',
      '--home',
      home,
      '--port',
      String(port),
      '--host',
      options.host ?? '127.0.0.1',
      '--json',
    ];
    const claude = ['--claude', options.claude === undefined ? claudePath : join(folder, options.claude)];
    const more = ['--tray', 'off', ...claude, '--projects', folder, ...(options.args ?? []), ...added];
    child = spawn(process.execPath, [options.program ?? program, ...args, ...more], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const words: string[] = [];
    child.stderr?.on('data', (chunk: Buffer) => words.push(chunk.toString()));
    const lines = createInterface({ input: child.stdout ?? process.stdin });
    const all: string[] = [];
    await new Promise<void>((resolve) => {
      lines.on('line', (line) => all.push(line));
      lines.once('line', () => resolve()).once('close', resolve);
    });
    const first = all.shift();
    if (first === undefined) throw new Error(`the daemon did not start: ${words.join('')}`);
    said = all;
    const ready = JSON.parse(first);
    url = ready.url;
    port = Number(new URL(url).port);
  }

  async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const running = child;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const exited = once(running, 'exit');
    running.kill(signal);
    await exited;
  }

  const run = (...args: string[]) => runAnywhere(...args, '--home', home);

  async function runAnywhere(...args: string[]) {
    const command = spawn(process.execPath, [program, ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr] = [command.stdout, command.stderr].map(collect);
    const [code] = await once(command, 'close');
    return { code: code as number | null, stdout: stdout?.() ?? '', stderr: stderr?.() ?? '' };
  }

  async function begin(...args: string[]) {
    const command = spawn(process.execPath, [program, ...args, '--home', home], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = once(command, 'close').then(([code]) => code as number | null);
    const lines = createInterface({ input: command.stdout });
    const [firstLine] = await once(lines, 'line');
    return { firstLine: String(firstLine), closed };
  }

  await start();
  const owner = await connectPrivately(home, env);
  const { token } = await owner.run('token.create', { name: 'test' });
  const { trustsBlindly = false } = options;
  const client = createDaemonClient({ url, home, token, trustsBlindly });
  return {
    ...{ folder, home, project, api, client, owner, run, runAnywhere, begin, stop, start: () => start() },
    get url() {
      return url;
    },
    get said() {
      return said;
    },
    get pid() {
      return child?.pid ?? 0;
    },
    async restartWith(...args) {
      await stop();
      await start(...args);
    },
    async close() {
      await stop();
      await endRuns(home);
      if (!options.api) await api.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function copyPrivately(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(from)) copyFileSync(join(from, name), join(to, name));
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}
