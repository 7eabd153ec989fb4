// What is served at each level, made or read from the disk, with when to look again. Turns no level on and tells nobody.
import { X509Certificate } from 'node:crypto';
import type { Certificates, Shown } from '../ports/certificates.ts';
import type { CertificateFacts, CertificateLevel } from '../protocol/certificate.ts';
import { openCertificate } from './certificate.ts';
import { soonMs } from './certificate-faults.ts';
import { endsSoonWords, fellBackWords, newAddressWords } from './certificate-words.ts';
import { type OwnFiles, readOwn } from './own-certificate.ts';
import { openTrusted } from './trusted-certificate.ts';

const day = 86_400_000;
/** After an attempt that failed. */
export const againMs = 60_000;

export interface Served {
  readonly daemonId: string;
  readonly shown: Shown;
  readonly facts: CertificateFacts;
  readonly authority: Certificates['authority'];
  readonly endsAt: number;
  /** When to look again whatever happens, by the person's clock. */
  readonly renewAt: number;
}

export interface Place {
  readonly folder: string;
  readonly computer: string;
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  readonly lanAddresses: readonly string[];
  readonly ownFiles: OwnFiles;
  readonly now: number;
}

export async function serveAt(level: CertificateLevel, place: Place): Promise<Served> {
  const { now } = place;
  const { key, cert, fingerprint, daemonId, notice = '' } = await openCertificate(place);
  const usual = { key, cert };
  const ends = Date.parse(new X509Certificate(cert).validTo);
  const selfSigned = (...words: string[]): Served => ({
    daemonId,
    shown: { usual, byName: new Map() },
    facts: {
      ...{ level: 'selfSigned', fingerprint, authority: null, names: [] },
      notice: words.filter((sentence) => sentence !== '').join(' '),
    },
    authority: undefined,
    endsAt: ends,
    renewAt: now < ends - soonMs ? ends - soonMs : ends,
  });
  switch (level) {
    case 'selfSigned':
      return selfSigned(notice, newAddressWords(unnamed(cert, place.lanAddresses)), endsSoonWords(ends, now));
    case 'trusted': {
      const { chain, ...trusted } = await openTrusted({ ...place, key });
      const facts = {
        fingerprint: new X509Certificate(chain).fingerprint256,
        authority: new X509Certificate(trusted.authority.cert).fingerprint256,
      };
      return {
        ...{ ...trusted, daemonId, shown: { usual: { key, cert: chain }, byName: new Map() } },
        facts: { level, ...facts, names: [], notice: trusted.notice },
      };
    }
    case 'own': {
      const own = await readOwn(place.ownFiles, now);
      if (!own.isGood) return { ...selfSigned(fellBackWords(own.sentence)), renewAt: now + againMs };
      const { fingerprint256 } = new X509Certificate(own.shown.cert);
      return {
        daemonId,
        shown: { usual, byName: new Map(own.names.map((name) => [name, own.shown])) },
        facts: {
          ...{ level, fingerprint: fingerprint256, authority: null, names: [...own.names] },
          notice: own.notice,
        },
        authority: undefined,
        endsAt: own.endsAt,
        renewAt: now + day,
      };
    }
    default:
      return level satisfies never;
  }
}

function unnamed(cert: string, addresses: readonly string[]): readonly string[] {
  const parsed = new X509Certificate(cert);
  return addresses.filter((address) => parsed.checkIP(address) === undefined);
}
