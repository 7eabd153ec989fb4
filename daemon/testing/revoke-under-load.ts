// Taking a device's rights away while it has much open and others stream too: what of it closed and when, what still reached it,
// and how the others fared. Measures; judges nothing.
import { request } from 'node:https';
import { offsetHeader, pathOfUpload, type UploadPlace } from '../protocol/uploads.ts';
import { createDaemonClient, type DaemonClient } from './daemon-client.ts';
import { type Brought, type LogReader, ndjsonReader, socketReader, sseReader } from './log-readers.ts';
import { scan } from './phone.ts';
import { announce, offsetOf } from './send-file.ts';
import type { TestDaemon } from './test-daemon.ts';
import { until } from './until.ts';

/** What has not closed after this long will not. */
const patienceMs = 5000;

export interface RevokedUnderLoad {
  /** From the order to the last close, ms. */
  readonly closedMs: number;
  /** How the device's connections ended → how many. */
  readonly ends: Readonly<Record<string, number>>;
  /** Events that were made after the device was gone from the list, and reached it all the same. */
  readonly late: number;
  /** Others that lost their connection, and others that got something made afterwards. */
  readonly othersLost: number;
  readonly othersServed: number;
}

interface Open {
  /** Resolves with how it ended. */
  readonly ended: Promise<string>;
  readonly seen: { at: number; events: number };
}

export async function revokeUnderLoad(
  daemon: TestDaemon,
  counts: { sockets: number; streams: number; others: number },
): Promise<RevokedUnderLoad> {
  const { client, owner } = daemon;
  const { device, deviceId } = await pairedDevice(daemon);
  const { conversationId } = await client.command('conversation.create', { cwd: daemon.project });
  await client.command('message.send', { conversationId, clientId: 'load', text: '[[slow 20 2000]]' });

  const many = (count: number, reader: LogReader, by: DaemonClient) =>
    openMany(count, () => follow({ reader, by, log: conversationId }));
  const own = [
    ...(await many(counts.sockets, socketReader, device)),
    ...(await many(counts.streams, sseReader, device)),
    ...(await many(counts.streams, ndjsonReader, device)),
  ];
  const others = await many(counts.others, socketReader, client);
  const lost: string[] = [];
  for (const { ended } of others) void ended.then((how) => lost.push(how));
  const upload = await slowUpload(device, conversationId);
  const started = performance.now();
  const how: string[] = [];
  let closedMs = 0;
  const all = [...own.map(({ ended }) => ended), upload.closed];
  for (const ended of all)
    void ended.then((one) => {
      how.push(one);
      closedMs = performance.now() - started;
    });
  await owner.run('device.revoke', { deviceId });
  // What does not close is left out of the count, and so is missed.
  await Promise.race([
    Promise.all(all),
    until('a while to be over', () => performance.now() - started > patienceMs),
  ]);
  const gone = await client.readUntil(
    'lobby',
    (event) => event.type === 'device.removed' && event['deviceId'] === deviceId,
  );
  const removedAt = gone.at(-1)?.at ?? 0;
  const isServed = ({ seen }: Open) => seen.at > removedAt;
  await until('the others to be served on', () => others.every(isServed) || lost.length > 0);
  await client.command('turn.stop', { conversationId });

  const ends: Record<string, number> = {};
  for (const one of how) ends[one] = (ends[one] ?? 0) + 1;
  return {
    ...{ closedMs, ends, late: own.filter(isServed).length },
    ...{ othersLost: lost.length, othersServed: others.filter(isServed).length },
  };
}

/** A wave at a time: the door holds back those who come in a crowd before they have signed in. */
async function openMany(count: number, open: () => Open): Promise<Open[]> {
  const all: Open[] = [];
  while (all.length < count) {
    const wave = Array.from({ length: Math.min(16, count - all.length) }, open);
    await until('a wave to be served', () => wave.every(({ seen }) => seen.events > 0));
    all.push(...wave);
  }
  return all;
}

async function pairedDevice(daemon: TestDaemon): Promise<{ device: DaemonClient; deviceId: string }> {
  const { url } = await daemon.owner.run('pairing.start', {});
  const { pairingId, settled } = await scan(daemon.client, url);
  await daemon.owner.run('pairing.answer', { pairingId, behavior: 'allow' });
  const { phone } = await settled();
  const { accessToken } = JSON.parse((await phone.signIn()).body).result;
  const device = createDaemonClient({ url: daemon.url, home: daemon.home, token: accessToken });
  return { device, deviceId: phone.deviceId };
}

function follow({ reader, by, log }: { reader: LogReader; by: DaemonClient; log: string }): Open {
  const seen = { at: 0, events: 0 };
  const take = (brought: Brought) => {
    if ('event' in brought) {
      seen.events += 1;
      seen.at = Math.max(seen.at, brought.event.at);
    }
    return false;
  };
  const ended = reader.read(by, { log, after: 0 }, take).then(
    () => `${reader.name} ended`,
    (error: Error) => `${reader.name} ${error.message}`,
  );
  return { ended, seen };
}

/** An upload that has come half the way and is slow from there; resolves with how its connection ended. */
async function slowUpload(
  client: DaemonClient,
  conversationId: string,
): Promise<{ closed: Promise<string> }> {
  const size = 1_000_000;
  const uploadId = await announce(client, { conversationId, name: 'half.bin', size });
  const place: UploadPlace = { conversationId, uploadId };
  const headers = {
    authorization: `Bearer ${client.token}`,
    'content-type': 'application/offset+octet-stream',
    'content-length': size,
    [offsetHeader]: 0,
  };
  const call = request(new URL(pathOfUpload(place), client.url), {
    ...{ method: 'PATCH', ca: client.ca, servername: 'localhost', headers, agent: false },
  });
  call.on('error', () => undefined);
  call.write(Buffer.alloc(size / 2));
  // It goes on coming, slowly: nothing but the revocation has a reason to end it.
  const more = setInterval(() => call.write(Buffer.alloc(100)), 100);
  const closed = new Promise<string>((resolve) =>
    call.once('close', () => {
      clearInterval(more);
      resolve('upload closed');
    }),
  );
  await until('half of the file to be there', async () => (await offsetOf(client, place)) > 0);
  // In an object, so that nobody waits for the end by waiting for this.
  return { closed };
}
