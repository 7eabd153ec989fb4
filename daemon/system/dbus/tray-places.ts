// Whether the desktop has a place for tray icons, asked of the session bus, and when one appears: a panel may start after the
// daemon, or an extension be switched on.
import type { Bus, Call } from './bus.ts';
import { BusError, busItself } from './bus.ts';
import type { SessionBus } from './session-bus.ts';

export const watcher = 'org.kde.StatusNotifierWatcher';
const hasOwner: Call = { ...busItself, member: 'NameHasOwner', signature: 's', body: [watcher] };

export interface TrayPlaces {
  /** Undefined when nobody is there to ask. */
  isThere(): Promise<boolean | undefined>;
  /** Resolves when there is one; never when `signal` fires first, or the session ends. */
  appears(signal: AbortSignal): Promise<void>;
}

export function createTrayPlaces(sessionBus: SessionBus): TrayPlaces {
  return {
    async isThere() {
      const bus = await sessionBus.open();
      return bus && (await isOwned(bus));
    },
    async appears(signal) {
      const bus = await sessionBus.open();
      if (!bus) return never();
      const appeared = new Promise<void>((resolve) => {
        followPlaces(bus, (isThere) => {
          if (isThere && !signal.aborted) resolve();
        }).catch(ended);
      });
      return appeared;
    },
  };
}

/** Calls `told` with how it is now, and at each change. Rejects with BusError. */
export async function followPlaces(bus: Bus, told: (isThere: boolean) => void): Promise<void> {
  bus.onSignal(({ member, interface: of, body: [name, , owner] }) => {
    if (of === busItself.interface && member === 'NameOwnerChanged' && name === watcher) told(owner !== '');
  });
  const rule = `type='signal',sender='${busItself.interface}',member='NameOwnerChanged',arg0='${watcher}'`;
  await bus.call({ ...busItself, member: 'AddMatch', signature: 's', body: [rule] });
  told(await isOwned(bus));
}

async function isOwned(bus: Bus): Promise<boolean> {
  const [isThere] = await bus.call(hasOwner);
  return isThere === true;
}

function never(): Promise<void> {
  return new Promise(() => undefined);
}

function ended(error: unknown): void {
  if (!(error instanceof BusError)) throw error;
}
