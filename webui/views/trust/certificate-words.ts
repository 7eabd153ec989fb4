// The level of the computer's certificate in plain words, as this device meets it. Pure.
import type { CertificateFacts } from '../../../daemon/protocol/certificate.ts';
import type { Trusted } from './check-trust.ts';

export interface CertificateWords {
  readonly title: string;
  readonly explanation: string;
}

/** `host`: under which this page was opened; `trusted`: what the browser said when it was asked. */
export function certificateWords(
  { level, names }: CertificateFacts,
  { host, trusted }: { host: string; trusted: Trusted },
): CertificateWords {
  if (level === 'own' && names.includes(host)) {
    return {
      title: 'Your own certificate',
      explanation: `Encrypted, and everyone’s browser knows who signed for ${host}.`,
    };
  }
  if (level === 'trusted' && trusted === 'yes') {
    return {
      title: 'Trusted on this phone',
      explanation:
        'Encrypted, and this device knows the computer by its certificate. It will not warn again.',
    };
  }
  return { title: 'Encrypted; your phone warned once', explanation: warnedWords(level, names) };
}

function warnedWords(level: CertificateFacts['level'], names: readonly string[]): string {
  switch (level) {
    case 'selfSigned':
      return 'The certificate is the computer’s own, and nobody vouches for it. That you reached the right computer you know from the six digits at pairing.';
    case 'trusted':
      return 'This computer can be trusted for good, but this device has not been told to.';
    case 'own':
      return `Without a warning the computer is reached at ${names.map((name) => `https://${name}`).join(' or ')}.`;
    default:
      return level satisfies never;
  }
}
