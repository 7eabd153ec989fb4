// The authority as strangers to our code judge it: openssl, in its strict mode. Planted faults show that the judge sees them.
import { execFile } from 'node:child_process';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Authority, issueLeaf, makeAuthority } from './authority.ts';
import { isPrivateAddress, isPrivateName, vouchable } from './private-names.ts';

const now = Date.now();
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
let folder: string;
let authority: Authority;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porchlight-authority-'));
  authority = await makeAuthority({ name: 'Porchlight on “Ana’s, study” (ABCD)', now });
});
afterAll(() => rm(folder, { recursive: true }));

function openssl(...args: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile('openssl', args, (_error, stdout, stderr) => resolve(`${stdout}${stderr}`));
  });
}

async function fileOf(pem: string): Promise<string> {
  const path = join(folder, `${crypto.randomUUID()}.pem`);
  await writeFile(path, pem);
  return path;
}

const leafFor = (of: { names?: string[]; addresses?: string[] }, by = authority) =>
  issueLeaf({ authority: by, key, names: of.names ?? [], addresses: of.addresses ?? [], now });

/** What openssl says of a leaf when only `by` is trusted. */
async function verified(leaf: string, by: Authority, ...args: string[]): Promise<string> {
  const files = ['-CAfile', await fileOf(by.cert), await fileOf(leaf)];
  return openssl('verify', '-x509_strict', '-purpose', 'sslserver', ...args, ...files);
}

describe('openssl, strictly', () => {
  test.each([
    ['an address of the home', ['-verify_ip', '192.168.1.4']],
    ['loopback', ['-verify_ip', '127.0.0.1']],
    ['IPv6 of the link', ['-verify_ip', 'fe80::1']],
    ['the own name', ['-verify_hostname', 'study.local']],
    ['localhost', ['-verify_hostname', 'localhost']],
  ])('takes the leaf for %s', async (_name, args) => {
    const addresses = [
      '127.0.0.1',
      '::1',
      '192.168.1.4',
      '10.1.2.3',
      '172.31.0.9',
      '100.100.1.1',
      'fe80::1',
      'fd00::9',
    ];
    const leaf = await leafFor({ names: ['localhost', 'study.local'], addresses });
    expect(await verified(leaf, authority, ...args)).toMatch(/: OK\n$/);
  });

  test.each([
    ['example.com', { names: ['example.com'] }],
    ['notlocal', { names: ['notlocal'] }],
    ['8.8.8.8', { addresses: ['8.8.8.8'] }],
    ['172.32.0.1, just outside', { addresses: ['172.32.0.1'] }],
    ['a public IPv6', { addresses: ['2001:db8::1'] }],
    ['one public address among private ones', { names: ['localhost'], addresses: ['127.0.0.1', '8.8.8.8'] }],
  ])('refuses a leaf of the same authority for %s', async (_name, of) => {
    expect(await verified(await leafFor(of), authority)).toMatch(/permitted subtree violation/);
  });

  test('refuses an authority below it', async () => {
    const issuer = new x509.X509Certificate(authority.cert);
    const signingKey = await signingKeyOf(authority.key);
    const below = await signed({ issuer: issuer.subject, signingKey, isAuthority: true });
    const leaf = await leafFor({ names: ['localhost'] }, { key, cert: below });
    const chain = ['-untrusted', await fileOf(below)];
    expect(await verified(leaf, authority, ...chain)).toMatch(/path length constraint exceeded/);
  });

  test('finds every part, critical where it has to be', async () => {
    const ca = await textOf(authority.cert);
    const leaf = await textOf(await leafFor({ names: ['localhost'] }));
    expect(faultsOf({ ca, leaf })).toEqual([]);
  });
});

describe('planted faults are seen', () => {
  test('a leaf signed with SHA-1', async () => {
    const leaf = await signed({ ...(await byAuthority()), hash: 'SHA-1' });
    expect(faultsOf({ leaf: await textOf(leaf) })).toContain('leaf: not SHA-256');
    expect(await verified(leaf, authority, '-auth_level', '2')).toMatch(/too weak/);
  });

  test('a leaf without names', async () => {
    const leaf = await signed(await byAuthority());
    expect(faultsOf({ leaf: await textOf(leaf) })).toContain('leaf: no subjectAltName');
    expect(await verified(leaf, authority, '-verify_ip', '127.0.0.1')).toMatch(/IP address mismatch/);
  });

  test('an authority without constraints vouches for all', async () => {
    const bare = await bareAuthority([]);
    expect(await verified(await leafFor({ names: ['example.com'] }, bare), bare)).toMatch(/: OK\n$/);
    expect(faultsOf({ ca: await textOf(bare.cert) })).toContain('authority: no critical name constraints');
  });

  test('constraints that are not critical', async () => {
    const constraints = new x509.X509Certificate(authority.cert).getExtension('2.5.29.30');
    if (!constraints) throw new Error('no constraints');
    const lax = await bareAuthority([new x509.Extension('2.5.29.30', false, constraints.value)]);
    expect(faultsOf({ ca: await textOf(lax.cert) })).toContain('authority: no critical name constraints');
  });
});

test('it vouches only for what its constraints permit', () => {
  const names = ['localhost', 'study.local', 'study.example.com', 'local.example'];
  const addresses = [
    '127.0.0.1',
    '::1',
    '192.168.1.4',
    '8.8.8.8',
    '2001:db8::1',
    'fe80::1',
    '100.64.0.1',
    '100.128.0.1',
  ];
  expect(vouchable({ names, addresses })).toEqual({
    names: ['localhost', 'study.local'],
    addresses: ['127.0.0.1', '::1', '192.168.1.4', 'fe80::1', '100.64.0.1'],
  });
  expect([isPrivateAddress('192.168.1.4.'), isPrivateAddress('localhost'), isPrivateName('xlocal')]).toEqual([
    false,
    false,
    false,
  ]);
});

test('every authority and every leaf is another', async () => {
  const again = await makeAuthority({ name: 'Porchlight', now });
  expect(again.key).not.toBe(authority.key);
  const [one, two] = [await leafFor({}), await leafFor({})].map(
    (pem) => new X509Certificate(pem).serialNumber,
  );
  expect(one).toMatch(/^[4-7][0-9A-F]{31}$/);
  expect(one).not.toBe(two);
});

/** What is amiss with certificates as openssl prints them, one line each. */
function faultsOf({ ca, leaf }: { ca?: string; leaf?: string }): string[] {
  const both = (name: string): [string, RegExp][] => [
    [`${name}: not SHA-256`, /Signature Algorithm: ecdsa-with-SHA256/],
    [`${name}: not P-256`, /NIST CURVE: P-256/],
    [`${name}: no key identifier`, /Subject Key Identifier/],
    [`${name}: no authority key identifier`, /Authority Key Identifier/],
  ];
  const ofCa: [string, RegExp][] = [
    ...both('authority'),
    ['authority: may have others below it', /Basic Constraints: critical\n\s+CA:TRUE, pathlen:0\n/],
    ['authority: no critical key usage', /Key Usage: critical\n\s+Certificate Sign, CRL Sign\n/],
    [
      'authority: no critical name constraints',
      /Name Constraints: critical\n\s+Permitted:\n\s+DNS:local\n\s+DNS:localhost\n(\s+IP:[^\n]+\n){9}/,
    ],
  ];
  const ofLeaf: [string, RegExp][] = [
    ...both('leaf'),
    ['leaf: is an authority', /Basic Constraints: critical\n\s+CA:FALSE\n/],
    ['leaf: no critical key usage', /Key Usage: critical\n\s+Digital Signature\n/],
    ['leaf: not for servers', /Extended Key Usage: *\n\s+TLS Web Server Authentication\n/],
    ['leaf: no subjectAltName', /Subject Alternative Name: *\n/],
  ];
  const lacks = (text: string | undefined, parts: [string, RegExp][]) =>
    text === undefined ? [] : parts.filter(([, pattern]) => !pattern.test(text)).map(([fault]) => fault);
  return [...lacks(ca, ofCa), ...lacks(leaf, ofLeaf)];
}

async function textOf(pem: string): Promise<string> {
  return openssl('x509', '-noout', '-text', '-in', await fileOf(pem));
}

async function byAuthority() {
  const { subject } = new x509.X509Certificate(authority.cert);
  return { issuer: subject, signingKey: await signingKeyOf(authority.key) };
}

async function bareAuthority(extensions: x509.Extension[]): Promise<Authority> {
  const signingKey = await signingKeyOf(key);
  const cert = await signed({
    issuer: 'CN=Bare',
    subject: 'CN=Bare',
    signingKey,
    isAuthority: true,
    extensions,
  });
  return { key, cert };
}

/** A certificate for the test's key with as little as asked for. */
async function signed(of: {
  issuer: string;
  subject?: string;
  signingKey: Awaited<ReturnType<typeof signingKeyOf>>;
  isAuthority?: boolean;
  hash?: string;
  extensions?: x509.Extension[];
}): Promise<string> {
  const publicKey = await publicKeyOf(await leafFor({}));
  const made = await x509.X509CertificateGenerator.create({
    subject: of.subject ?? 'CN=Below',
    issuer: of.issuer,
    notBefore: new Date(now - 1000),
    notAfter: new Date(now + 86_400_000),
    signingAlgorithm: { name: 'ECDSA', hash: of.hash ?? 'SHA-256' },
    publicKey,
    signingKey: of.signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(of.isAuthority ?? false, undefined, true),
      new x509.KeyUsagesExtension(
        of.isAuthority ? x509.KeyUsageFlags.keyCertSign : x509.KeyUsageFlags.digitalSignature,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(
        of.subject === undefined ? await publicKeyOf(authority.cert) : publicKey,
      ),
      ...(of.extensions ?? []),
    ],
  });
  return made.toString('pem');
}

function publicKeyOf(pem: string) {
  return new x509.X509Certificate(pem).publicKey.export();
}

function signingKeyOf(pem: string) {
  const der = Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  return crypto.subtle.importKey('pkcs8', der, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
}
