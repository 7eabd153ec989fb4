// What is wrong with the certificates of a home, found from its files alone: for `porchlight doctor`, whether the daemon runs or not.
// Changes nothing.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { dateOf, readIfThere } from './certificate.ts';
import { choiceFile, readChoice } from './certificate-choice.ts';
import { type CertificateFault, certificateFaults, orUndefined, soonMs } from './certificate-faults.ts';
import { newAddressWords } from './certificate-words.ts';
import type { OwnFiles } from './own-certificate.ts';

/** `folder`: `tls` in the home; `configured`: what the settings name. Empty when all is well, or nothing was made yet. */
export async function examineCertificates(options: {
  folder: string;
  configured: OwnFiles | null;
  lanAddresses: readonly string[];
  now: number;
}): Promise<readonly CertificateFault[]> {
  const { folder, configured, now } = options;
  const path = (name: string) => join(folder, name);
  const level = configured ? 'own' : await readChoice(folder);
  const found: CertificateFault[] = [];
  if (level === undefined)
    found.push(spoilt(path(choiceFile), 'Delete it; the self-signed certificate is used then.'));
  found.push(...(await openKeys([path('key.pem'), path('authority-key.pem'), configured?.key])));
  switch (level) {
    case 'own':
      found.push(
        ...(await examineOwn(
          configured ?? { cert: path('tailscale-cert.pem'), key: path('tailscale-key.pem') },
          now,
        )),
      );
      break;
    case 'trusted':
      found.push(...(await examineAuthority(path('authority.pem'), path('authority-key.pem'), now)));
      break;
    default:
      found.push(...(await examineSelfSigned(path('cert.pem'), options.lanAddresses)));
  }
  return found;
}

async function examineOwn(files: OwnFiles, now: number): Promise<readonly CertificateFault[]> {
  const [cert, key] = [await readIfThere(files.cert), await readIfThere(files.key)];
  const missing = [cert === undefined ? files.cert : '', key === undefined ? files.key : ''].filter(Boolean);
  if (cert === undefined || key === undefined) {
    return missing.map((file) => ({
      ...{ isFatal: true, sentence: `There is nothing in ${file}.` },
      fix: 'Put the file there, or run: porchlight certificate reset',
    }));
  }
  return certificateFaults({ cert, key, name: files.name, certFile: files.cert, keyFile: files.key }, now);
}

async function examineAuthority(certFile: string, keyFile: string, now: number): Promise<CertificateFault[]> {
  const [cert, key] = [await readIfThere(certFile), await readIfThere(keyFile)];
  // The daemon makes what is missing; phones then have to be shown the new one.
  if (cert === undefined || key === undefined) return [spoilt(certFile, anew)];
  const parsed = orUndefined(() => ({ cert: new X509Certificate(cert), key: createPrivateKey(key) }));
  if (!parsed?.cert.checkPrivateKey(parsed.key)) return [spoilt(certFile, anew)];
  const ends = Date.parse(parsed.cert.validTo);
  if (now < ends - soonMs) return [];
  return [
    {
      isFatal: false,
      sentence: `What phones were told to trust ends on ${dateOf(ends)}.`,
      fix: 'Start Porchlight; it makes a new one, which each phone has to be shown.',
    },
  ];
}

async function examineSelfSigned(file: string, addresses: readonly string[]): Promise<CertificateFault[]> {
  const cert = await readIfThere(file);
  if (cert === undefined) return [];
  const parsed = orUndefined(() => new X509Certificate(cert));
  if (!parsed) return [spoilt(file, 'Delete it and start Porchlight, which makes another.')];
  const unnamed = addresses.filter((address) => parsed.checkIP(address) === undefined);
  const [sentence = '', ...fix] = newAddressWords(unnamed).split(/(?<=\.) /);
  return sentence === '' ? [] : [{ isFatal: false, sentence, fix: fix.join(' ') }];
}

/** Keys that others than the owner may read. */
async function openKeys(files: readonly (string | undefined)[]): Promise<CertificateFault[]> {
  const checked = await Promise.all(
    files.map(async (file) => {
      const mode =
        file === undefined
          ? 0
          : await stat(file).then(
              ({ mode }) => mode,
              () => 0,
            );
      if (file === undefined || (mode & 0o077) === 0) return [];
      return [
        {
          isFatal: false,
          sentence: `The key in ${file} can be read by others.`,
          fix: `Run: chmod 600 ${file}`,
        },
      ];
    }),
  );
  return checked.flat();
}

const anew = 'Start Porchlight; it makes a new authority, which each phone has to be shown.';

function spoilt(file: string, fix: string): CertificateFault {
  return { isFatal: true, sentence: `${file} is missing or cannot be understood.`, fix };
}
