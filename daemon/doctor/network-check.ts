// Under which addresses phones find the computer, and whether it answers there. The judgements are pure; `knock` does the asking.
import { request } from 'node:https';
import type { Check } from '../protocol/doctor.ts';
import type { LanInterface } from '../system/network.ts';

/** `host`: what the settings tell the daemon to listen on. */
export function judgeNetwork(of: {
  host: string;
  isLocalOnly: boolean;
  interfaces: readonly LanInterface[];
}): Check {
  const name = 'Network';
  const { host, isLocalOnly, interfaces } = of;
  if (isLocalOnly) {
    return {
      ...{ name, state: 'warning', sentence: `Porchlight listens on ${host} only, so no phone reaches it.` },
      fix: 'Take "host" out of config.json (or --host off the command line) and start Porchlight again.',
    };
  }
  const [best, ...others] = interfaces;
  if (!best) {
    return {
      ...{ name, state: 'bad', sentence: 'This computer has no address on any network.' },
      fix: 'Connect it to the Wi-Fi or the cable that the phone is on.',
    };
  }
  const where = interfaces.map(({ name, address }) => `${address} (${name})`);
  if (best.isVirtual) {
    return {
      ...{ name, state: 'warning', fix: 'Connect it to the Wi-Fi or the cable that the phone is on.' },
      sentence: `This computer has only addresses of containers, virtual machines or tunnels: ${where.join(', ')}.`,
    };
  }
  const more = others.length === 0 ? '' : ` Then: ${where.slice(1).join(', ')}.`;
  return { name, state: 'ok', sentence: `Phones are sent to ${where[0]}.${more}`, fix: '' };
}

/** Undefined when Porchlight answered at that address, otherwise what came instead. */
export type Knock = (address: string, port: number) => Promise<string | undefined>;

const patienceMs = 4000;

/** A visit like a phone's. It goes to the computer itself, so a firewall that keeps others out is not seen by it. */
export const knock: Knock = (address, port) =>
  new Promise((resolve) => {
    // What the certificate is worth is looked at elsewhere.
    const options = { rejectUnauthorized: false, timeout: patienceMs, agent: false };
    const call = request(`https://${address}:${port}/healthz`, options, (response) => {
      response.resume();
      resolve(
        response.statusCode === 200 ? undefined : `another program, or an answer ${response.statusCode}`,
      );
    });
    call.once('timeout', () => call.destroy(new Error('no answer')));
    call.once('error', (error) => resolve(error.message));
    call.end();
  });

export function judgeAnswers(
  found: readonly { address: string; port: number; trouble: string | undefined }[],
): Check {
  const name = 'Port';
  const silent = found.filter(({ trouble }) => trouble !== undefined);
  const places = found.map(({ address, port }) => `${address}:${port}`).join(', ');
  if (silent.length === 0)
    return { name, state: 'ok', sentence: `Porchlight answers at ${places}.`, fix: '' };
  const what = silent.map(({ address, port, trouble }) => `${address}:${port} (${trouble})`).join(', ');
  return {
    ...{ name, state: silent.length === found.length ? 'bad' : 'warning' },
    sentence: `Porchlight does not answer at ${what}.`,
    fix: 'Look whether a VPN or security program on this computer forbids it, then start Porchlight again.',
  };
}
