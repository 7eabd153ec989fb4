// One table: command type → the scope it needs and what it does. Every transport (WebSocket, POST, private socket) runs
// commands through `execute`, so a command is parsed and allowed in one place. A missing handler does not compile.
import * as z from 'zod/mini';
import type { ConversationCommand } from './conversations/decide.ts';
import type { Conversations } from './conversations/conversations.ts';
import { touchedFiles } from './conversations/touched-files.ts';
import { outlineOf } from './conversations/outline.ts';
import { searchView } from './conversations/search.ts';
import type { Codes } from './pairing/codes.ts';
import type { Devices, Principal } from './pairing/devices.ts';
import type { Pairings } from './pairing/pairings.ts';
import type { FileNames } from './projects/file-names.ts';
import type { Projects } from './projects/projects.ts';
import {
  type CommandInput,
  type CommandResult,
  type CommandType,
  commands,
  isCommandType,
} from './protocol/commands.ts';
import { AppError } from './protocol/errors.ts';
import type { ClaudeHealth, Scope } from './protocol/lobby.ts';
import { pairFragment } from './protocol/pairing.ts';

/** What a phone or token may do unless the person says otherwise: talk and approve, but not let others in. */
export const usualScopes: readonly Scope[] = ['read', 'use', 'approve'];

export interface Services {
  readonly conversations: Conversations;
  readonly projects: Projects;
  readonly fileNames: FileNames;
  readonly codes: Codes;
  readonly pairings: Pairings;
  readonly devices: Devices;
  readonly checkClaude: () => Promise<ClaudeHealth>;
  readonly status: () => Promise<CommandResult<'daemon.status'>>;
  /** Where phones reach the daemon, best first, e.g. `https://192.168.1.20:47000`. */
  readonly urls: () => readonly string[];
  readonly daemonId: string;
  /** SHA-256 of the certificate, as browsers show it. */
  readonly fingerprint: string;
}

type Handler<T extends CommandType> = {
  readonly scope: Scope;
  readonly run: (
    services: Services,
    input: CommandInput<T>,
    principal: Principal,
  ) => Promise<CommandResult<T>>;
};

const handlers: { readonly [T in CommandType]: Handler<T> } = {
  'conversation.create': {
    scope: 'use',
    async run({ conversations, projects }, { cwd, title = '', mode = 'default', model = null }, { scopes }) {
      // A mode that asks for less answers in advance, so it takes the right to answer.
      const asksForAll = mode === 'default' || mode === 'plan' || mode === 'dontAsk';
      if (!asksForAll && !scopes.includes('approve')) throw new AppError('forbidden');
      return {
        conversationId: await conversations.create({ cwd: await projects.resolve(cwd), title, mode, model }),
      };
    },
  },
  'conversation.list': {
    scope: 'read',
    run: async ({ conversations }) => ({ conversations: [...conversations.list()] }),
  },
  'conversation.outline': {
    scope: 'read',
    run: async ({ conversations }, { conversationId }) => ({
      prompts: outlineOf((await conversations.get(conversationId)).view),
    }),
  },
  'conversation.search': {
    scope: 'read',
    async run({ conversations }, { conversationId, text }) {
      const { hits, more } = await searchView((await conversations.get(conversationId)).view, text);
      return { hits: [...hits], more };
    },
  },
  'conversation.rename': inConversation('conversation.rename', 'use'),
  'conversation.fork': {
    scope: 'use',
    run: ({ conversations }, { conversationId, messageId = null }, { deviceId }) =>
      conversations.fork({ conversationId, messageId, deviceId }),
  },
  'conversation.previewRewind': {
    scope: 'use',
    async run({ conversations }, { conversationId, messageId }) {
      const preview = await (await conversations.get(conversationId)).past.preview(messageId);
      return { ...preview, files: [...preview.files] };
    },
  },
  'conversation.rewind': {
    scope: 'use',
    async run({ conversations }, { conversationId, messageId, files }, { deviceId, scopes }) {
      if (files && !scopes.includes('approve')) throw new AppError('forbidden');
      const { past } = await conversations.get(conversationId);
      return { text: await past.rewind({ messageId, files, deviceId }) };
    },
  },
  // It writes files unasked, as an answer to a permission does.
  'files.restore': {
    scope: 'approve',
    async run({ conversations }, { conversationId, messageId }, { deviceId }) {
      const { past } = await conversations.get(conversationId);
      return { files: [...(await past.restore({ messageId, deviceId }))] };
    },
  },
  'task.stop': inConversation('task.stop', 'use'),
  'task.background': {
    scope: 'use',
    async run({ conversations }, { conversationId, toolId }) {
      await (await conversations.get(conversationId)).toBackground(toolId);
      return {};
    },
  },
  'conversation.configure': inConversation('conversation.configure', 'approve'),
  'conversation.delete': {
    scope: 'use',
    async run({ conversations }, { conversationId }) {
      await conversations.delete(conversationId);
      return {};
    },
  },
  'message.send': {
    scope: 'use',
    run: async ({ conversations }, input, { deviceId }) =>
      (await conversations.get(input.conversationId)).handle({ type: 'message.send', ...input }, deviceId),
  },
  'message.edit': inConversation('message.edit', 'use'),
  'message.steer': inConversation('message.steer', 'use'),
  'message.withdraw': inConversation('message.withdraw', 'use'),
  'message.settle': inConversation('message.settle', 'use'),
  'queue.reorder': inConversation('queue.reorder', 'use'),
  'turn.stop': inConversation('turn.stop', 'use'),
  'conversation.catalog': {
    scope: 'use',
    run: async ({ conversations }, { conversationId }) => (await conversations.get(conversationId)).catalog(),
  },
  'conversation.inspectContext': {
    scope: 'use',
    run: async ({ conversations }, { conversationId }) =>
      (await conversations.get(conversationId)).contextUsage(),
  },
  'file.suggest': {
    scope: 'use',
    async run({ conversations, fileNames }, { conversationId, query }) {
      const { view } = await conversations.get(conversationId);
      return { files: await fileNames.suggest({ cwd: view.cwd, query, touched: touchedFiles(view) }) };
    },
  },
  'permission.answer': inConversation('permission.answer', 'approve'),
  'project.list': { scope: 'use', run: ({ projects }) => projects.list() },
  'project.browse': { scope: 'use', run: ({ projects }, { path }) => projects.browse(path) },
  'pairing.start': {
    scope: 'admin',
    async run({ codes, daemonId, fingerprint, urls }, { scopes }) {
      const { qrModules } = await import('./pairing/qr-code.ts');
      const { code, expiresAt } = codes.make(scopes ?? usualScopes);
      const url = `${urls()[0]}/p#${pairFragment(code, daemonId)}`;
      return { url, code, expiresAt, fingerprint, modules: qrModules(url) };
    },
  },
  'pairing.answer': {
    scope: 'admin',
    async run({ pairings }, { pairingId, behavior }) {
      await pairings.answer(pairingId, behavior);
      return {};
    },
  },
  'device.list': { scope: 'admin', run: async ({ devices }) => ({ devices: [...devices.list()] }) },
  'device.revoke': {
    scope: 'admin',
    async run({ devices }, { deviceId }) {
      await devices.revoke(deviceId);
      return {};
    },
  },
  'token.create': {
    scope: 'admin',
    async run({ devices }, { name, scopes }) {
      const { token, device } = await devices.addToken({ label: name, scopes: scopes ?? usualScopes });
      return { token, deviceId: device.deviceId };
    },
  },
  'claude.check': { scope: 'use', run: async ({ checkClaude }) => ({ health: await checkClaude() }) },
  'daemon.status': { scope: 'read', run: ({ status }) => status() },
};

/** A command that one conversation decides on, and that answers nothing but that it is done. */
function inConversation<T extends Exclude<ConversationCommand['type'], 'message.send'>>(
  type: T,
  scope: Scope,
): Handler<T> {
  return {
    scope,
    async run({ conversations }, input, { deviceId }) {
      // The type and its input belong together by T, which the compiler cannot follow into the union.
      const command = { type, ...input } as unknown as ConversationCommand;
      await (await conversations.get(command.conversationId)).handle(command, deviceId);
      return {} as CommandResult<T>;
    },
  };
}

/** Parses, checks the scope, runs. Rejects with an AppError when refused; anything else it rejects with is a bug. */
export type Execute = (
  command: { readonly type: unknown; readonly [field: string]: unknown },
  principal: Principal,
) => Promise<unknown>;

export function createExecute(services: Services): Execute {
  return async ({ type, ...fields }, principal) => {
    if (principal.revoked.aborted) throw new AppError('unauthenticated');
    if (!isCommandType(type))
      throw new AppError('bad_request', `There is no command ${JSON.stringify(type)}.`);
    return run(type, fields);

    async function run<T extends CommandType>(known: T, input: unknown): Promise<CommandResult<T>> {
      const handler: Handler<T> = handlers[known];
      if (!principal.scopes.includes(handler.scope)) {
        throw new AppError(
          'forbidden',
          `This device may not do that: it lacks the scope "${handler.scope}".`,
        );
      }
      return handler.run(services, parseInput(known, input), principal);
    }
  };
}

function parseInput<T extends CommandType>(type: T, input: unknown): CommandInput<T> {
  const parsed = z.object(commands[type].input).safeParse(input);
  if (parsed.success) return parsed.data as CommandInput<T>;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join('.') || type;
  throw new AppError('bad_request', `${type}: ${place}: ${issue?.message ?? 'not valid'}`);
}
