// The TLS certificate of this install: self-signed, P-256, SHA-256, for every address and name of the computer. Made once and
// kept: browsers tie a clicked-through warning to the very certificate, so it is never renewed behind the person's back.
import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolderDurably, writeDurably } from './durable-file.ts';

const day = 86_400_000;
/** Apple takes no leaf that is valid for longer. */
const validDays = 825;

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** SHA-256 of the certificate, `AB:CD:…`, as browsers show it. */
  readonly fingerprint: string;
  /** First 20 characters of the base32 of the SHA-256 of the public key: who this daemon is, whatever its certificate. */
  readonly daemonId: string;
}

/** Reads it from `folder`, or makes it there when there is none or it has ended. */
export async function openCertificate(options: {
  folder: string;
  names: readonly string[];
  addresses: readonly string[];
  now: number;
}): Promise<Certificate> {
  const { folder, now } = options;
  const kept = await readPair(folder);
  if (kept && Date.parse(new X509Certificate(kept.cert).validTo) > now) return describe(kept);
  const made = await make(options);
  await makeFolderDurably(folder, dirname(folder));
  await writeDurably(join(folder, 'key.pem'), made.key);
  await writeDurably(join(folder, 'cert.pem'), made.cert);
  return describe(made);
}

async function readPair(folder: string): Promise<{ key: string; cert: string } | undefined> {
  try {
    const [key, cert] = await Promise.all(
      ['key.pem', 'cert.pem'].map((name) => readFile(join(folder, name), 'utf8')),
    );
    return key && cert ? { key, cert } : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** selfsigned's defaults (RSA, SHA-1, no address) would be refused by phones; all of this is said on purpose. */
async function make(options: {
  names: readonly string[];
  addresses: readonly string[];
  now: number;
}): Promise<{ key: string; cert: string }> {
  const { default: selfsigned } = await import('selfsigned');
  const { names, addresses, now } = options;
  const made = await selfsigned.generate([{ name: 'commonName', value: 'Porchlight' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - day),
    notAfterDate: new Date(now + (validDays - 2) * day),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          ...addresses.map((ip) => ({
            type: 7 as const,
            ip: ip.replaceAll(/[[\]]/g, '').replace(/%.*$/, ''),
          })),
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}

function describe({ key, cert }: { key: string; cert: string }): Certificate {
  const x509 = new X509Certificate(cert);
  const spki = x509.publicKey.export({ type: 'spki', format: 'der' });
  const hash = createHash('sha256').update(spki).digest();
  return { key, cert, fingerprint: x509.fingerprint256, daemonId: base32(hash).slice(0, 20) };
}

/** RFC 4648, no padding. */
function base32(bytes: Uint8Array): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join('');
}
