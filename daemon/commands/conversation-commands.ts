// What the commands of one conversation do: who may give them, and which part of the conversation answers.
import type { ConversationCommand } from '../conversations/decide.ts';
import { outlineOf } from '../conversations/outline.ts';
import { searchView } from '../conversations/search.ts';
import { touchedFiles } from '../conversations/touched-files.ts';
import type { CommandResult } from '../protocol/commands.ts';
import { AppError } from '../protocol/errors.ts';
import type { Scope } from '../protocol/lobby.ts';
import { permissionWords } from './audit-words.ts';
import type { Handler, Handlers, Services } from './services.ts';

type Areas = 'conversation' | 'files' | 'file' | 'task' | 'message' | 'queue' | 'turn' | 'permission';

export const conversationHandlers: Handlers<Areas> = {
  'conversation.create': {
    scope: 'use',
    confirms: (services, { mode, cwd }, { scopes }) =>
      mode === 'bypassPermissions' && services.settings.current.allowBypass && scopes.includes('approve')
        ? `let Claude do everything unasked in ${cwd}`
        : undefined,
    audits: (_services, { mode, cwd }) =>
      mode === 'bypassPermissions' ? `began a conversation in ${cwd} that bypasses permissions` : undefined,
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
  'conversation.configure': {
    ...inConversation('conversation.configure', 'approve'),
    confirms: (services, { mode, conversationId }) =>
      mode === 'bypassPermissions' && services.settings.current.allowBypass
        ? `let Claude do everything unasked in ${titleOf(services, conversationId)}`
        : undefined,
    audits: (_services, { mode }) =>
      mode === 'bypassPermissions' ? 'let a conversation bypass permissions' : undefined,
  },
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
  'message.release': inConversation('message.release', 'use'),
  'message.settle': inConversation('message.settle', 'use'),
  'queue.reorder': inConversation('queue.reorder', 'use'),
  'turn.stop': inConversation('turn.stop', 'use'),
  'turn.settle': inConversation('turn.settle', 'use'),
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
  'file.checkOutside': {
    scope: 'use',
    async run({ conversations, fileNames }, { conversationId, paths }) {
      const { view } = await conversations.get(conversationId);
      return { paths: [...(await fileNames.outside({ cwd: view.cwd, paths }))] };
    },
  },
  'permission.answer': {
    ...inConversation('permission.answer', 'approve'),
    // Claude may be told in an answer, too, to ask no more.
    confirms: (services, { conversationId, behavior, updatedPermissions = [] }) =>
      behavior === 'allow' && services.settings.current.allowBypass && updatedPermissions.some(bypasses)
        ? `let Claude do everything unasked in ${titleOf(services, conversationId)}`
        : undefined,
    audits: permissionWords,
  },
};

function bypasses(update: unknown): boolean {
  return (
    typeof update === 'object' && update !== null && 'mode' in update && update.mode === 'bypassPermissions'
  );
}

function titleOf({ conversations }: Services, conversationId: string): string {
  const title = conversations.list().find((one) => one.conversationId === conversationId)?.title ?? '';
  return title === '' ? 'a conversation' : `“${title}”`;
}

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
