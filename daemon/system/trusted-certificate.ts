// The certificate of the level `trusted`: signed by this install's own authority, for the same key as ever, and made anew
// without a word whenever it is about to end or no longer names what the computer is called. The authority's key never leaves.
import { createHash, createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { isIP, SocketAddress } from 'node:net';
import { dirname, join } from 'node:path';
import type { Authority } from './authority.ts';
import { readIfThere } from './certificate.ts';
import { hostsIn, orUndefined } from './certificate-faults.ts';
import { makeFolderDurably, writeDurably } from './durable-file.ts';
import { bareAddress, vouchable } from './private-names.ts';

const day = 86_400_000;
/** Left of a leaf's 90 days when the next one is made; of an authority's ten years, when a new one has to be trusted. */
const leafMarginMs = 30 * day;
const authorityMarginMs = 120 * day;

export interface TrustedCertificate {
  /** The leaf and its authority behind it, PEM. */
  readonly chain: string;
  readonly authority: { readonly cert: string; readonly name: string };
  readonly endsAt: number;
  readonly renewAt: number;
  /** The authority itself was made anew: phones have to be told once more. */
  readonly notice: string;
}

/** Reads what is there, makes what is missing, has ended, or does not fit. `key` is the daemon's own, PEM. */
export async function openTrusted(options: {
  folder: string;
  key: string;
  /** Of the computer, for the authority's name. */
  computer: string;
  names: readonly string[];
  addresses: readonly string[];
  now: number;
}): Promise<TrustedCertificate> {
  const { folder, key, now } = options;
  await makeFolderDurably(folder, dirname(folder));
  const { authority, wasReplaced } = await openAuthority(options);
  const wanted = vouchable({ names: options.names, addresses: options.addresses.map(bareAddress) });
  const hosts = [...wanted.names, ...wanted.addresses.map(canonical)];
  const path = join(folder, 'leaf.pem');
  let leaf = await readIfThere(path);
  if (leaf === undefined || !isGood(leaf, { authority, key, hosts, now })) {
    const { issueLeaf } = await import('./authority.ts');
    leaf = await issueLeaf({ authority, key, ...wanted, now });
    await writeDurably(path, leaf);
  }
  const endsAt = Date.parse(new X509Certificate(leaf).validTo);
  return {
    chain: `${leaf.trimEnd()}\n${authority.cert}`,
    authority: { cert: authority.cert, name: nameOf(authority.cert) },
    endsAt,
    renewAt: endsAt - leafMarginMs,
    notice: wasReplaced
      ? 'The certificate that phones were told to trust came to its end or was spoilt, so there is a new one. Show each phone once more: open “Trust this computer” on it.'
      : '',
  };
}

async function openAuthority(options: {
  folder: string;
  key: string;
  computer: string;
  now: number;
}): Promise<{ authority: Authority; wasReplaced: boolean }> {
  const { folder, computer, now } = options;
  const [key, cert] = await Promise.all([
    readIfThere(join(folder, 'authority-key.pem')),
    readIfThere(join(folder, 'authority.pem')),
  ]);
  if (key !== undefined && cert !== undefined) {
    // Spoilt, or cut short between the two files, they do not belong together.
    const parsed = orUndefined(() => ({ cert: new X509Certificate(cert), key: createPrivateKey(key) }));
    const fits = parsed?.cert.checkPrivateKey(parsed.key);
    if (parsed && fits && now < Date.parse(parsed.cert.validTo) - authorityMarginMs)
      return { authority: { key, cert }, wasReplaced: false };
  }
  const { makeAuthority } = await import('./authority.ts');
  const made = await makeAuthority({ name: `Porchlight on ${computer} (${mark(options.key, now)})`, now });
  // The key first: a certificate without its key would be trusted for nothing.
  await writeDurably(join(folder, 'authority-key.pem'), made.key);
  await writeDurably(join(folder, 'authority.pem'), made.cert);
  return { authority: made, wasReplaced: cert !== undefined };
}

function isGood(
  leaf: string,
  {
    authority,
    key,
    hosts,
    now,
  }: { authority: Authority; key: string; hosts: readonly string[]; now: number },
): boolean {
  const cert = orUndefined(() => new X509Certificate(leaf));
  if (!cert) return false;
  return (
    cert.verify(new X509Certificate(authority.cert).publicKey) &&
    publicOf(cert) === publicOf(key) &&
    now >= Date.parse(cert.validFrom) &&
    now < Date.parse(cert.validTo) - leafMarginMs &&
    hostsIn(leaf).map(canonical).toSorted().join() === hosts.toSorted().join()
  );
}

/** IPv6 addresses have many spellings; names have one. */
function canonical(host: string): string {
  const family = isIP(host);
  return family === 6 ? new SocketAddress({ address: host, family: 'ipv6' }).address : host;
}

function publicOf(of: X509Certificate | string): string {
  const key = typeof of === 'string' ? createPublicKey(of) : of.publicKey;
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

function nameOf(cert: string): string {
  return /^CN=(.*)$/m.exec(new X509Certificate(cert).subject)?.[1] ?? 'Porchlight';
}

/** Four characters that tell this authority from all others of that computer's name. */
function mark(key: string, now: number): string {
  return createHash('sha256')
    .update(`${publicOf(key)} ${now}`)
    .digest('hex')
    .slice(0, 4)
    .toUpperCase();
}
