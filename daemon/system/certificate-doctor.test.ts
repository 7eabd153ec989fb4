import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCertificate } from './certificate.ts';
import { examineCertificates } from './certificate-doctor.ts';
import { openTrusted } from './trusted-certificate.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const day = 86_400_000;
const names = ['localhost'];
const addresses = ['127.0.0.1', '192.168.1.4'];
let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'porchlight-doctor-')), 'tls');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const at = (name: string) => join(folder, name);
async function examined(changed: Partial<Parameters<typeof examineCertificates>[0]> = {}) {
  const found = await examineCertificates({
    ...{ folder, configured: null, lanAddresses: ['192.168.1.4'], now },
    ...changed,
  });
  return found.map(({ sentence, fix }) => `${sentence} ${fix}`);
}
async function trusted() {
  const { key } = await openCertificate({ folder, names, addresses, now });
  await openTrusted({ folder, key, computer: 'study', names, addresses, now });
  await writeFile(at('level.json'), '{"level":"trusted"}');
}

test('nothing is wrong before anything was made, nor with what is as it should be', async () => {
  expect(await examined()).toEqual([]);
  await openCertificate({ folder, names, addresses, now });
  expect(await examined()).toEqual([]);
  await trusted();
  expect(await examined()).toEqual([]);
});

test('an address that the self-signed one does not name', async () => {
  await openCertificate({ folder, names, addresses, now });
  expect(await examined({ lanAddresses: ['10.0.0.9'] })).toEqual([
    expect.stringMatching(/^This computer now has the address 10\.0\.0\.9, .*porchlight certificate reset/),
  ]);
});

test('keys that others may read', async () => {
  await trusted();
  await chmod(at('authority-key.pem'), 0o644);
  expect(await examined()).toEqual([
    `The key in ${at('authority-key.pem')} can be read by others. Run: chmod 600 ${at('authority-key.pem')}`,
  ]);
});

test('an authority that is spoilt, or near its end', async () => {
  await trusted();
  expect(await examined({ now: now + 3640 * day })).toEqual([
    expect.stringMatching(/told to trust ends on 2036-/),
  ]);
  await writeFile(at('authority.pem'), 'no certificate');
  expect(await examined()).toEqual([
    expect.stringMatching(/authority\.pem is missing or cannot be understood/),
  ]);
});

test('a choice that cannot be read, and files that are not there', async () => {
  await openCertificate({ folder, names, addresses, now });
  await writeFile(at('level.json'), 'trusted');
  expect(await examined()).toEqual([
    expect.stringMatching(/level\.json is missing or cannot be understood\. Delete/),
  ]);
  expect(await examined({ configured: { cert: at('no.pem'), key: at('key.pem') } })).toEqual([
    expect.stringMatching(/^There is nothing in .*no\.pem\./),
  ]);
});

test('a certificate of one’s own with the key of another', async () => {
  await openCertificate({ folder, names, addresses, now });
  await trusted();
  const configured = { cert: at('cert.pem'), key: at('authority-key.pem'), name: 'study.example.net' };
  expect(await examined({ configured })).toEqual([
    expect.stringMatching(/does not fit/),
    expect.stringMatching(/is not for study\.example\.net\. It is for localhost\./),
  ]);
});
