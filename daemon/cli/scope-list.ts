// Scopes as they are written on a command line: `read,use`.
import { Scope } from '../protocol/lobby.ts';
import { CliError, exitCodes } from './exit-codes.ts';

export function parseScopes(list: string): Scope[] {
  return list.split(',').map((word) => {
    const scope = Scope.safeParse(word.trim());
    if (scope.success) return scope.data;
    throw new CliError(
      exitCodes.usage,
      `There is no scope "${word.trim()}". There are: read, use, approve, admin.`,
    );
  });
}
