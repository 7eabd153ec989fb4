// One conversation as a test holds it: say, wait for what comes next, answer. Remembers how far it has read, so that every event
// is seen once. Knows commands and events only, nothing of what is behind them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandInput } from '../protocol/commands.ts';
import { fold } from '../protocol/fold.ts';
import { type ConversationView, emptyView } from '../protocol/view.ts';
import type { DaemonClient, LogEvent } from './daemon-client.ts';
import { toolResultsOf } from './scripted-api/messages.ts';
import type { ScriptedApi } from './scripted-api/server.ts';
import type { TestDaemon } from './test-daemon.ts';

type Answer = Omit<CommandInput<'permission.answer'>, 'conversationId' | 'requestId'>;

export interface Talk {
  readonly conversationId: string;
  say(text: string): Promise<void>;
  /** All events behind the last one seen, up to the next that fits. */
  next(fits: (event: LogEvent) => boolean): Promise<LogEvent[]>;
  /** The next request for a permission. */
  asked(): Promise<LogEvent>;
  /** All events behind the last one seen, up to the end of the turn. */
  ended(): Promise<LogEvent[]>;
  answer(request: LogEvent, answer: Answer): Promise<void>;
  /** Says it, allows all that is asked, and gives the turn's events. */
  allowing(text: string): Promise<LogEvent[]>;
  /** Says it, denies all that is asked, and gives the turn's events. */
  denying(text: string): Promise<LogEvent[]>;
  /** What a phone would show by now: all events seen so far, folded. */
  readonly view: ConversationView;
  /** Ends the process behind it, so that the next message starts another one that resumes the session. */
  endProcess(): Promise<void>;
}

export const isRequest = (event: LogEvent): boolean => event.type === 'permission.requested';
export const isTurnEnd = (event: LogEvent): boolean => event.type === 'turn.finished';

export async function startTalk(
  daemon: TestDaemon,
  options: Partial<CommandInput<'conversation.create'>> & { client?: DaemonClient } = {},
): Promise<Talk> {
  const { client = daemon.client, ...input } = options;
  const { conversationId } = await client.command('conversation.create', { cwd: daemon.project, ...input });
  let view = emptyView;
  let runId = '';

  async function next(fits: (event: LogEvent) => boolean): Promise<LogEvent[]> {
    const events = await client.readUntil(conversationId, fits, { after: view.last, seconds: 30 });
    view = events.reduce(fold, view);
    runId = String(events.findLast((event) => event.type === 'run.started')?.['runId'] ?? runId);
    return events;
  }

  const say = async (text: string) => {
    await client.command('message.send', { conversationId, clientId: crypto.randomUUID(), text });
  };
  const answer = async (request: LogEvent, given: Answer) => {
    const requestId = String(request['requestId']);
    await client.command('permission.answer', { conversationId, requestId, ...given });
  };

  async function answeringAll(text: string, behavior: Answer['behavior']): Promise<LogEvent[]> {
    await say(text);
    const all: LogEvent[] = [];
    for (;;) {
      all.push(...(await next((event) => isRequest(event) || isTurnEnd(event))));
      const last = all.at(-1);
      if (!last || isTurnEnd(last)) return all;
      await answer(last, { behavior });
    }
  }

  return {
    conversationId,
    say,
    next,
    answer,
    asked: async () => (await next(isRequest)).at(-1) ?? missing('request'),
    ended: () => next(isTurnEnd),
    allowing: (text) => answeringAll(text, 'allow'),
    denying: (text) => answeringAll(text, 'deny'),
    get view() {
      return view;
    },
    async endProcess() {
      const path = join(daemon.home, 'runs', runId, 'run.json');
      if (!existsSync(path)) throw new Error(`no run to end: ${runId}`);
      process.kill(JSON.parse(readFileSync(path, 'utf8')).pid, 'SIGTERM');
      await next((event) => event.type === 'run.ended');
    },
  };
}

/** What Claude's API was told as the result of this tool call; undefined as long as it was not. */
export function toldOf(api: ScriptedApi, toolId: unknown): { text: string; isError: boolean } | undefined {
  const results = api.requests.flatMap(({ body }) => (body?.messages ?? []).flatMap(toolResultsOf));
  const found = results.find((result) => result.toolUseId === toolId);
  return found && { text: found.text, isError: found.isError };
}

function missing(what: string): never {
  throw new Error(`there is no ${what}`);
}
