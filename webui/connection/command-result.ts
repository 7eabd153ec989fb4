// What a command answered, in its own shape. Throws `AppError` for a refusal.
import {
  type CommandResult,
  type CommandType,
  commands,
  type Reply,
} from '../../daemon/protocol/commands.ts';
import { resultOf } from '../http.ts';

export function commandResult<T extends CommandType>(type: T, reply: Reply): CommandResult<T> {
  // The table pairs each type with its result's schema; TypeScript cannot follow that through an index.
  return commands[type].result.parse(resultOf(reply)) as CommandResult<T>;
}
