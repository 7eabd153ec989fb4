// `porchlight pair`: shows the QR code in the terminal and follows what becomes of it. On a terminal it asks for the answer, which
// somebody may give elsewhere meanwhile; with --allow it says yes to the phone that used this code, once its digits are printed.
import type { CommandInput } from '../protocol/commands.ts';
import { type DeviceSummary, LobbyEvent, type Scope } from '../protocol/lobby.ts';
import { scopeWords } from '../protocol/scope-words.ts';
import { findDevice } from './devices.ts';
import type { Environment } from './environment.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { type FreshAnswers, freshAnswers } from './fresh-answers.ts';
import { oneLine } from './one-line.ts';
import { connectPrivately, type PrivateClient } from './private-client.ts';
import { drawPairing } from './pairing-card.ts';
import { parseScopes } from './scope-list.ts';

export interface PairOptions {
  readonly home: string;
  readonly allow: boolean;
  readonly scopes: string;
  /** The device whose place the phone takes; as findDevice has it. */
  readonly replaces: string | undefined;
  readonly json: boolean;
}

type World = Pick<Environment, 'env' | 'print' | 'isTerminal' | 'openTerminal'>;
type Asked = Extract<LobbyEvent, { type: 'pairing.requested' }>;

export async function pair(world: World, options: PairOptions): Promise<void> {
  const { print, isTerminal, openTerminal } = world;
  const scopes = parseScopes(options.scopes);
  const client = await connectPrivately(options.home, world.env);
  const { devices } = await client.run('device.list', {});
  const replaced = options.replaces === undefined ? undefined : findDevice(devices, options.replaces);
  if (replaced && replaced.kind !== 'phone')
    throw new CliError(exitCodes.failed, `“${oneLine(replaced.label)}” is no phone.`);
  const head = await client.lobbyHead();
  const pairing = await client.run('pairing.start', { scopes });
  const { url, code, typed, expiresAt } = pairing;
  if (options.json) print(JSON.stringify({ url, code, typed, expiresAt }));
  else print(drawPairing(pairing, { isTerminal }));
  if (options.json && !options.allow) return;
  const answers =
    options.json || options.allow || !openTerminal ? undefined : freshAnswers(openTerminal(), print);
  const show = options.json ? () => undefined : print;
  try {
    await follow({ client, head, scopes, devices, replaced, answers, print: show, allow: options.allow });
  } finally {
    answers?.close();
  }
}

interface Following {
  readonly client: PrivateClient;
  readonly head: number;
  readonly scopes: readonly Scope[];
  readonly devices: readonly DeviceSummary[];
  readonly replaced: DeviceSummary | undefined;
  readonly answers: FreshAnswers | undefined;
  readonly print: (line: string) => void;
  readonly allow: boolean;
}

async function follow(options: Following): Promise<void> {
  const { client, head, scopes, replaced, answers, print } = options;
  const stopped = new AbortController();
  let gaveUp: unknown;
  // Ends by itself: a code lives 120 s, and a phone that used it is answered or dropped within 60 s.
  const signal = AbortSignal.any([AbortSignal.timeout(185_000), stopped.signal]);
  const giveUp = (error: unknown) => {
    gaveUp ??= error;
    stopped.abort();
  };
  answers?.ended.catch(giveUp);
  let label = '';
  try {
    for await (const raw of client.lobby(head, signal)) {
      const event = LobbyEvent.safeParse(raw).data;
      if (event?.type === 'pairing.requested') {
        label = oneLine(event.label);
        const may = replaced ? replaced.scopes : (event.scopes ?? scopes);
        print(`“${label}” at ${event.address} shows ${event.digits.slice(0, 3)} ${event.digits.slice(3)}.`);
        print(`Once allowed it may ${scopeWords(may)}.`);
        if (options.allow) await client.run('pairing.answer', allowing(event, options, replaced));
        else if (answers) askPerson(event, options, answers).catch(giveUp);
        else print('Compare the digits, then press Allow on the pair page, or run: porchlight pair --allow');
      }
      if (event?.type !== 'pairing.settled') continue;
      const settled = oneLine(event.label);
      if (event.outcome !== 'allowed')
        throw new CliError(exitCodes.denied, `“${settled}” was not paired (${event.outcome}).`);
      print(`“${settled}” is paired.`);
      return;
    }
  } catch (error) {
    if (gaveUp !== undefined) throw gaveUp;
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

/** Until it is answered here; when it was answered elsewhere first, the refusal says so. */
async function askPerson(event: Asked, options: Following, answers: FreshAnswers): Promise<void> {
  const { client, devices, replaced } = options;
  const known = devices.filter((device) => device.kind === 'phone' && isNamed(device, event.label));
  const old = replaced ?? (known.length === 1 ? known[0] : undefined);
  const place = old && `the place of “${oneLine(old.label)}”`;
  const question = replaced
    ? `Does the phone show the same digits? Let it take ${place}? [y/N]`
    : `Does the phone show the same digits? Let it in? [y/N${place ? `; r: let it take ${place}, which it may be` : ''}]`;
  const answer = (await answers.ask(question)).toLowerCase();
  const { pairingId } = event;
  if (answer === 'r' && old) await client.run('pairing.answer', allowing(event, options, old));
  else if (answer === 'y' || answer === 'yes')
    await client.run('pairing.answer', allowing(event, options, replaced));
  else await client.run('pairing.answer', { pairingId, behavior: 'deny' });
}

function allowing(
  { pairingId }: Asked,
  { scopes }: Following,
  replaced: DeviceSummary | undefined,
): CommandInput<'pairing.answer'> {
  const answer = { pairingId, behavior: 'allow' } as const;
  return replaced ? { ...answer, replaces: replaced.deviceId } : { ...answer, scopes: [...scopes] };
}

function isNamed({ label, model }: DeviceSummary, name: string): boolean {
  return label === name || model === name;
}
