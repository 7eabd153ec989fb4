// Under which names and addresses this computer is reached.
import { hostname, networkInterfaces } from 'node:os';

/** Interfaces of containers, virtual machines and tunnels: a phone on the Wi-Fi does not reach them. */
const virtual = /^(docker|br-|veth|virbr|vmnet|vboxnet|tun|tap|utun|wg|zt|lo|awdl|llw|bridge|tailscale)/;

export interface LanInterface {
  /** E.g. `wlan0`. */
  readonly name: string;
  readonly address: string;
  readonly isVirtual: boolean;
}

/** IPv4 addresses that a phone may reach, the likeliest first. */
export function lanAddresses(): string[] {
  return lanInterfaces().map(({ address }) => address);
}

/** The same with the interfaces that have them. */
export function lanInterfaces(): readonly LanInterface[] {
  const found: (LanInterface & { readonly rank: number })[] = [];
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    for (const { address, family, internal } of addresses ?? []) {
      if (internal || family !== 'IPv4' || address.startsWith('169.254.')) continue;
      const isVirtual = virtual.test(name);
      found.push({ name, address, isVirtual, rank: (isVirtual ? 10 : 0) + (isPrivate(address) ? 0 : 5) });
    }
  }
  return found
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ name, address, isVirtual }) => ({ name, address, isVirtual }));
}

/** The address that this computer has in the person's Tailscale network, where it is in one. */
export function tailscaleAddress(): string | undefined {
  return lanInterfaces().find(
    ({ name, address }) => /^(tailscale|utun)\d+$/.test(name) && tailnet.test(address),
  )?.address;
}

/** 100.64.0.0/10. Providers use the same addresses for others, so an interface's name has to fit, too. */
const tailnet = /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;

/** Hosts under which a daemon that listens on `host` is reached, for a page that looks for it elsewhere, best first. */
export function addressList(host: string): string[] {
  const isLocalOnly = ['127.0.0.1', 'localhost', '::1'].includes(host);
  return isLocalOnly ? ['localhost', '127.0.0.1'] : [...lanAddresses(), ...ownNames().slice(1)];
}

/** Every address of every interface, loopback too, as they stand in a URL's host. */
export function allAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const hosts = all.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address));
  return [...new Set(['127.0.0.1', '[::1]', ...hosts])];
}

/** `localhost`, and the name that the system answers for over mDNS. */
export function ownNames(): string[] {
  const name = hostname()
    .toLowerCase()
    .replace(/\.local$/, '')
    .replaceAll(/[^a-z0-9-]/g, '-');
  return ['localhost', `${name}.local`];
}

function isPrivate(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address);
}
