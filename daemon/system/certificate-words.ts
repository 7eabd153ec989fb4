// What is said of the daemon's certificate when something about it is not as usual. Words only.
import { dateOf } from './certificate.ts';
import { soonMs } from './certificate-faults.ts';

/** Empty when the certificate names every address. */
export function newAddressWords(addresses: readonly string[]): string {
  if (addresses.length === 0) return '';
  const which = addresses.join(' and ');
  return (
    `This computer now has the address ${which}, which its certificate does not name. The certificate stays as it is, so ` +
    'phones that have accepted it stay content where they know it; at the new address each warns once. For one that names ' +
    'it, run: porchlight certificate reset. Each phone then warns once more and stays paired, since the key stays.'
  );
}

/** Of the self-signed one, which is never renewed before it has ended; empty until a month before. */
export function endsSoonWords(ends: number, now: number): string {
  if (now < ends - soonMs || now >= ends) return '';
  return (
    `The certificate ends on ${dateOf(ends)}. Then a new one is made, and each phone warns once; it stays paired. To do it ` +
    'at a time of your choice, run: porchlight certificate reset.'
  );
}

export function fellBackWords(sentence: string): string {
  return `Your own certificate is not in use, so phones are shown this computer’s self-signed one. ${sentence}`;
}
