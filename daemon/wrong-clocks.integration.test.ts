// A computer whose clock is wrong, is set right, or is set while Porchlight runs: it starts, pairs and serves, order is by id,
// what ends by time ends by the monotonic clock, nobody is locked out, and what follows for the certificate is said in words.
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { LogEvent } from './testing/daemon-client.ts';
import { type Phone, scan } from './testing/phone.ts';
import { startTestDaemon, type TestDaemon } from './testing/test-daemon.ts';
import { until } from './testing/until.ts';

const hour = 3_600_000;
const day = 24 * hour;
const tenYears = 3652 * day;
const preload = new URL('./testing/shifted-clock.mjs', import.meta.url).href;
const folder = mkdtempSync(join(tmpdir(), 'porchlight-clock-'));
const clock = join(folder, 'clock');
let opened: TestDaemon | undefined;

const setClock = (shift: number) => writeFileSync(clock, String(shift));
/** So that the clock of the daemon says this very moment. */
const shiftTo = (moment: string) => Date.parse(moment) - Date.now();

async function startAt(shift: number, env: Record<string, string> = {}): Promise<TestDaemon> {
  setClock(shift);
  opened = await startTestDaemon({
    trustsBlindly: true,
    env: { NODE_OPTIONS: `--import=${preload}`, PORCHLIGHT_TEST_CLOCK: clock, ...env },
  });
  return opened;
}

async function closeOpened(): Promise<void> {
  await opened?.close();
  opened = undefined;
}
afterAll(async () => {
  await closeOpened();
  rmSync(folder, { recursive: true });
});

const create = async ({ client, project }: TestDaemon) =>
  (await client.command('conversation.create', { cwd: project })).conversationId;

/** A message, its answer, and that the whole log is in order whatever the times say. */
async function talks({ client }: TestDaemon, conversationId: string): Promise<LogEvent[]> {
  const { eventId } = await client.command('message.send', {
    ...{ conversationId, clientId: crypto.randomUUID(), text: '[[text well]]' },
  });
  const events = await client.readUntil(
    conversationId,
    ({ id, type }) => id > eventId && type === 'turn.finished',
  );
  expect(events.map(({ id }) => id)).toEqual(events.map((_event, index) => index + 1));
  return events;
}

async function pairs(daemon: TestDaemon): Promise<Phone> {
  const { firstLine, closed } = await daemon.begin('pair', '--allow', '--json');
  const pairing = await scan(daemon.client, JSON.parse(firstLine).url);
  const { state, phone } = await pairing.settled();
  expect([state, await closed]).toEqual(['allowed', 0]);
  return phone;
}

async function tokenOf(phone: Phone): Promise<string> {
  const { status, body } = await phone.signIn();
  expect(status).toBe(200);
  return JSON.parse(body).result.accessToken;
}

async function isGood({ client }: TestDaemon, token: string): Promise<boolean> {
  const headers = { accept: 'application/json', authorization: `Bearer ${token}` };
  return (await client.fetch('/api/logs/lobby/events?after=0', { headers })).status === 200;
}

/** What the daemon's certificate is by that clock. */
function certificateAt({ home }: TestDaemon, shift: number): 'early' | 'valid' | 'ended' {
  const { validFrom, validTo } = new X509Certificate(readFileSync(join(home, 'tls', 'cert.pem')));
  const now = Date.now() + shift;
  if (now < Date.parse(validFrom)) return 'early';
  return now < Date.parse(validTo) ? 'valid' : 'ended';
}

describe('a first start while the clock is wrong', () => {
  afterEach(closeOpened);

  test.each([
    ['a day ahead', day],
    ['a day behind', -day],
    ['ten years ahead', tenYears],
    ['ten years behind', -tenYears],
    ['in 1970, as without a battery', hour - Date.now()],
    ['just before 32-bit seconds run out', shiftTo('2038-01-19T03:14:05Z')],
  ])('%s', async (_name, shift) => {
    const daemon = await startAt(shift);
    expect(certificateAt(daemon, shift)).toBe('valid');
    const token = await tokenOf(await pairs(daemon));
    await talks(daemon, await create(daemon));
    expect(await isGood(daemon, token)).toBe(true);
  });

  test.each([
    ['into summer time', '2026-03-29T00:59:58Z'],
    ['out of it', '2026-10-25T00:59:58Z'],
  ])('the hour changes %s while it runs', async (_name, moment) => {
    const daemon = await startAt(shiftTo(moment), { TZ: 'Europe/Berlin' });
    const conversationId = await create(daemon);
    const token = await tokenOf(await pairs(daemon));
    const changed = Date.parse(moment) + 2000;
    await until('the hour to change', async () => {
      const events = await talks(daemon, conversationId);
      return (events.at(-1)?.at ?? 0) > changed;
    });
    expect(await isGood(daemon, token)).toBe(true);
  });
});

describe('the clock is set while it runs', () => {
  let daemon: TestDaemon;
  let conversationId: string;
  let phone: Phone;
  beforeAll(async () => {
    daemon = await startAt(0);
    conversationId = await create(daemon);
    phone = await pairs(daemon);
  });
  afterAll(closeOpened);

  test.each([
    ['an hour back', -hour],
    ['an hour ahead', hour],
    ['a day ahead', day],
    ['a day back', -day],
    ['ten years ahead', tenYears],
    ['ten years back', -tenYears],
  ])('%s: what was begun before goes on after', async (_name, shift) => {
    const token = await tokenOf(phone);
    const { firstLine, closed } = await daemon.begin('pair', '--allow', '--json');
    await talks(daemon, conversationId);
    setClock(shift);
    process.kill(daemon.pid, 'SIGUSR2');
    const events = await talks(daemon, conversationId);
    expect(Math.abs((events.at(-1)?.at ?? 0) - Date.now() - shift)).toBeLessThan(hour / 2);
    expect(await isGood(daemon, token)).toBe(true);
    const pairing = await scan(daemon.client, JSON.parse(firstLine).url);
    expect([(await pairing.settled()).state, await closed]).toEqual(['allowed', 0]);
    expect(await isGood(daemon, await tokenOf(phone))).toBe(true);
  });
});

describe('a start with a clock other than before', () => {
  afterEach(closeOpened);

  test.each([
    ['a day ahead', 0, day, undefined],
    ['a day behind', 0, -day, undefined],
    ['ten years ahead', 0, tenYears, /ended on .* Phones stay paired/],
    ['ten years behind', 0, -tenYears, /clock says .* begins on/],
    ['right again, after a first start ten years ahead', tenYears, 0, /clock says .* begins on .* delete/],
    ['right again, after a first start ten years behind', -tenYears, 0, /ended on .* Phones stay paired/],
  ])('%s: phones and scripts are not locked out, and it is said', async (_name, first, then, words) => {
    const daemon = await startAt(first);
    const conversationId = await create(daemon);
    const phone = await pairs(daemon);
    await daemon.stop();
    setClock(then);
    await daemon.start();
    expect(await isGood(daemon, await tokenOf(phone))).toBe(true);
    await talks(daemon, conversationId);
    const told = daemon.said.filter((line) => line.includes('certificate'));
    expect(told).toEqual(words === undefined ? [] : [expect.stringMatching(words)]);
  });
});
