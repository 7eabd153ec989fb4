// `porchlight token create`: an API token for a script, shown once.
import type { Environment } from './environment.ts';
import { connectPrivately } from './private-client.ts';
import { parseScopes } from './scope-list.ts';

export async function createToken(
  { print, env }: Environment,
  options: { home: string; name: string; scopes: string; json: boolean },
): Promise<void> {
  const scopes = parseScopes(options.scopes);
  const client = await connectPrivately(options.home, env);
  const { token } = await client.run('token.create', { name: options.name, scopes });
  if (options.json) print(JSON.stringify({ token }));
  else print(`${token}\n\nKeep it safe: it is not shown again. Send it as: Authorization: Bearer <token>`);
}
