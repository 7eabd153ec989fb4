// The person's own certificate, from the settings or from Tailscale: shown under its name, taken anew when it changes, and in
// words what is wrong when it is not shown.
import { X509Certificate } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type ChangingComputer,
  createChangingComputer,
  outputOf,
  shownBy,
} from '../testing/changing-computer.ts';
import { until } from '../testing/until.ts';

const day = 86_400_000;
let computer: ChangingComputer;
beforeEach(() => {
  computer = createChangingComputer();
});
afterEach(() => computer.close());

/** By openssl, as somebody else would make it. */
async function made(name: string, days: number, to = name, clockAt = 0) {
  computer.setClock(clockAt);
  const [cert, key] = [join(computer.folder, `${to}.pem`), join(computer.folder, `${to}-key.pem`)];
  const alt = ['-subj', '/CN=own', '-addext', `subjectAltName=DNS:${name}`];
  const keys = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key];
  await outputOf('openssl', 'req', '-x509', ...keys, '-days', String(days), ...alt, '-out', cert);
  return { cert, key };
}
const configured = (certificate: object) => {
  const home = join(computer.folder, 'home');
  mkdirSync(home, { mode: 0o700 });
  writeFileSync(join(home, 'config.json'), JSON.stringify({ certificate }), { mode: 0o600 });
  return { home };
};

test('is shown to whoever asks for its name, and the self-signed one to the others', async () => {
  const files = await made('study.example.net', 90);
  const it = await computer.start(configured(files));
  const own = new X509Certificate(readFileSync(files.cert));
  expect((await shownBy(it, 'study.example.net')).fingerprint256).toBe(own.fingerprint256);
  expect((await shownBy(it)).fingerprint256).not.toBe(own.fingerprint256);
  const { port } = new URL(it.url);
  expect(it.url).toBe(`https://study.example.net:${port}`);
  const status = async (host: string) => {
    const args = ['-sk', '-o', '/dev/null', '-w', '%{http_code}', '--resolve', `${host}:${port}:127.0.0.1`];
    return outputOf('curl', ...args, `https://${host}:${port}/healthz`);
  };
  expect([await status('study.example.net'), await status('other.example.net')]).toEqual(['200', '421']);
});

test('is taken anew when its files change', async () => {
  const files = await made('study.example.net', 90);
  const it = await computer.start(configured(files));
  const before = await shownBy(it, 'study.example.net');
  await made('study.example.net', 120);
  await until(
    'the new one',
    async () => (await shownBy(it, 'study.example.net')).fingerprint256 !== before.fingerprint256,
  );
  expect((await it.owner.run('certificate.show', {})).level).toBe('own');
});

test.each([
  ['has ended', async () => made('study.example.net', 9, 'ended', 30 * day), /ended on \d{4}-/],
  [
    'has the key of another',
    async () => ({ ...(await made('a.example.net', 9)), key: (await made('b.example.net', 9)).key }),
    /does not fit/,
  ],
  [
    'lacks the name',
    async () => ({ ...(await made('a.example.net', 90)), name: 'b.example.net' }),
    /is not for b\.example\.net/,
  ],
  ['is for any name', async () => made('*.example.net', 90, 'any'), /Say which name is this computer’s/],
  [
    'is not there',
    async () => ({ cert: '/nowhere/cert.pem', key: '/nowhere/key.pem' }),
    /There is no file \/nowhere/,
  ],
])('one that %s is told in words, and phones get in by the self-signed one', async (_name, files, words) => {
  const it = await computer.start(configured(await files()));
  expect(it.said.join()).toMatch(words);
  expect((await it.client.fetch('/healthz')).body).toBe('ok');
  expect((await it.owner.run('certificate.show', {})).notice).toMatch(words);
});

test('comes from Tailscale when that is there and the person asks for it', async () => {
  const { cert, key } = await made('study.tail1234.ts.net', 90);
  const bin = join(computer.folder, 'bin');
  mkdirSync(bin);
  const status = { Self: { DNSName: 'study.tail1234.ts.net.' }, CertDomains: ['study.tail1234.ts.net'] };
  writeFileSync(
    join(bin, 'tailscale'),
    `#!/bin/sh
echo "$@" >> ${computer.folder}/asked
if [ "$1" = status ]; then echo '${JSON.stringify(status)}'; exit; fi
cp ${cert} "\${2#--cert-file=}" && cp ${key} "\${3#--key-file=}"
`,
  );
  chmodSync(join(bin, 'tailscale'), 0o755);
  const it = await computer.start({ env: { PATH: `${bin}:${process.env['PATH']}` } });
  const { offer } = await it.owner.run('certificate.show', {});
  expect([offer?.name, offer?.command.slice(0, 2)]).toEqual(['study.tail1234.ts.net', ['tailscale', 'cert']]);
  expect(readFileSync(join(computer.folder, 'asked'), 'utf8')).not.toContain('cert');
  const { code, stdout } = await it.run('certificate', 'own');
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/^Running: tailscale cert .*study\.tail1234\.ts\.net\n/),
  ]);
  const own = new X509Certificate(readFileSync(cert));
  expect((await shownBy(it, 'study.tail1234.ts.net')).fingerprint256).toBe(own.fingerprint256);
});

test('without one it is refused in words', async () => {
  const it = await computer.start();
  const { code, stderr } = await it.run('certificate', 'own');
  expect([code, stderr]).toEqual([1, expect.stringContaining('no certificate of your own')]);
});
