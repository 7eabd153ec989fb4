// The certificate as a line of the doctor's, or one for each fault of it.
import { join } from 'node:path';
import type { CertificateLevel } from '../protocol/certificate.ts';
import type { Check } from '../protocol/doctor.ts';
import { readChoice } from '../system/certificate-choice.ts';
import { examineCertificates } from '../system/certificate-doctor.ts';
import type { CertificateFault } from '../system/certificate-faults.ts';
import type { OwnFiles } from '../system/own-certificate.ts';

const name = 'Certificate';

export function judgeCertificate(
  level: CertificateLevel,
  faults: readonly CertificateFault[],
): readonly Check[] {
  if (faults.length === 0) return [{ name, state: 'ok', sentence: meaning[level], fix: '' }];
  return faults.map(({ isFatal, sentence, fix }) => ({
    name,
    state: isFatal ? 'bad' : 'warning',
    sentence,
    fix,
  }));
}

const meaning = {
  selfSigned: 'It is self-signed: each phone warns once.',
  trusted: 'It is signed by this computer’s own authority: no warning on phones that were told to trust it.',
  own: 'It is your own, and sound.',
} satisfies Record<CertificateLevel, string>;

export async function checkCertificate(of: {
  home: string;
  configured: OwnFiles | null;
  lanAddresses: readonly string[];
  now: number;
}): Promise<readonly Check[]> {
  const folder = join(of.home, 'tls');
  const level = of.configured ? 'own' : ((await readChoice(folder)) ?? 'selfSigned');
  return judgeCertificate(level, await examineCertificates({ ...of, folder }));
}
