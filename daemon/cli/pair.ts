// `porchlight pair`: shows the QR code in the terminal and follows what becomes of it. With --allow it answers yes to the
// phone that used this code; the digits are printed first, so that the person can compare.
import { LobbyEvent } from '../protocol/lobby.ts';
import { scopeWords } from '../protocol/scope-words.ts';
import type { Environment } from './environment.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { connectPrivately } from './private-client.ts';
import { drawPairing } from './pairing-card.ts';
import { parseScopes } from './scope-list.ts';

export async function pair(
  environment: Environment,
  options: { home: string; allow: boolean; scopes: string; json: boolean },
): Promise<void> {
  const { print, isTerminal } = environment;
  const scopes = parseScopes(options.scopes);
  const client = await connectPrivately(options.home, environment.env);
  const head = await client.lobbyHead();
  const pairing = await client.run('pairing.start', { scopes });
  const { url, code, typed, expiresAt } = pairing;
  if (options.json) print(JSON.stringify({ url, code, typed, expiresAt }));
  else print(drawPairing(pairing, { isTerminal }));
  if (options.json && !options.allow) return;

  // Ends by itself: a code lives 120 s, and a phone that used it is answered or dropped within 60 s.
  const signal = AbortSignal.timeout(185_000);
  let label = '';
  try {
    for await (const raw of client.lobby(head, signal)) {
      const event = LobbyEvent.safeParse(raw).data;
      if (event?.type === 'pairing.requested') {
        label = event.label;
        if (!options.json)
          print(`“${label}” at ${event.address} shows ${event.digits.slice(0, 3)} ${event.digits.slice(3)}.`);
        if (!options.json) print(`Once allowed it may ${scopeWords(event.scopes ?? scopes)}.`);
        if (options.allow)
          await client.run('pairing.answer', { pairingId: event.pairingId, behavior: 'allow', scopes });
        else if (!options.json)
          print('Compare the digits, then press Allow on the pair page, or run: porchlight pair --allow');
      }
      if (event?.type !== 'pairing.settled') continue;
      if (event.outcome !== 'allowed')
        throw new CliError(exitCodes.denied, `“${event.label}” was not paired (${event.outcome}).`);
      if (!options.json) print(`“${event.label}” is paired.`);
      return;
    }
  } catch (error) {
    if (error instanceof CliError || !(error instanceof Error)) throw error;
    if (error.name !== 'TimeoutError' && error.name !== 'AbortError') {
      throw new CliError(exitCodes.notRunning, 'Porchlight stopped meanwhile.');
    }
  }
  throw new CliError(
    exitCodes.denied,
    label === '' ? 'No phone used the code in time.' : `“${label}” was not answered in time.`,
  );
}
