// What was overheard is worth nothing: codes, nonces, signed challenges and tickets, said again over the real door. The long form
// is `npm run fuzz -- --replays 10000`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auth } from '../protocol/pairing.ts';
import { startDaemonHere } from '../testing/daemon-here.ts';
import { newKeys } from '../testing/phone.ts';
import { replay } from '../testing/replays.ts';
import { startTestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

test('no code, nonce, signed challenge or ticket of a phone counts a second time', async () => {
  const daemon = await startDaemonHere({ burst: 1e6, perSecond: 1e6 });
  try {
    const { sent, wrong } = await replay(daemon, 400);
    expect(wrong).toEqual([]);
    expect(sent).toBeGreaterThanOrEqual(400);
  } finally {
    await daemon.close();
  }
});

test('the ticket of the computer’s own browser lets one in, of twenty who come at once and of any who come later', async () => {
  const daemon = await startTestDaemon({ args: ['--open'] });
  try {
    const folder = join(daemon.home, 'open');
    const ticket = await until('the page to be opened', () => {
      const file = existsSync(folder) && readdirSync(folder).find((name) => name.endsWith('.html'));
      return file && /#t=([\w-]+)&/.exec(readFileSync(join(folder, file), 'utf8'))?.[1];
    });
    const headers = { 'content-type': 'application/json', origin: daemon.url };
    const enrol = async () => {
      const body = JSON.stringify({ ticket, jwk: (await newKeys()).jwk, label: 'Browser' });
      const { status, body: answer } = await daemon.client.fetch(auth.enrol.path, {
        method: 'POST',
        headers,
        body,
      });
      return status === 200 ? 'let in' : JSON.parse(answer).error.code;
    };
    const atOnce = await Promise.all(Array.from({ length: 20 }, enrol));
    expect(atOnce.filter((what) => what === 'let in')).toHaveLength(1);
    expect([...new Set([...atOnce.filter((what) => what !== 'let in'), await enrol()])]).toEqual([
      'pairing_over',
    ]);
    const { devices } = await daemon.owner.run('device.list', {});
    expect(devices.filter(({ kind }) => kind === 'computer')).toHaveLength(1);
  } finally {
    await daemon.close();
  }
});
