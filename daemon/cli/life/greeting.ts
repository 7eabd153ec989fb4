// What is said when the daemon is up in the background: where it is, and how the first phone comes in.
import type { Environment } from '../environment.ts';
import { drawPairing } from '../pairing-card.ts';
import { connectPrivately } from '../private-client.ts';
import type { Status } from './running.ts';

export interface Loudness {
  readonly json: boolean;
  /** Nothing but errors. */
  readonly quiet: boolean;
}

export async function greet(
  environment: Environment,
  { home, status, json, quiet }: Loudness & { home: string; status: Status },
): Promise<void> {
  const { print, isTerminal, env } = environment;
  const { version, urls, pid } = status;
  if (quiet) return;
  if (json) return print(JSON.stringify({ event: 'ready', url: urls[0], pid }));
  print(`Porchlight ${version}: the light is on at ${urls.join('  ')}`);
  const client = await connectPrivately(home, env);
  print(drawPairing(await client.run('pairing.start', {}), { isTerminal }));
  print('More phones: porchlight pair · How it is: porchlight status · Stop: porchlight stop');
}
