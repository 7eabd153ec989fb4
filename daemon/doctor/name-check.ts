// Whether the computer's .local name leads to it: what phones may type in the stead of an address. A look-up and a look at who
// answers for such names; changes nothing.
import { lookup } from 'node:dns/promises';
import { access } from 'node:fs/promises';
import type { Clock } from '../ports.ts';
import type { Check } from '../protocol/doctor.ts';

export interface NameFacts {
  /** E.g. `study.local`. */
  readonly host: string;
  /** To what it leads, seen from here. */
  readonly addresses: readonly string[];
  readonly own: readonly string[];
  /** Undefined where the system answers by itself, as macOS does. */
  readonly hasAvahi: boolean | undefined;
}

export function judgeName({ host, addresses, own, hasAvahi }: NameFacts): Check {
  const name = 'Name';
  const [first] = addresses;
  if (first !== undefined && !addresses.some((address) => own.includes(address))) {
    return {
      ...{ name, state: 'warning', sentence: `${host} leads to ${first}, which is another computer.` },
      fix: 'Give one of the two another name, or let phones use the address.',
    };
  }
  if (hasAvahi === false) {
    return {
      ...{
        name,
        state: 'warning',
        sentence: `Nothing answers for ${host} here, so phones have to use the address.`,
      },
      fix: 'If you want the name (Debian, Ubuntu), run: sudo apt install avahi-daemon',
    };
  }
  if (first !== undefined || hasAvahi) {
    const blind = first === undefined ? ' This computer itself does not look such names up.' : '';
    return { name, state: 'ok', sentence: `Phones find this computer as ${host}, too.${blind}`, fix: '' };
  }
  return {
    ...{ name, state: 'warning', sentence: `${host} leads nowhere, so phones have to use the address.` },
    fix: 'Look whether the computer is on a network; then try again.',
  };
}

const patienceMs = 4000;

export async function lookForName(of: {
  readonly host: string;
  readonly own: readonly string[];
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
}): Promise<NameFacts> {
  const { host, own, platform, clock } = of;
  const found = lookup(host, { all: true }).then(
    (all) => all.map(({ address }) => address),
    () => [],
  );
  // A name that nobody answers for can take a minute.
  const late = new Promise<string[]>((resolve) => clock.after(patienceMs, () => resolve([])));
  const hasAvahi =
    platform === 'linux'
      ? await access('/run/avahi-daemon/socket').then(
          () => true,
          () => false,
        )
      : undefined;
  return { host, own, addresses: await Promise.race([found, late]), hasAvahi };
}
