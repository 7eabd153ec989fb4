// The access token: shared by all who ask at once, and never worth waiting for for ever.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FakeBrowser, fakeBrowser } from '../daemon/testing/fake-browser.ts';
import { type Access, createAccess } from './access.ts';
import { Unreachable } from './http.ts';

let browser: FakeBrowser;
let access: Access;

beforeEach(async () => {
  browser = fakeBrowser();
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const { privateKey } = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  access = createAccess({ deviceId: 'd', daemonId: 'c', kind: 'phone', privateKey });
});
afterEach(() => browser.remove());

it('callers at the same time share one sign-in', () => {
  void access.token().catch(() => undefined);
  void access.token().catch(() => undefined);
  expect(browser.requests.map(({ url }) => url.pathname)).toEqual(['/auth/challenge']);
});

it('a sign-in that is given up is over for all who wait, and the next begins anew', async () => {
  const waiting = [access.token(), access.token()].map((token) => expect(token).rejects.toThrow(Unreachable));
  access.giveUp();
  await Promise.all(waiting);
  void access.token().catch(() => undefined);
  expect(browser.requests.map(({ isAborted }) => isAborted)).toEqual([true, false]);
});

it('a token is kept until the computer refuses it', async () => {
  const reply = (index: number, result: object) =>
    vi.waitUntil(() => browser.requests[index]).then((request) => request.answer(200, { ok: true, result }));
  const coming = access.token();
  await reply(0, { challenge: 'x' });
  await reply(1, { accessToken: 'first', expiresInMs: 600_000, scopes: ['read'], addresses: [] });
  expect([await coming, await access.token()]).toEqual(['first', 'first']);
  expect(browser.requests).toHaveLength(2);
  access.drop();
  void access.token().catch(() => undefined);
  expect(browser.requests).toHaveLength(3);
});
