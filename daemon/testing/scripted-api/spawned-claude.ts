// The real `claude` as a test sees it: a project folder, lines in, lines out, waiting for a line instead of for time.
// For tests of the scripted API only: the daemon's own way to run `claude` is another one and must not lean on this.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { claudeEnvironment, claudePath } from '../claude-environment.ts';

/** One line of the CLI's output; its shapes are the tests' business. */
export type Line = Readonly<Record<string, unknown>>;

export interface SpawnedClaude {
  /** The project folder, empty at first. */
  readonly folder: string;
  /** All lines so far. */
  readonly lines: readonly Line[];
  send(text: string): void;
  /** Answers a `can_use_tool` request. */
  answer(requestId: unknown, answer: object): void;
  /** The next line behind the one returned last that fits; rejects when the CLI ends without one. */
  next(fits: (line: Line) => boolean): Promise<Line>;
  /** Ends the process, in mid-turn too, and removes the folders. Safe to call twice. */
  close(): Promise<void>;
}

export interface SpawnClaudeOptions {
  readonly apiUrl: string;
  /** Beside those of `claudeEnvironment`. */
  readonly environment?: Readonly<Record<string, string>>;
}

const flags = ['-p', '--input-format', 'stream-json', '--output-format', 'stream-json', '--verbose'].concat(
  ['--include-partial-messages', '--replay-user-messages', '--permission-prompt-tool', 'stdio'],
  ['--permission-mode', 'default', '--settings', '{"useAutoModeDuringPlan":false}', '--session-id'],
);

export async function spawnClaude({ apiUrl, environment = {} }: SpawnClaudeOptions): Promise<SpawnedClaude> {
  const root = await mkdtemp(join(tmpdir(), 'porchlight-claude-'));
  const folder = join(root, 'project');
  await mkdir(folder);
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(claudePath, [...flags, randomUUID()], {
    cwd: folder,
    env: { ...claudeEnvironment({ folder: join(root, 'claude'), apiUrl }), ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: Line[] = [];
  const output = createInterface({ input: child.stdout });
  let read = 0;
  let isOver = false;
  let wake = () => {};
  output.on('line', (line) => {
    lines.push(JSON.parse(line) as Line);
    wake();
  });
  output.on('close', () => {
    isOver = true;
    wake();
  });
  const cleanUp = () => rm(root, { recursive: true, force: true, maxRetries: 3 });
  const write = (line: object) => child.stdin.write(`${JSON.stringify(line)}\n`);

  return {
    folder,
    lines,
    send: (text) => {
      const message = { role: 'user', content: text };
      write({ type: 'user', message, parent_tool_use_id: null, uuid: randomUUID() });
    },
    answer: (requestId, answer) => {
      const response = { subtype: 'success', request_id: requestId, response: answer };
      write({ type: 'control_response', response });
    },
    next: async (fits) => {
      for (;;) {
        const found = lines.findIndex((line, index) => index >= read && fits(line));
        const line = lines[found];
        if (line !== undefined) {
          read = found + 1;
          return line;
        }
        if (isOver) throw new Error('claude ended without such a line');
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    close: async () => {
      const exited = once(child, 'exit');
      if (child.exitCode !== null || child.signalCode !== null || !child.kill('SIGTERM')) return cleanUp();
      await exited;
      await cleanUp();
    },
  };
}
