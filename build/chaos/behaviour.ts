// What a person with a client does in a chaos run: sends, sends copies at once, answers, stops, changes what waits, begins,
// renames and deletes conversations. The same for every client; how a command gets to the daemon is the client's own.
import type { CommandInput, CommandResult, CommandType } from '../../daemon/protocol/commands.ts';
import { AppError } from '../../daemon/protocol/errors.ts';
import type { ConversationView } from '../../daemon/protocol/view.ts';
import type { Journal } from './journal.ts';
import type { Random } from './random.ts';

export interface Client {
  /** Rejects with AppError when refused, with anything else when nobody knows. */
  command<T extends CommandType>(type: T, input: CommandInput<T>): Promise<CommandResult<T>>;
  /** How many the client's list has; undefined before it has one. */
  readonly listed: number | undefined;
  /** Conversations as the client sees them, by id. */
  views(): readonly (readonly [string, ConversationView])[];
  /** Resolves with the message's clientId when it is safe with the client, which then sends it by itself. */
  send(conversationId: string, text: string, steer: boolean): Promise<string>;
  /** Messages that are not acknowledged yet. */
  readonly waiting: number;
}

export interface Person {
  /** One thing, by chance. */
  act(): Promise<void>;
  /** Answers what is asked, if anything is. */
  answer(): Promise<void>;
}

const acts = {
  ...{ send: 50, copies: 12, steer: 4, answer: 20, stop: 3, queue: 8, create: 3 },
  ...{ rename: 2, remove: 0.5 },
};
const mostConversations = 5;
/** Fewer are left alone. */
const fewestConversations = 4;
const enoughWaiting = 6;
/** Refusals that may be right, because somebody else was quicker or the daemon is on its way out. */
const usual = ['no_turn', 'already_answered', 'not_waiting', 'stopping'];

export function createPerson(options: {
  client: Client;
  random: Random;
  journal: Journal;
  name: string;
  project: string;
}): Person {
  const { client, random, journal, name, project } = options;
  let count = 0;
  const words = () => {
    count += 1;
    return `${name} ${count} ${'word '.repeat(random.between(0, 40))}${random.chance(0.1) ? '☂ "\\\n\t' : ''}.`;
  };

  /** True when the daemon said that it is done. */
  async function ask<T extends CommandType>(
    type: T,
    input: CommandInput<T>,
  ): Promise<CommandResult<T> | undefined> {
    try {
      return await client.command(type, input);
    } catch (error) {
      if (error instanceof AppError && !usual.includes(error.code))
        journal({ did: 'refused', command: type, code: error.code, ...logOf(input) });
      return undefined;
    }
  }

  async function send(conversationId: string, steer: boolean): Promise<void> {
    await client.send(conversationId, words(), steer);
  }

  async function sendCopies(conversationId: string): Promise<void> {
    const text = words();
    const clientId = await client.send(conversationId, text, false);
    const copies = Array.from({ length: random.between(1, 3) }, async () => {
      const done = await ask('message.send', { conversationId, clientId, text });
      if (done) journal({ did: 'acked', log: conversationId, clientId, eventId: done.eventId });
    });
    void Promise.all(copies);
  }

  async function answer(): Promise<void> {
    const asking = client.views().find(([, view]) => view.requests.length > 0);
    const request = asking?.[1].requests[0];
    if (!asking || !request) return;
    const [conversationId] = asking;
    const { requestId } = request;
    const behavior = random.chance(0.7) ? 'allow' : 'deny';
    const done = await ask('permission.answer', { conversationId, requestId, behavior });
    if (done) journal({ did: 'done', log: conversationId, fits: { type: 'permission.answered', requestId } });
  }

  async function changeQueue(conversationId: string, view: ConversationView): Promise<void> {
    const message = random.pick(view.queue);
    if (!message) return;
    const { key: messageId } = message;
    if (random.chance(0.5)) {
      const done = await ask('message.withdraw', { conversationId, messageId });
      if (done) journal({ did: 'done', log: conversationId, fits: { type: 'message.withdrawn', messageId } });
      return;
    }
    const text = words();
    const done = await ask('message.edit', { conversationId, messageId, text });
    if (done)
      journal({ did: 'done', log: conversationId, fits: { type: 'message.edited', messageId, text } });
  }

  async function create(): Promise<void> {
    if (client.listed === undefined || client.listed >= mostConversations) return;
    const done = await ask('conversation.create', { cwd: project });
    if (done) journal({ did: 'created', log: done.conversationId });
  }

  async function rename(conversationId: string): Promise<void> {
    const title = `${words().slice(0, 20).trim()} ${random.between(0, 1e9)}`;
    const done = await ask('conversation.rename', { conversationId, title });
    if (done) journal({ did: 'done', log: conversationId, fits: { type: 'conversation.renamed', title } });
  }

  async function remove(conversationId: string): Promise<void> {
    if (client.listed === undefined || client.listed < fewestConversations) return;
    journal({ did: 'deleting', log: conversationId });
    if (await ask('conversation.delete', { conversationId }))
      journal({ did: 'deleted', log: conversationId });
  }

  return {
    answer,
    async act() {
      const [conversationId, view] = random.pick(client.views()) ?? [];
      if (conversationId === undefined || view === undefined) return create();
      const mayAdd = client.waiting < enoughWaiting && view.queue.length < enoughWaiting;
      switch (random.weighted(acts)) {
        case 'send':
          return mayAdd ? send(conversationId, false) : undefined;
        case 'steer':
          return mayAdd ? send(conversationId, true) : undefined;
        case 'copies':
          return mayAdd ? sendCopies(conversationId) : undefined;
        case 'answer':
          return answer();
        case 'stop':
          if (view.turn) await ask('turn.stop', { conversationId });
          return;
        case 'queue':
          return changeQueue(conversationId, view);
        case 'rename':
          return rename(conversationId);
        case 'remove':
          return remove(conversationId);
        default:
          return create();
      }
    },
  };
}

function logOf(input: object): { log?: string } {
  return 'conversationId' in input ? { log: String(input.conversationId) } : {};
}
