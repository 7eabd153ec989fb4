// The daemon's certificates as its other parts need them. Types only; system/served-certificates.ts has the work.
import type { CertificateFacts, CertificateLevel, CertificateReport } from '../protocol/certificate.ts';
import type { Dispose } from '../ports.ts';

/** Both as PEM; `cert` may be a chain, the server's own first. */
export interface KeyAndCert {
  readonly key: string;
  readonly cert: string;
}

/** What a peer is shown: by the name that it asks for, else the usual one. */
export interface Shown {
  readonly usual: KeyAndCert;
  readonly byName: ReadonlyMap<string, KeyAndCert>;
}

export interface Certificates {
  /** Who this daemon is, whatever its certificate: 20 characters of base32. */
  readonly daemonId: string;
  readonly facts: CertificateFacts;
  readonly shown: Shown;
  /** What phones are told to trust: PEM and its common name; undefined at the other levels. */
  readonly authority: { readonly cert: string; readonly name: string } | undefined;
  /** Calls `changed` whenever `shown` has become another. */
  follow(changed: () => void): Dispose;
  /** `withOffer`: look for a certificate that is to be had, too. */
  report(options: { withOffer: boolean }): Promise<CertificateReport>;
  /**
   * Turns a level on; the one that is on already is made anew where that helps. Rejects with AppError `no_own_certificate` or
   * `certificate_configured`.
   */
  use(level: CertificateLevel): Promise<CertificateFacts>;
  close(): void;
}
