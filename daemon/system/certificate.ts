// The TLS certificate of this install: self-signed, P-256, SHA-256, for every address and name of the computer. Made once and
// kept: browsers tie a clicked-through warning to the very certificate, so nothing about it is done behind the person's back.
import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolderDurably, writeDurably } from './durable-file.ts';
import { bareAddress } from './private-names.ts';

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

interface Options {
  readonly folder: string;
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  readonly now: number;
}

/**
 * Reads it from `folder`, or makes it there when there is none or it has ended. The key stays for ever: phones know the daemon
 * by it. One that begins only later is kept, since nobody knows whether the clock was wrong then or is now; `notice` says so.
 */
export async function openCertificate(options: Options): Promise<Certificate & { readonly notice?: string }> {
  const { folder, now } = options;
  const [key, cert] = await Promise.all([
    readIfThere(join(folder, 'key.pem')),
    readIfThere(join(folder, 'cert.pem')),
  ]);
  if (key !== undefined && cert !== undefined) {
    const { validFrom, validTo } = new X509Certificate(cert);
    const kept = describe({ key, cert });
    if (now < Date.parse(validFrom)) return { ...kept, notice: earlyWords(options, validFrom) };
    if (now < Date.parse(validTo)) return kept;
    return { ...describe(await renew(options, key)), notice: endedWords(validTo) };
  }
  return describe(await renew(options, key));
}

/** Another one for the same key, because the person asked for it. */
export async function remakeCertificate(options: Options): Promise<Certificate> {
  return describe(await renew(options, await readIfThere(join(options.folder, 'key.pem'))));
}

async function renew(options: Options, kept: string | undefined): Promise<{ key: string; cert: string }> {
  const { folder } = options;
  const made = await make(options, kept);
  await makeFolderDurably(folder, dirname(folder));
  await writeDurably(join(folder, 'key.pem'), made.key);
  await writeDurably(join(folder, 'cert.pem'), made.cert);
  return made;
}

function earlyWords({ folder, now }: Options, validFrom: string): string {
  const file = join(folder, 'cert.pem');
  return (
    `This computer’s clock says ${dateOf(now)}, but Porchlight’s certificate begins on ${dateOf(validFrom)}. If the clock is ` +
    `wrong, set it right. If it was wrong when the certificate was made, phones refuse it: stop Porchlight, delete ${file} and ` +
    'start again. Phones stay paired; each warns once about the new certificate.'
  );
}

function endedWords(validTo: string): string {
  return `The certificate ended on ${dateOf(validTo)}, so a new one was made. Phones stay paired; each warns once about it.`;
}

/** `2026-11-21`, in UTC. */
export function dateOf(time: number | string): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Undefined when there is nothing, or nothing in it. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')) || undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** selfsigned's defaults (RSA, SHA-1, no address) would be refused by phones; all of this is said on purpose. */
async function make(options: Options, kept: string | undefined): Promise<{ key: string; cert: string }> {
  const { default: selfsigned } = await import('selfsigned');
  const { names, addresses, now } = options;
  const made = await selfsigned.generate([{ name: 'commonName', value: 'Porchlight' }], {
    ...(kept === undefined ? {} : { keyPair: { privateKey: kept, publicKey: publicOf(kept) } }),
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
            ip: bareAddress(ip),
          })),
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}

function publicOf(key: string): string {
  return createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
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
