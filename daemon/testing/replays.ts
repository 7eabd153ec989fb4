// Somebody who has heard everything that a phone and the daemon said while it was paired, signed in and went on with a new key,
// and says it again: as it was, and with a key, nonce or name of their own. Over the real door; time is the caller's, so that no
// try is refused for being one of too many.
import { auth } from '../protocol/pairing.ts';
import type { DaemonClient, FetchOptions } from './daemon-client.ts';
import { createDaemonClient } from './daemon-client.ts';
import type { DaemonHere } from './daemon-here.ts';
import { newKeys, type Phone, scan } from './phone.ts';

export interface Replays {
  readonly sent: number;
  /** What was let through, or was refused for another reason than that it was used up; none is as it should be. */
  readonly wrong: readonly string[];
}

interface Captured {
  readonly path: string;
  readonly options: FetchOptions & { readonly body: string };
}

/** Redeemed once, each of these gives something. */
const redemptions: readonly string[] = [auth.pair.path, auth.reveal.path, auth.token.path, auth.move.path];
/** Fewer than a device's ten failures a minute. */
const perRound = 9;

/**
 * `count` replays or a few more: while what was heard would still be in time and its key is good, when the key is another, and
 * when the device is gone.
 */
export async function replay(daemon: DaemonHere, count: number): Promise<Replays> {
  const wrong: string[] = [];
  let sent = 0;
  const other = await pairedOn(daemon, daemon.client);
  const before = (await daemon.owner.run('device.list', {})).devices.length;
  while (sent < count) {
    const heard: Captured[] = [];
    const sayAll = async (times: number) => {
      for (const captured of heard.filter(({ path }) => redemptions.includes(path))) {
        const own = await changed(captured, other.deviceId);
        const tries = Array.from({ length: times }, (_, n) => (n % 3 === 2 ? own : captured));
        sent += tries.length;
        wrong.push(...(await sayAgain(daemon.client, tries)));
      }
      daemon.pass(60_000);
    };
    const phone = await pairedOn(daemon, overheard(daemon.client, heard));
    const { accessToken } = JSON.parse((await phone.signIn()).body).result;
    await sayAll(perRound);
    await goOn(daemon, phone, accessToken);
    await sayAll(perRound);
    if (heard.filter(({ path }) => redemptions.includes(path)).length !== redemptions.length)
      throw new Error(`not everything was heard: ${heard.map(({ path }) => path).join()}`);
    await daemon.owner.run('device.revoke', { deviceId: phone.deviceId });
    await sayAll(1);
  }
  const after = (await daemon.owner.run('device.list', {})).devices.length;
  return { sent, wrong: after === before ? wrong : [...wrong, `${after - before} devices too many`] };
}

async function sayAgain(client: DaemonClient, tries: readonly Captured[]): Promise<string[]> {
  const answers = await Promise.all(
    tries.map(async ({ path, options }) => ({ path, ...(await client.fetch(path, options)) })),
  );
  return answers.flatMap(({ path, status, body }) => {
    const { ok, error } = JSON.parse(body);
    const isUsedUp = ['pairing_over', 'challenge_over', 'unauthenticated'].includes(error?.code);
    return !ok && status >= 400 && isUsedUp ? [] : [`${path}: ${status} ${body}`];
  });
}

/** The same with what a thief would put in. */
async function changed({ path, options }: Captured, deviceId: string): Promise<Captured> {
  const body = JSON.parse(options.body);
  const own = {
    ...('jwk' in body ? { jwk: (await newKeys()).jwk } : {}),
    ...('nonce' in body ? { nonce: 'A'.repeat(22) } : {}),
    ...(path === auth.token.path ? { deviceId } : {}),
  };
  return { path, options: { ...options, body: JSON.stringify({ ...body, ...own }) } };
}

/** The same device with a new key. */
async function goOn({ client, home }: DaemonHere, phone: Phone, accessToken: string): Promise<void> {
  const signedIn = createDaemonClient({ url: client.url, home, token: accessToken });
  const { ticket } = await signedIn.command('device.prepareMove', {});
  const status = await phone.move(ticket);
  if (status !== 200) throw new Error(`could not go on with a new key: ${status}`);
}

async function pairedOn({ owner }: DaemonHere, client: DaemonClient): Promise<Phone> {
  const after = await owner.lobbyHead();
  const pairing = await scan(client, (await owner.run('pairing.start', {})).url);
  const asked = await client.readUntil('lobby', ({ type }) => type === 'pairing.requested', { after });
  const pairingId = String(asked.at(-1)?.['pairingId']);
  await owner.run('pairing.answer', { pairingId, behavior: 'allow' });
  return (await pairing.settled()).phone;
}

function overheard(client: DaemonClient, heard: Captured[]): DaemonClient {
  return {
    ...client,
    fetch(path, options = {}) {
      if (options.body !== undefined) heard.push({ path, options: { ...options, body: options.body } });
      return client.fetch(path, options);
    },
  };
}
