// The certificate that a phone is to trust, as this page gets it: fetched like the phone does, and hashed here.
import { Unreachable } from '../../http.ts';
import { certificatePath } from './steps.ts';

export interface Authority {
  /** SHA-256, `AB:CD:…`. */
  readonly fingerprint: string;
  /** As a phone lists it. */
  readonly name: string;
}

/** Undefined where it was not turned on at the computer. Rejects with Unreachable. */
export async function fetchAuthority(): Promise<Authority | undefined> {
  const response = await fetch(certificatePath, { cache: 'no-store' }).catch((cause: unknown) => {
    throw new Unreachable({ cause });
  });
  if (!response.ok) return undefined;
  const der = new Uint8Array(await response.arrayBuffer());
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', der));
  const pairs = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0').toUpperCase());
  return { fingerprint: pairs.join(':'), name: nameIn(der) };
}

/** The daemon names every authority like this, so that it is found without reading the whole certificate. */
function nameIn(der: Uint8Array): string {
  const text = new TextDecoder().decode(der);
  return /Porchlight on [^(]{1,80} \([0-9A-F]{4}\)/.exec(text)?.[0] ?? 'Porchlight';
}
