// Talks to the running daemon over its private socket: the command line's only way in.
import { type IncomingMessage, request } from 'node:http';
import * as z from 'zod/mini';
import {
  type CommandInput,
  type CommandResult,
  type CommandType,
  commands,
  Reply,
} from '../protocol/commands.ts';
import { AnyEvent } from '../protocol/events.ts';
import { privateSocketPath } from '../system/home.ts';
import { CliError, exitCodes } from './exit-codes.ts';

const LogPage = z.looseObject({ head: z.int(), events: z.array(AnyEvent) });

export interface PrivateClient {
  /** Runs a command as the owner. Rejects with a CliError whose message is the refusal's. */
  run<T extends CommandType>(type: T, input: CommandInput<T>): Promise<CommandResult<T>>;
  /** Events of the lobby behind `after`, as they come. */
  lobby(after: number, signal: AbortSignal): AsyncIterable<AnyEvent>;
  /** All events of a log, oldest first. Rejects with a CliError when there is none of that name. */
  events(log: string): AsyncIterable<AnyEvent>;
  /** Id of the lobby's last event. */
  lobbyHead(): Promise<number>;
}

export async function connectPrivately(
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<PrivateClient> {
  const socketPath = await privateSocketPath(home, env['XDG_RUNTIME_DIR']);

  function send(options: {
    method: string;
    path: string;
    headers?: Record<string, string>;
    body?: string;
    signal?: AbortSignal;
  }) {
    const { body, ...rest } = options;
    return new Promise<IncomingMessage>((resolve, reject) => {
      const call = request({ socketPath, ...rest }, resolve);
      call.once('error', (error: NodeJS.ErrnoException) => {
        const isDown = ['ENOENT', 'ECONNREFUSED', 'ENOTDIR', 'EACCES'].includes(error.code ?? '');
        reject(
          isDown
            ? new CliError(
                exitCodes.notRunning,
                `Porchlight is not running for ${home}. Start it with: porchlight start`,
              )
            : error,
        );
      });
      call.end(body);
    });
  }

  return {
    async run(type, input) {
      const headers = { 'content-type': 'application/json' };
      const response = await send({
        method: 'POST',
        path: '/api/commands',
        headers,
        body: JSON.stringify({ ...input, type }),
      });
      const reply = Reply.parse(JSON.parse(await textOf(response)));
      if (!reply.ok) throw new CliError(exitCodes.failed, reply.error.message);
      return commands[type].result.parse(reply.result) as CommandResult<typeof type>;
    },
    async *lobby(after, signal) {
      const headers = { accept: 'application/x-ndjson' };
      const response = await send({
        method: 'GET',
        path: `/api/logs/lobby/events?after=${after}`,
        headers,
        signal,
      });
      let held = '';
      for await (const chunk of response.setEncoding('utf8')) {
        const lines = `${held}${chunk}`.split('\n');
        held = lines.pop() ?? '';
        for (const line of lines) yield AnyEvent.parse(JSON.parse(line));
      }
    },
    async *events(log) {
      const headers = { accept: 'application/json' };
      for (let after = 0, head = 1; after < head; ) {
        const path = `/api/logs/${encodeURIComponent(log)}/events?after=${after}`;
        const text = await textOf(await send({ method: 'GET', path, headers }));
        const refused = Reply.safeParse(JSON.parse(text));
        if (refused.success && !refused.data.ok)
          throw new CliError(exitCodes.failed, refused.data.error.message);
        const page = LogPage.parse(JSON.parse(text));
        if (page.events.length === 0) return;
        yield* page.events;
        head = page.head;
        after = page.events.at(-1)?.id ?? head;
      }
    },
    async lobbyHead() {
      const response = await send({
        method: 'GET',
        path: '/api/logs/lobby/events?after=0',
        headers: { accept: 'application/json' },
      });
      return z.looseObject({ head: z.int() }).parse(JSON.parse(await textOf(response))).head;
    },
  };
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
