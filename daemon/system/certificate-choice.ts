// Which level the person has chosen, kept beside the certificates.
import { dirname, join } from 'node:path';
import { CertificateLevel } from '../protocol/certificate.ts';
import { readIfThere } from './certificate.ts';
import { orUndefined } from './certificate-faults.ts';
import { makeFolderDurably, writeDurably } from './durable-file.ts';

export const choiceFile = 'level.json';

/** Self-signed where nothing was chosen; undefined where what stands there cannot be understood. */
export async function readChoice(folder: string): Promise<CertificateLevel | undefined> {
  const text = await readIfThere(join(folder, choiceFile));
  if (text === undefined) return 'selfSigned';
  return CertificateLevel.safeParse(orUndefined(() => JSON.parse(text))?.level).data;
}

export async function keepChoice(folder: string, level: CertificateLevel): Promise<void> {
  await makeFolderDurably(folder, dirname(folder));
  await writeDurably(join(folder, choiceFile), JSON.stringify({ level }));
}
