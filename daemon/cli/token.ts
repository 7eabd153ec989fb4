// `porchlight token create`: an API token for a script, shown once.
import { Scope } from '../protocol/lobby.ts';
import type { Environment } from './environment.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { connectPrivately } from './private-client.ts';

export async function createToken(
  { print, env }: Environment,
  options: { home: string; name: string; scopes: string; json: boolean },
): Promise<void> {
  const scopes = options.scopes.split(',').map((word) => {
    const scope = Scope.safeParse(word.trim());
    if (scope.success) return scope.data;
    throw new CliError(
      exitCodes.usage,
      `There is no scope "${word.trim()}". There are: read, use, approve, admin.`,
    );
  });
  const client = await connectPrivately(options.home, env);
  const { token } = await client.run('token.create', { name: options.name, scopes });
  if (options.json) print(JSON.stringify({ token }));
  else print(`${token}\n\nKeep it safe: it is not shown again. Send it as: Authorization: Bearer <token>`);
}
