// Native notices: org.freedesktop.Notifications on Linux, with buttons where the desktop has them; `osascript` on a Mac, which has
// none. What is said is handed over as text and nowhere becomes part of a program.
import type { Dispose, RunCommand } from '../ports.ts';
import type { DesktopNotice, Notify } from '../ports/desktop.ts';
import { type Bus, BusError, busItself } from './dbus/bus.ts';
import type { SessionBus } from './dbus/session-bus.ts';
import { Variant } from './dbus/wire.ts';

const notifications = 'org.freedesktop.Notifications';
const server = {
  destination: notifications,
  path: '/org/freedesktop/Notifications',
  interface: notifications,
} as const;

export function createNotify(options: {
  platform: NodeJS.Platform;
  run: RunCommand;
  sessionBus: SessionBus;
  /** A picture's whole path. */
  icon: string;
}): Notify {
  const { platform, run, sessionBus, icon } = options;
  if (platform === 'darwin') return (notice) => tellOnMac(run, notice);
  if (platform !== 'linux') return () => () => undefined;
  const heard = new WeakMap<Bus, Map<number, (actionId: string) => void>>();

  /** Who waits for a pick, by the notice's number. */
  async function listen(bus: Bus): Promise<Map<number, (actionId: string) => void>> {
    const known = heard.get(bus);
    if (known) return known;
    const waiting = new Map<number, (actionId: string) => void>();
    heard.set(bus, waiting);
    bus.onSignal(({ interface: of, member, body: [id, action] }) => {
      if (of !== notifications) return;
      if (member === 'ActionInvoked') waiting.get(Number(id))?.(String(action));
      if (member === 'NotificationClosed') waiting.delete(Number(id));
    });
    const rule = `type='signal',interface='${notifications}'`;
    await bus.call({ ...busItself, member: 'AddMatch', signature: 's', body: [rule] });
    return waiting;
  }

  async function show(notice: DesktopNotice, onPick: (actionId: string) => void): Promise<Dispose> {
    const bus = await sessionBus.open();
    if (!bus) return nothing;
    const waiting = await listen(bus);
    const [has] = await bus.call({ ...server, member: 'GetCapabilities' });
    const can = (what: string) => Array.isArray(has) && has.includes(what);
    const actions = can('actions')
      ? [...notice.actions.flatMap(({ id, label }) => [id, label]), 'default', 'Open']
      : [];
    const body = can('body-markup') ? escaped(notice.body) : notice.body;
    const hints = [['urgency', new Variant('y', notice.isUrgent ? 2 : 1)]];
    const stays = notice.isUrgent ? 0 : -1;
    const [id] = await bus.call({
      ...{ ...server, member: 'Notify', signature: 'susssasa{sv}i' },
      body: ['Porchlight', 0, icon, notice.title, body, actions, hints, stays],
    });
    waiting.set(Number(id), (action) => onPick(action === 'default' ? 'open' : action));
    return () => {
      if (!waiting.delete(Number(id))) return;
      bus
        .call({ ...server, member: 'CloseNotification', signature: 'u', body: [Number(id)] })
        .catch(isBusError);
    };
  }

  return (notice, onPick) => {
    const showing = show(notice, onPick).catch((error: unknown) => {
      isBusError(error);
      return nothing;
    });
    return () => void showing.then((remove) => remove());
  };
}

/** The words are arguments of the script, which is the same for all. */
function tellOnMac(run: RunCommand, { title, body, isUrgent }: DesktopNotice): Dispose {
  const sound = isUrgent ? ' sound name "Submarine"' : '';
  const script = [
    'on run argv',
    `display notification (item 2 of argv) with title (item 1 of argv)${sound}`,
    'end run',
  ];
  void run('osascript', [...script.flatMap((line) => ['-e', line]), '--', title, body]);
  return nothing;
}

function nothing(): void {}

/** A desktop without notices, or one that is going, shows none; any other error is a bug. */
function isBusError(error: unknown): void {
  if (!(error instanceof BusError)) throw error;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
