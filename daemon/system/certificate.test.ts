import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCertificate } from './certificate.ts';

const day = 86_400_000;
const today = Date.parse('2026-11-21T12:00:00Z');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porchlight-certificate-'));
});
afterEach(() => rm(folder, { recursive: true }));

const openAt = (now: number) =>
  openCertificate({ folder: join(folder, 'tls'), names: ['localhost'], addresses: ['127.0.0.1'], now });

test('is made once and kept, without a word', async () => {
  const made = await openAt(today);
  expect(made.notice).toBeUndefined();
  expect(await openAt(today + 800 * day)).toEqual(made);
});

test('one that has ended is made anew in words; whoever knows the daemon still knows it', async () => {
  const made = await openAt(today);
  const renewed = await openAt(today + 830 * day);
  expect(renewed.notice).toMatch(/^The certificate ended on 2029-\d\d-\d\d, so a new one was made\./);
  expect([renewed.daemonId, renewed.key]).toEqual([made.daemonId, made.key]);
  expect(renewed.fingerprint).not.toBe(made.fingerprint);
  expect(new X509Certificate(renewed.cert).verify(new X509Certificate(made.cert).publicKey)).toBe(true);
});

test('one that begins only later is kept, and told: the clock was wrong then, or is now', async () => {
  const made = await openAt(today + 3652 * day);
  const { notice, ...kept } = await openAt(today);
  expect(kept).toEqual(made);
  expect(notice).toMatch(
    /clock says 2026-11-21, but .* begins on 2036-11-\d\d\..* delete .*cert\.pem and start again/,
  );
});

test('without its certificate, as the words tell to delete it, the key makes another', async () => {
  const { daemonId } = await openAt(today + 3652 * day);
  await rm(join(folder, 'tls', 'cert.pem'));
  const { notice, cert, ...made } = await openAt(today);
  expect([notice, made.daemonId]).toEqual([undefined, daemonId]);
  expect(new X509Certificate(cert).validFrom).toBe('Nov 20 12:00:00 2026 GMT');
});
