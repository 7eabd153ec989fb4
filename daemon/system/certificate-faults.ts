// What can be wrong with a certificate, in words: each fault with what mends it. For the daemon's start, and for whoever looks
// for what is amiss. Pure: reads no file and no clock.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { dateOf } from './certificate.ts';

const day = 86_400_000;
/** From here on a certificate that nobody renews by itself is spoken of. */
export const soonMs = 30 * day;

export interface CertificateFault {
  /** It cannot be used at all. */
  readonly isFatal: boolean;
  readonly sentence: string;
  /** What to do, in a sentence. */
  readonly fix: string;
}

interface Given {
  /** PEM; `cert` may be a chain, the server's own first. */
  readonly key: string;
  readonly cert: string;
  /** The name under which phones are to reach it; undefined where the certificate's own names do. */
  readonly name?: string | undefined;
  /** Where they came from, for the words. */
  readonly keyFile: string;
  readonly certFile: string;
}

/** Empty when it can be used as it is. */
export function certificateFaults(given: Given, now: number): readonly CertificateFault[] {
  const { certFile, keyFile, name } = given;
  const cert = parsedCert(given.cert);
  if (!cert)
    return [
      fatal(
        `${certFile} holds no certificate.`,
        'It has to be a PEM file that begins with -----BEGIN CERTIFICATE-----.',
      ),
    ];
  const faults: CertificateFault[] = [];
  const key = parsedKey(given.key);
  if (!key)
    faults.push(
      fatal(`${keyFile} holds no key that can be read.`, 'It has to be a PEM file without a password.'),
    );
  else if (!cert.checkPrivateKey(key)) {
    faults.push(
      fatal(
        `The key in ${keyFile} does not fit the certificate in ${certFile}.`,
        'Give the two that were made together.',
      ),
    );
  }
  const ends = Date.parse(cert.validTo);
  if (now > ends)
    faults.push(
      fatal(
        `The certificate in ${certFile} ended on ${dateOf(ends)}.`,
        'Renew it where you got it from; Porchlight takes the new one by itself.',
      ),
    );
  else if (now > ends - soonMs) {
    faults.push({
      isFatal: false,
      sentence: `The certificate in ${certFile} ends on ${dateOf(ends)}.`,
      fix: 'Renew it where you got it from; Porchlight takes the new one by itself.',
    });
  }
  if (now < Date.parse(cert.validFrom)) {
    faults.push(
      fatal(
        `The certificate in ${certFile} begins only on ${dateOf(cert.validFrom)}.`,
        'If this computer’s clock is wrong, set it right.',
      ),
    );
  }
  if (name !== undefined && cert.checkHost(name) === undefined) {
    faults.push(
      fatal(
        `The certificate in ${certFile} is not for ${name}.`,
        `It is for ${namesIn(cert).join(', ') || 'no name at all'}.`,
      ),
    );
  } else if (name === undefined && fixedNames(cert).length === 0) {
    faults.push(
      namesIn(cert).length === 0
        ? fatal(`The certificate in ${certFile} names no host.`, 'Get one with a subject alternative name.')
        : fatal(
            `The certificate in ${certFile} is for any of ${namesIn(cert).join(', ')}.`,
            'Say which name is this computer’s: "name" beside "cert" and "key" in config.json.',
          ),
    );
  }
  return faults;
}

/** The names under which it is shown: the one that was said, else all that are no patterns. */
export function servedNames({ cert, name }: { cert: string; name?: string | undefined }): readonly string[] {
  const parsed = parsedCert(cert);
  if (name !== undefined) return [name.toLowerCase()];
  return parsed ? fixedNames(parsed) : [];
}

/** Every host that a certificate vouches for. */
export function hostsIn(pem: string): readonly string[] {
  const cert = parsedCert(pem);
  return cert ? altNames(cert).map(({ value }) => value) : [];
}

function fixedNames(cert: X509Certificate): readonly string[] {
  return namesIn(cert).filter((name) => !name.includes('*'));
}

function namesIn(cert: X509Certificate): readonly string[] {
  return altNames(cert)
    .filter(({ kind }) => kind === 'DNS')
    .map(({ value }) => value.toLowerCase());
}

/** As Node prints them: `DNS:localhost, IP Address:127.0.0.1`. */
function altNames({ subjectAltName = '' }: X509Certificate): readonly { kind: string; value: string }[] {
  return subjectAltName.split(', ').flatMap((part) => {
    const [, kind, value] = /^(DNS|IP Address):(.+)$/.exec(part) ?? [];
    return kind === undefined || value === undefined ? [] : [{ kind, value }];
  });
}

function parsedCert(pem: string): X509Certificate | undefined {
  return orUndefined(() => new X509Certificate(pem));
}

function parsedKey(pem: string) {
  return orUndefined(() => createPrivateKey(pem));
}

/** For parsers that throw a plain Error, with a code of OpenSSL's or a message of JSON's, for whatever is not of the form. */
export function orUndefined<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function fatal(sentence: string, fix: string): CertificateFault {
  return { isFatal: true, sentence, fix };
}
