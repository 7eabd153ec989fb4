// The third client: a script over plain HTTP. Reads each log by JSON pages and NDJSON in turn, sends by POST with its own
// retries under the same clientId, over the same bad network. Lives in the harness, so it is never killed.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { CommandInput, CommandResult, CommandType } from '../../daemon/protocol/commands.ts';
import { AppError } from '../../daemon/protocol/errors.ts';
import { fold, follows } from '../../daemon/protocol/fold.ts';
import { emptyLobby, foldLobby, type LobbyView } from '../../daemon/protocol/lobby.ts';
import { type ConversationView, emptyView } from '../../daemon/protocol/view.ts';
import { createPerson } from './behaviour.ts';
import type { Journal, SeenEvent } from './journal.ts';
import type { PhoneReport } from './phones.ts';
import type { Random } from './random.ts';

type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

export interface ScriptClient {
  quiet(): void;
  /** Resolves in the moment in which the next message is acknowledged. */
  acknowledged(): Promise<void>;
  report(): PhoneReport;
  close(): void;
}

const patienceMs = 3000;

export function startScript(options: {
  fetch: Fetch;
  token: string;
  journal: Journal;
  random: Random;
  project: string;
}): ScriptClient {
  const { fetch, token, journal, random } = options;
  const over = new AbortController();
  const views = new Map<string, ConversationView>();
  let lobby: LobbyView = emptyLobby;
  let epoch: string | undefined;
  const heard = new EventTarget();
  let waiting = 0;
  let isQuiet = false;

  const get = (path: string, accept: string, ms: number) =>
    fetch(path, {
      headers: { Authorization: `Bearer ${token}`, Accept: accept },
      signal: AbortSignal.any([over.signal, AbortSignal.timeout(ms)]),
    });

  async function command<T extends CommandType>(type: T, input: CommandInput<T>): Promise<CommandResult<T>> {
    const response = await fetch('/api/commands', {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ type, ...input }),
      signal: AbortSignal.any([over.signal, AbortSignal.timeout(patienceMs)]),
    });
    const reply = JSON.parse(await response.text());
    if (!reply.ok) throw new AppError(reply.error.code, reply.error.message);
    return reply.result;
  }

  async function deliver(log: string, clientId: string, send: CommandInput<'message.send'>): Promise<void> {
    waiting += 1;
    for (;;) {
      try {
        const { eventId } = await command('message.send', send);
        journal({ did: 'acked', log, clientId, eventId });
        heard.dispatchEvent(new Event('ack'));
        break;
      } catch (error) {
        if (over.signal.aborted) return;
        if (error instanceof AppError && error.code !== 'stopping' && error.code !== 'internal') {
          journal({ did: 'refused', command: 'message.send', code: error.code, log, clientId });
          break;
        }
        await pause(200);
      }
    }
    waiting -= 1;
  }

  const isListed = (id: string) => Object.hasOwn(lobby.conversations, id);
  const lastOf = (log: string) => (log === 'lobby' ? lobby.last : (views.get(log) ?? emptyView).last);

  function take(log: string, events: readonly SeenEvent[]): void {
    journal({ did: 'saw', log, epoch, events });
    for (const event of events) {
      const last = lastOf(log);
      if (event.id <= last) continue;
      if (!follows(last, event)) return journal({ did: 'gap', log, last, got: event.id });
      if (log === 'lobby') lobby = foldLobby(lobby, event);
      else views.set(log, fold(views.get(log) ?? emptyView, event));
    }
  }

  async function readPage(log: string, path: string): Promise<void> {
    const page = JSON.parse(await (await get(path, 'application/json', patienceMs)).text());
    if (page.reset === undefined) return;
    if (page.reset) journal({ did: 'reset', log, epoch: page.epoch });
    epoch ??= page.epoch;
    take(log, page.events);
  }

  async function readLines(log: string, path: string): Promise<void> {
    const response = await get(path, 'application/x-ndjson', random.between(100, 1500));
    if (!response.ok || !response.body) return;
    let held = '';
    for await (const piece of response.body.pipeThrough(
      new TextDecoderStream(),
    ) as unknown as AsyncIterable<string>) {
      const lines = (held + piece).split('\n');
      held = lines.pop() ?? '';
      for (const line of lines) {
        const record = JSON.parse(line);
        if (record.type === 'reset' && record.id === undefined)
          journal({ did: 'reset', log, epoch: record.epoch });
        else take(log, [record]);
      }
    }
  }

  async function follow(log: string): Promise<void> {
    while (!over.signal.aborted && (log === 'lobby' || isListed(log))) {
      const query = `after=${lastOf(log)}${epoch === undefined ? '' : `&epoch=${epoch}`}`;
      const path = `/api/logs/${log}/events?${query}`;
      // A network that fails is the point; what was read stays, and reading goes on behind it.
      await (random.chance(0.5) ? readPage(log, path) : readLines(log, path)).catch(() => undefined);
      await pause(random.between(20, 200));
      if (log === 'lobby') for (const id of Object.keys(lobby.conversations)) begin(id);
    }
  }

  function begin(log: string): void {
    if (views.has(log)) return;
    views.set(log, emptyView);
    void follow(log);
  }

  const person = createPerson({
    client: {
      command,
      get listed() {
        return lobby.last === 0 ? undefined : Object.keys(lobby.conversations).length;
      },
      views: () => [...views].filter(([id, view]) => view.last > 0 && isListed(id)),
      async send(conversationId, text, steer) {
        const clientId = randomUUID();
        journal({ did: 'send', log: conversationId, clientId, text });
        void deliver(conversationId, clientId, { conversationId, clientId, text, ...(steer && { steer }) });
        return clientId;
      },
      get waiting() {
        return waiting;
      },
    },
    ...{ journal, name: 'script', project: options.project, random: random.part('person') },
  });

  void follow('lobby');
  void (async () => {
    const rhythm = random.part('rhythm');
    while (!over.signal.aborted) {
      await pause(rhythm.between(5, 90));
      void (isQuiet ? person.answer() : person.act()).catch((error: unknown) => {
        journal({ did: 'failed', error: `the script: ${error}` });
      });
    }
  })();

  return {
    quiet() {
      isQuiet = true;
    },
    acknowledged: () =>
      new Promise((resolve) => heard.addEventListener('ack', () => resolve(), { once: true })),
    report: () => ({ waiting, refused: 0, state: 'live', lobby, views: Object.fromEntries(views) }),
    close: () => over.abort(),
  };
}
