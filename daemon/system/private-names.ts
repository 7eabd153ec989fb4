// Which addresses and names belong to private networks: the only ones that the local authority may vouch for, so that its key,
// if stolen, is worth nothing against the rest of the web. Pure.
import { BlockList, isIP } from 'node:net';

export const privateRanges = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
] as const;

/** With everything below them: `local` stands for `study.local` too. */
export const privateDomains = ['local', 'localhost'] as const;

const ranges = new BlockList();
for (const range of privateRanges) {
  const [address = '', bits] = range.split('/');
  ranges.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && ranges.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

export function isPrivateName(name: string): boolean {
  return privateDomains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}

/** As it stands in a certificate: without the brackets of a URL and without the interface's name. */
export function bareAddress(host: string): string {
  return host.replaceAll(/[[\]]/g, '').replace(/%.*$/, '');
}

/** What of these the authority may vouch for; public addresses are left out, or phones would refuse the whole certificate. */
export function vouchable(options: { names: readonly string[]; addresses: readonly string[] }): {
  readonly names: readonly string[];
  readonly addresses: readonly string[];
} {
  return {
    names: options.names.filter(isPrivateName),
    addresses: options.addresses.filter(isPrivateAddress),
  };
}
