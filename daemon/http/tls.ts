// TLS as it is spoken on the network: 1.2 with forward secrecy and authenticated ciphers only, or 1.3. Shows the certificate
// that is in force, and takes another one while connections stay open.
import type { Server } from 'node:https';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { Dispose } from '../ports.ts';
import type { Certificates, KeyAndCert } from '../ports/certificates.ts';

// Of TLS 1.2 also the RSA ones, since a person's own certificate may be for an RSA key.
const ciphers = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-RSA-AES128-GCM-SHA256',
].join(':');

export function secureOptions({ key, cert }: KeyAndCert): SecureContextOptions {
  return {
    key,
    cert,
    ciphers,
    minVersion: 'TLSv1.2',
    honorCipherOrder: true,
    ecdhCurve: 'X25519:P-256:P-384',
  };
}

/** For `createServer`: the certificate for a name that a peer asks for; none for others, which get the usual one. */
export function choosesByName(certificates: Certificates) {
  let of: Certificates['shown'] | undefined;
  let contexts = new Map<string, SecureContext>();
  return (name: string, chosen: (error: Error | null, context?: SecureContext) => void): void => {
    if (of !== certificates.shown) {
      of = certificates.shown;
      contexts = new Map(
        [...of.byName].map(([host, shown]) => [host, createSecureContext(secureOptions(shown))]),
      );
    }
    chosen(null, contexts.get(name.toLowerCase()));
  };
}

/** Connections that are open keep what they began with. */
export function followCertificates(server: Server, certificates: Certificates): Dispose {
  return certificates.follow(() => server.setSecureContext(secureOptions(certificates.shown.usual)));
}
