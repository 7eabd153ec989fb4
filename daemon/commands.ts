// One table: command type → the scope it needs and what it does. Every transport (WebSocket, POST, private socket) runs
// commands through `execute`, so a command is parsed and allowed in one place. A missing handler does not compile.
import * as z from 'zod/mini';
import { computerHandlers } from './commands/computer-commands.ts';
import { conversationHandlers } from './commands/conversation-commands.ts';
import { previewHandlers } from './commands/preview-commands.ts';
import { settingsHandlers } from './commands/settings-commands.ts';
import { trustHandlers } from './commands/trust-commands.ts';
import type { Handler, Services } from './commands/services.ts';
import type { Principal } from './pairing/devices.ts';
import {
  type CommandInput,
  type CommandResult,
  type CommandType,
  commands,
  isCommandType,
} from './protocol/commands.ts';
import { AppError } from './protocol/errors.ts';

const handlers: { readonly [T in CommandType]: Handler<T> } = {
  ...conversationHandlers,
  ...computerHandlers,
  ...trustHandlers,
  ...previewHandlers,
  ...settingsHandlers,
};

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
      if (handler.onlyAtComputer && principal.kind !== 'computer') throw new AppError('computer_only');
      const parsed = parseInput(known, input);
      const act = principal.kind === 'computer' ? undefined : handler.confirms?.(services, parsed, principal);
      if (act !== undefined) await services.confirmations.ask(principal, act);
      const words = await handler.audits?.(services, parsed, principal);
      // Between the yes and the act.
      if (principal.revoked.aborted) throw new AppError('unauthenticated');
      const result = await handler.run(services, parsed, principal);
      const { deviceId, label } = principal;
      if (words !== undefined) await services.audit.record({ deviceId, label, act: known, words });
      return result;
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
