// The local authority of an install and the certificates that it issues: what a phone is told to trust. Its constraints are
// critical, so whoever does not understand them refuses it. The only file that knows how certificates are made of parts.
import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_nameConstraints,
  NameConstraints,
} from '@peculiar/asn1-x509';
import * as x509 from '@peculiar/x509';
import { privateDomains, privateRanges } from './private-names.ts';

const day = 86_400_000;
const curve = { name: 'ECDSA', namedCurve: 'P-256' };
const signing = { ...curve, hash: 'SHA-256' };

/** Phones keep it until it is removed; Apple sets no limit for it. */
const authorityDays = 3650;
/** Short, since it is renewed without anybody noticing. */
export const leafDays = 90;

/** Both as PEM. */
export interface Authority {
  readonly key: string;
  readonly cert: string;
}

/** `name` must be of this install alone: phones list authorities by it, and without one iOS does not offer the switch. */
export async function makeAuthority(options: { name: string; now: number }): Promise<Authority> {
  const keys = await crypto.subtle.generateKey(curve, true, ['sign', 'verify']);
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: [{ CN: [options.name] }, { O: ['Porchlight'] }],
    notBefore: new Date(options.now - day),
    notAfter: new Date(options.now + (authorityDays - 1) * day),
    signingAlgorithm: signing,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
      privateOnly(),
    ],
  });
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey));
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { key: key.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: made.toString('pem') };
}

/**
 * A certificate for the daemon's key (PEM), as PEM. Takes every name and address that it is given, so that tests can show that
 * others refuse what lies outside the constraints; the caller leaves such out by `vouchable`.
 */
export async function issueLeaf(options: {
  authority: Authority;
  key: string;
  names: readonly string[];
  addresses: readonly string[];
  now: number;
}): Promise<string> {
  const { authority, key, names, addresses, now } = options;
  const issuer = new x509.X509Certificate(authority.cert);
  const publicKey = await importPublic(key);
  const leaf = await x509.X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: [{ CN: ['Porchlight'] }],
    issuer: issuer.subjectName,
    notBefore: new Date(now - day),
    notAfter: new Date(now + (leafDays - 1) * day),
    signingAlgorithm: signing,
    publicKey,
    signingKey: await importPrivate(authority.key),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      new x509.SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: 'dns' as const, value })),
        ...addresses.map((value) => ({ type: 'ip' as const, value })),
      ]),
    ],
  });
  return leaf.toString('pem');
}

function privateOnly(): x509.Extension {
  const bases = [
    ...privateDomains.map((dNSName) => new GeneralName({ dNSName })),
    ...privateRanges.map((iPAddress) => new GeneralName({ iPAddress })),
  ];
  const permittedSubtrees = new GeneralSubtrees(bases.map((base) => new GeneralSubtree({ base })));
  const value = AsnConvert.serialize(new NameConstraints({ permittedSubtrees }));
  return new x509.Extension(id_ce_nameConstraints, true, value);
}

/** 127 random bits; the first is never 0, so that the number keeps its length. */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

function importPrivate(pem: string) {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  return crypto.subtle.importKey('pkcs8', der, curve, false, ['sign']);
}

function importPublic(privatePem: string) {
  const der = createPublicKey(privatePem).export({ type: 'spki', format: 'der' });
  return crypto.subtle.importKey('spki', der, curve, true, ['verify']);
}
