// What of the scanners' findings is a weakness. All that they do not call fine is one, but for what is so on purpose: each with its
// reason. Pure.
import type { Finding } from './scan.ts';

const meant: Readonly<Record<string, string>> = {
  cert_revocation:
    'an authority of one computer has nobody who would serve lists: to revoke is to remove it from the phone',
  HSTS: 'on the name of a home it would lock out every other port of that computer',
  HTTP_status_code: 'testssl asks without the port, which is no name of this daemon: 421 is right',
  engine_problem: 'of the scanner’s own openssl, not of the daemon',
};

export const leastScore = 96;
export const leastGrade = 'A+';

/** One line for each weakness. */
export function weaknesses(findings: readonly Finding[]): string[] {
  const bad = findings.filter(({ id, severity }) => !['OK', 'INFO'].includes(severity) && !(id in meant));
  const rated = (id: string) => findings.find((finding) => finding.id === id)?.finding;
  const [score, grade] = [rated('final_score'), rated('overall_grade')];
  return [
    ...bad.map(({ id, severity, finding }) => `${severity} ${id}: ${finding}`),
    ...(score !== undefined && Number(score) < leastScore ? [`score ${score}, less than ${leastScore}`] : []),
    ...(grade !== undefined && grade !== leastGrade ? [`grade ${grade}, not ${leastGrade}`] : []),
  ];
}

/** What was found and let pass, with the reason. */
export function letPass(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ id, severity }) => !['OK', 'INFO'].includes(severity) && id in meant)
    .map(({ id }) => `${id}: ${meant[id]}`);
}

/** The same for sslscan's text. */
export function weaknessesInText(text: string): string[] {
  const lines = text.split('\n');
  const old = lines.filter((line) => /^(SSLv2|SSLv3|TLSv1\.[01])\s+enabled/.test(line));
  const ciphers = lines.filter((line) => /^(Preferred|Accepted)\s/.test(line));
  const weak = ciphers.filter((line) => !/\b(TLS_|ECDHE-)\S*(GCM|CHACHA20)/.test(line));
  const signature = /Signature Algorithm: (\S+)/.exec(text)?.[1];
  return [
    ...[...old, ...weak].map((line) => line.replaceAll(/\s+/g, ' ').trim()),
    ...(ciphers.length === 0 ? ['no cipher was accepted: nothing was scanned'] : []),
    ...(signature !== undefined && /sha1/i.test(signature) ? [`signed with ${signature}`] : []),
  ];
}
