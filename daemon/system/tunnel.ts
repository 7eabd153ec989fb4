// A tunnel program as a child of the daemon: started, its public address read from what it prints, ended. Which address is let in
// is decided elsewhere. A program that a killed daemon has left behind is ended by the next.
import { rm } from 'node:fs/promises';
import { devNull } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Clock } from '../ports.ts';
import type { OpenTunnel } from '../ports/remote.ts';
import { AppError } from '../protocol/errors.ts';
import type { Via } from '../protocol/remote.ts';
import { orUndefined } from './certificate-faults.ts';
import { readIfThere } from './certificate.ts';
import { writeDurably } from './durable-file.ts';
import { type Processes, signalProcess } from './processes.ts';
import { type Child, spawnChild } from './spawn.ts';

const patienceMs = 30_000;
const graceMs = 3000;

interface Program {
  readonly args: (origin: string) => readonly string[];
  /** The public address, if this line tells it. */
  readonly urlIn: (line: string) => string | undefined;
  /** What the program complains of, if this line does. */
  readonly faultIn: (line: string) => string | undefined;
  readonly install: string;
}

/** The computer's certificate is for nobody but phones, and the way to it here is the loopback: neither program verifies it. */
export const programs: Readonly<Record<Via, Program>> = {
  ngrok: {
    // It does not verify upstream certificates by itself. Its inspector would keep every request, tokens and all, for any program here.
    args: (origin) => [
      'http',
      origin,
      '--inspect=false',
      '--log=stdout',
      '--log-format=json',
      '--log-level=info',
    ],
    urlIn: (line) => {
      const { msg, url } = ngrokLine(line);
      return msg === 'started tunnel' && url !== undefined && isOrigin(url) ? url : undefined;
    },
    faultIn: (line) => {
      const { lvl, err } = ngrokLine(line);
      if ((lvl === 'eror' || lvl === 'crit') && err !== undefined && err !== '<nil>') return err;
      return /^ERROR:\s+(.*\S)/.exec(line)?.[1];
    },
    install: 'Install it from https://ngrok.com/download, and give it your authtoken',
  },
  cloudflared: {
    // A person's own configuration would have it run that person's own tunnels instead.
    args: (origin) => ['tunnel', '--config', devNull, '--no-autoupdate', '--no-tls-verify', '--url', origin],
    // In its box only: its complaints name an address of trycloudflare.com, too.
    urlIn: (line) => /\|\s+(https:\/\/[a-z0-9-]+\.trycloudflare\.com)\s+\|/.exec(line)?.[1],
    faultIn: (line) => /\sERR (.*\S)/.exec(line)?.[1] ?? /^(failed .*\S)/.exec(line)?.[1],
    install:
      'Install it: https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/downloads/',
  },
};

const NgrokLine = z.looseObject({
  lvl: z.optional(z.string()),
  msg: z.optional(z.string()),
  url: z.optional(z.string()),
  err: z.optional(z.string()),
});

function ngrokLine(line: string): z.infer<typeof NgrokLine> {
  return NgrokLine.safeParse(orUndefined(() => JSON.parse(line))).data ?? {};
}

function isOrigin(url: string): boolean {
  return /^https:\/\/[a-z0-9.-]+(:\d+)?$/i.test(url);
}

export function createOpenTunnel(options: {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly processes: Processes;
}): OpenTunnel {
  const { home, env, clock, processes } = options;
  return async ({ via, origin, signal }) => {
    const { args, urlIn, faultIn, install } = programs[via];
    let found: (url: string) => void = () => undefined;
    const url = new Promise<string>((resolve) => {
      found = resolve;
    });
    let fault = '';
    const onLine = (line: string) => {
      const told = urlIn(line);
      if (told !== undefined) found(told);
      fault = faultIn(line) ?? fault;
    };
    const child = await spawnChild({ file: via, args: args(origin), env, onLine }).catch((error: unknown) => {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      const why = isMissing
        ? `${via} is not installed on the computer. ${install}.`
        : `${via} cannot be started: ${error}`;
      throw new AppError('tunnel_failed', why, { cause: error });
    });
    const start = await processes.startOf(child.pid);
    await writeDurably(noteOf(home), JSON.stringify({ pid: child.pid, start }));
    const gone = child.exited.then(async () => {
      await rm(noteOf(home), { force: true });
      return `${via} has ended${fault === '' ? '' : `: ${fault.slice(0, 300)}`}.`;
    });
    const first = await Promise.race([
      url,
      gone.then((why) => ({ why })),
      late(clock, via),
      calledOff(signal),
    ]);
    if (typeof first === 'string')
      return { url: first.toLowerCase(), ended: gone, close: () => end(child, clock) };
    await end(child, clock);
    await gone;
    throw new AppError('tunnel_failed', first.why);
  };
}

function late(clock: Clock, via: Via): Promise<{ why: string }> {
  const why = `${via} has told no public address within ${patienceMs / 1000} s. Try it in a terminal to see why.`;
  return new Promise((resolve) => clock.after(patienceMs, () => resolve({ why })));
}

function calledOff(signal: AbortSignal): Promise<{ why: string }> {
  const told = { why: 'It was called off before it was open.' };
  return new Promise((resolve) => {
    if (signal.aborted) resolve(told);
    signal.addEventListener('abort', () => resolve(told), { once: true });
  });
}

async function end(child: Child, clock: Clock): Promise<void> {
  child.kill('SIGTERM');
  const cancel = clock.after(graceMs, () => child.kill('SIGKILL'));
  await child.exited;
  cancel();
}

function noteOf(home: string): string {
  return join(home, 'tunnel.json');
}

/** Ends a tunnel that a daemon which was killed has left behind. */
export async function endLeftTunnel(home: string, processes: Processes): Promise<void> {
  const text = await readIfThere(noteOf(home));
  if (text === undefined) return;
  const Note = z.object({ pid: z.int(), start: z.string() });
  const note = Note.safeParse(orUndefined(() => JSON.parse(text))).data;
  if (note && (await processes.startOf(note.pid)) === note.start) signalProcess(note.pid, 'SIGTERM');
  await rm(noteOf(home), { force: true });
}
