// `porchlight qr`: a new pairing code of the running daemon, drawn. What becomes of it is followed elsewhere.
import type { Environment } from './environment.ts';
import { drawQr } from './pairing-card.ts';
import { connectPrivately } from './private-client.ts';
import { parseScopes } from './scope-list.ts';

export async function showQr(
  { print, env, isTerminal }: Environment,
  options: { home: string; scopes: string; json: boolean },
): Promise<void> {
  const scopes = parseScopes(options.scopes);
  const client = await connectPrivately(options.home, env);
  const { url, code, typed, expiresAt, modules } = await client.run('pairing.start', { scopes });
  if (options.json) return print(JSON.stringify({ url, code, typed, expiresAt, modules }));
  print(drawQr(modules, { isTerminal }));
}
