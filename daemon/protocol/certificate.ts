// What is told of the daemon's TLS certificate: which of three levels is in force, and how to know it by its fingerprint.
import * as z from 'zod/mini';

/**
 * `selfSigned`: each phone warns once. `trusted`: by an authority of this install, which a phone may be told to trust. `own`: by
 * whoever the person got it from.
 */
export const CertificateLevel = z.enum(['selfSigned', 'trusted', 'own']);
export type CertificateLevel = z.infer<typeof CertificateLevel>;

export const certificateLevelWords: Readonly<Record<CertificateLevel, string>> = {
  selfSigned: 'self-signed',
  trusted: 'trusted on phones that are told to',
  own: 'the person’s own',
};

/** Fingerprints are SHA-256, `AB:CD:…`, as browsers show them. */
export const certificateFacts = {
  level: CertificateLevel,
  fingerprint: z.string(),
  /** Of the authority that phones are told to trust; null at the other levels. */
  authority: z.nullable(z.string()),
  /** The names of the person's own certificate; under others the self-signed one is shown. */
  names: z.array(z.string()),
  /** What a person should know of it, in a sentence or two; empty when all is well. */
  notice: z.string(),
};
export const CertificateFacts = z.object(certificateFacts);
export type CertificateFacts = z.infer<typeof CertificateFacts>;

export const unknownCertificate: CertificateFacts = {
  level: 'selfSigned',
  fingerprint: '',
  authority: null,
  names: [],
  notice: '',
};

/** `offer`: a certificate that is to be had by the command, which is run only when it is asked for. */
export const CertificateReport = z.object({
  ...certificateFacts,
  /** What it vouches for. */
  hosts: z.array(z.string()),
  /** ms since 1970. */
  endsAt: z.number(),
  offer: z.nullable(z.object({ name: z.string(), command: z.array(z.string()) })),
});
export type CertificateReport = z.infer<typeof CertificateReport>;
