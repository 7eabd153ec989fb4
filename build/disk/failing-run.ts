// Daemons whose n-th call to the file system fails, one after the other on one home, each for a short conversation. What must be
// true: nothing is acknowledged that is not there after a restart, what is refused is refused in words that name the disk, a
// start that fails says why, and all goes on by itself as soon as the disk does.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startTestDaemon, type TestDaemon } from '../../daemon/testing/test-daemon.ts';
import { until } from '../../daemon/testing/until.ts';
import { converse, whatIsLost } from './conversation.ts';

export interface Fault {
  /** Which call fails, counted from the daemon's start; 0: none, they are only counted. */
  readonly at: number;
  readonly code: 'EIO' | 'ENOSPC' | 'EROFS';
  /** All that follow fail as well, for a second and a half. */
  readonly lasts: boolean;
}

export interface Outcome {
  readonly violations: readonly string[];
  /** Calls that were counted. */
  readonly calls: number;
  /** Which call failed, e.g. `fdatasync /lobby/log/00000001.jsonl`; empty when none did. */
  readonly failed: string;
  /** What the daemon said when it could not start; empty when it could. */
  readonly refusal: string;
  /** What it refused while it ran. */
  readonly refused: readonly string[];
}

export interface FailingDaemon {
  run(fault: Fault): Promise<Outcome>;
  close(): Promise<void>;
}

const troubleMs = 1500;

export async function openFailingDaemon(): Promise<FailingDaemon> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-fault-'));
  const spec = join(folder, 'fault.json');
  const shim = resolve('build/disk/failing-calls.mjs');
  const daemon = await startTestDaemon({
    claude: 'bin/claude',
    env: { NODE_OPTIONS: `--import=${shim}`, PORCHLIGHT_FAULT: spec },
  });
  mkdirSync(join(daemon.folder, 'bin'));
  symlinkSync(resolve('daemon/testing/faulty-claude.mjs'), join(daemon.folder, 'bin', 'claude'));
  let number = 0;
  const heal = () => rmSync(spec, { force: true });
  const noted = (ending: string) =>
    existsSync(`${spec}${ending}`) ? readFileSync(`${spec}${ending}`, 'utf8') : '';

  async function endOfTrouble(signal: AbortSignal): Promise<void> {
    await until('the fault', () => noted('.what') !== '' || signal.aborted, { seconds: 600 });
    await pause(troubleMs);
    heal();
  }

  return {
    async run(fault) {
      number += 1;
      await daemon.stop();
      for (const ending of ['', '.count', '.what']) rmSync(`${spec}${ending}`, { force: true });
      writeFileSync(spec, JSON.stringify({ home: daemon.home, ...fault }));
      const over = new AbortController();
      const healed = endOfTrouble(over.signal);
      const refusal = await daemon.start().then(
        () => '',
        (error: unknown) => String(error),
      );
      const told =
        refusal === ''
          ? await converse(daemon, String(number))
          : { violations: startWords(refusal), promised: [], logs: [], deleted: [], refused: [] };
      over.abort();
      await healed;
      const violations = [...told.violations];
      if (fault.at > 0 && refusal === '') {
        const late = await daemon.client.command('daemon.status', {}).then(String, String);
        if (late.includes('Error')) violations.push(`it does not answer at the end: ${late}`);
      }
      await daemon.stop();
      heal();
      await daemon.start();
      for (const log of told.logs) {
        violations.push(...(await whatIsLost(daemon, log, told.promised)));
        // Each run begins with the same home, or the n-th call would be another each time.
        await daemon.client.command('conversation.delete', { conversationId: log });
      }
      const { conversations } = await daemon.client.command('conversation.list', {});
      for (const { conversationId } of conversations) {
        if (told.deleted.includes(conversationId))
          violations.push(`${conversationId} was deleted and is listed`);
        await daemon.client.command('conversation.delete', { conversationId });
      }
      violations.push(...strays(daemon));
      const calls = Number(noted('.count'));
      return { violations, calls, failed: noted('.what'), refusal, refused: told.refused };
    },
    async close() {
      await daemon.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Runs that no record in the home names: nobody would ever end them. */
function strays({ folder, home }: TestDaemon): string[] {
  const runs = join(home, 'runs');
  const known = readdirSync(runs).flatMap((run) => pidIn(join(runs, run, 'run.json')));
  const all = existsSync('/proc') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  const isRun = (command: string) =>
    command.includes(join(folder, 'bin', 'claude')) && command.includes('stream-json');
  const ours = all.filter((pid) => isRun(commandOf(pid)));
  return ours.filter((pid) => !known.includes(pid)).map((pid) => `the run ${pid} is known to nobody`);
}

function pidIn(record: string): string[] {
  return existsSync(record) ? [String(JSON.parse(readFileSync(record, 'utf8')).pid)] : [];
}

/** Empty for a process that is gone by now. */
function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}

/** One sentence of what is wrong with which folder, and no stack. */
function startWords(words: string): string[] {
  const isClear = /Porchlight|cannot be written to|disk/.test(words) && !/\n\s+at /.test(words);
  return isClear ? [] : [`the start fails without a clear sentence: ${words}`];
}
