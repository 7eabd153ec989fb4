// `porchlight certificate`: which certificate the running daemon shows, at which level, and the turning on of another.
import type { CertificateFacts, CertificateLevel, CertificateReport } from '../protocol/certificate.ts';
import type { Environment } from './environment.ts';
import { connectPrivately } from './private-client.ts';

export async function showCertificate(
  { print, env }: Environment,
  options: { home: string; json: boolean },
): Promise<void> {
  const client = await connectPrivately(options.home, env);
  const report = await client.run('certificate.show', {});
  if (options.json) return print(JSON.stringify(report));
  for (const line of linesOf(report)) print(line);
}

export async function useCertificate(
  { print, env }: Environment,
  { home, level }: { home: string; level: CertificateLevel },
): Promise<void> {
  const client = await connectPrivately(home, env);
  const { offer } = await client.run('certificate.show', {});
  // What is about to be run is said before it is.
  if (level === 'own' && offer) print(`Running: ${offer.command.join(' ')}`);
  const facts = await client.run('certificate.use', { level });
  const { urls } = await client.run('daemon.status', {});
  for (const line of [...afterwards(facts, urls), '']) print(line);
  for (const line of linesOf({ ...(await client.run('certificate.show', {})), offer: null })) print(line);
}

function linesOf(report: CertificateReport): string[] {
  const { level, fingerprint, authority, hosts, endsAt, notice, offer } = report;
  return [
    meaning[level],
    `  SHA-256        ${fingerprint}`,
    ...(authority === null
      ? []
      : [
          `  To compare     ${authority}`,
          '                 (the authority’s SHA-256, as the page “Trust this computer” shows it)',
        ]),
    `  For            ${hosts.join('  ')}`,
    `  Good until     ${new Date(endsAt).toISOString().slice(0, 10)}`,
    ...(notice === '' ? [] : ['', notice]),
    ...(offer === null
      ? []
      : [
          '',
          `Tailscale has a certificate for ${offer.name}, which every browser trusts. To use it: porchlight certificate own`,
          `  (runs: ${offer.command.join(' ')})`,
        ]),
  ];
}

const meaning: Readonly<Record<CertificateLevel, string>> = {
  selfSigned: 'Self-signed: encrypted; each phone warns once.',
  trusted: 'Signed by this computer’s own authority: no warning on phones that were told to trust it.',
  own: 'Your own certificate.',
};

function afterwards({ level, names }: CertificateFacts, urls: readonly string[]): string[] {
  switch (level) {
    case 'selfSigned':
      return [
        'The self-signed certificate is in force again. Phones may warn once; they stay paired.',
        'A phone that was told to trust this computer still does; remove “Porchlight” from its certificates if it should not.',
      ];
    case 'trusted':
      return [
        'On each phone open this page and follow its steps; until then the phone warns once more:',
        `  ${urls[0]}/trust`,
      ];
    case 'own':
      return [
        `Phones reach this computer without a warning at: https://${names.join('  https://')}`,
        'A phone that is paired at another address has to be paired once more at this one.',
      ];
    default:
      return level satisfies never;
  }
}
