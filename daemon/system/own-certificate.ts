// The certificate of the level `own`: the person's, from the files that the settings name or that Tailscale wrote. Read and
// judged; never written here.
import { readFile, stat } from 'node:fs/promises';
import { X509Certificate } from 'node:crypto';
import type { KeyAndCert } from '../ports/certificates.ts';
import { type CertificateFault, certificateFaults, servedNames } from './certificate-faults.ts';

export interface OwnFiles {
  readonly cert: string;
  readonly key: string;
  /** The computer's name, where the certificate is for any of a domain's. */
  readonly name?: string | undefined;
}

export type OwnCertificate =
  | {
      readonly isGood: true;
      readonly shown: KeyAndCert;
      readonly names: readonly string[];
      readonly endsAt: number;
      /** Worth telling: it ends soon. */
      readonly notice: string;
    }
  | { readonly isGood: false; readonly sentence: string };

export async function readOwn(files: OwnFiles, now: number): Promise<OwnCertificate> {
  const [cert, key] = await Promise.all([readOr(files.cert), readOr(files.key)]);
  if (typeof cert !== 'string') return cert;
  if (typeof key !== 'string') return key;
  const faults = certificateFaults(
    { key, cert, name: files.name, keyFile: files.key, certFile: files.cert },
    now,
  );
  const fatal = faults.find(({ isFatal }) => isFatal);
  if (fatal) return { isGood: false, sentence: inWords(fatal) };
  return {
    isGood: true,
    shown: { key, cert },
    names: servedNames({ cert, name: files.name }),
    endsAt: Date.parse(new X509Certificate(cert).validTo),
    notice: faults.map(inWords).join(' '),
  };
}

/** Changes whenever one of the files does; links are followed, as certificates are often renewed by moving a link. */
export async function stampOf(files: OwnFiles): Promise<string> {
  const stamps = await Promise.all(
    [files.cert, files.key].map((path) =>
      stat(path).then(
        ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
        (error: NodeJS.ErrnoException) => error.code ?? '',
      ),
    ),
  );
  return stamps.join();
}

function inWords({ sentence, fix }: CertificateFault): string {
  return `${sentence} ${fix}`;
}

async function readOr(path: string): Promise<string | { isGood: false; sentence: string }> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return { isGood: false, sentence: `There is no file ${path}.` };
    if (code === 'EACCES' || code === 'EISDIR')
      return { isGood: false, sentence: `${path} cannot be read (${code}).` };
    throw error;
  }
}
