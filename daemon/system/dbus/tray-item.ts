// The tray icon without any program of its own: a StatusNotifierItem on the session bus, drawn by the panel. For Linux where
// systray2 has no program (ARM) or lacks a library. Its end is the end of the connection.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrayState, TrayView } from '../../ports.ts';
import type { TrayIcon } from '../tray-icon.ts';
import { type Answer, type Bus, BusError, busItself } from './bus.ts';
import type { Message } from './message.ts';
import type { SessionBus } from './session-bus.ts';
import { createTrayMenu, entries, menuPath, type TrayMenu } from './tray-menu.ts';
import { followPlaces, watcher } from './tray-places.ts';
import { type Value, Variant } from './wire.ts';

const itemPath = '/StatusNotifierItem';
const itemInterface = 'org.kde.StatusNotifierItem';
const propertiesInterface = 'org.freedesktop.DBus.Properties';
/** The pictures that build/icons.ts makes for it: pixels as the bus wants them, ARGB by rows. */
const sizes = [24, 48] as const;
const files: Readonly<Record<TrayState, string>> = {
  idle: 'idle',
  working: 'working',
  needsYou: 'needs-you',
  error: 'error',
  paused: 'paused',
};

/** `failure` is a sentence for a person. */
export async function openTrayItem(options: {
  sessionBus: SessionBus;
  /** The folder that build/icons.ts filled. */
  pictures: string;
  pid: number;
  view: TrayView;
  onPick: (itemId: string) => void;
}): Promise<{ readonly icon: TrayIcon } | { readonly failure: string }> {
  const bus = await options.sessionBus.openAnother();
  if (!bus)
    return { failure: 'The tray icon could not be shown: there is no session bus to reach the panel by.' };
  try {
    return { icon: await present(bus, options) };
  } catch (error) {
    bus.close();
    if (!(error instanceof BusError)) throw error;
    return { failure: `The tray icon could not be shown: ${error.message}` };
  }
}

async function present(bus: Bus, options: Parameters<typeof openTrayItem>[0]): Promise<TrayIcon> {
  const { pictures, pid, onPick } = options;
  const pixels = await readPixels(pictures);
  let { view } = options;
  const menu = createTrayMenu({ bus, view, onPick });
  bus.answer((message) => {
    if (message.path === itemPath && message.member === 'Activate') onPick('open');
    return answer(message, { menu, properties: () => itemProperties(view, pixels) });
  });
  const name = `org.kde.StatusNotifierItem-${pid}-1`;
  await bus.call({ ...busItself, member: 'RequestName', signature: 'su', body: [name, 0] });
  // A panel that is started anew does not know of us.
  await followPlaces(bus, (isThere) => {
    if (isThere) register(bus, name).catch(isBusError);
  });
  const say = (member: string) => bus.emit({ path: itemPath, interface: itemInterface, member });
  return {
    pid,
    exited: bus.closed.then(() => 'the session bus ended the connection'),
    async draw(next) {
      const before = view;
      view = next;
      menu.show(next);
      if (before.state !== next.state) say('NewIcon');
      if (before.tooltip !== next.tooltip) for (const each of ['NewToolTip', 'NewTitle']) say(each);
      return true;
    },
    async close() {
      bus.close();
      await bus.closed;
    },
  };
}

async function register(bus: Bus, name: string): Promise<void> {
  const place = { destination: watcher, path: '/StatusNotifierWatcher', interface: watcher };
  await bus.call({ ...place, member: 'RegisterStatusNotifierItem', signature: 's', body: [name] });
}

type Pixels = Readonly<Record<TrayState, Value>>;

async function readPixels(pictures: string): Promise<Pixels> {
  const read = (state: TrayState) =>
    Promise.all(
      sizes.map(async (size) => [
        ...[size, size],
        await readFile(join(pictures, `tray/${files[state]}-${size}.argb`)),
      ]),
    );
  return {
    idle: await read('idle'),
    working: await read('working'),
    needsYou: await read('needsYou'),
    error: await read('error'),
    paused: await read('paused'),
  };
}

function itemProperties({ state, tooltip }: TrayView, pixels: Pixels): Readonly<Record<string, Variant>> {
  const text = (value: string) => new Variant('s', value);
  return {
    ...{ Category: text('ApplicationStatus'), Id: text('porchlight'), Title: text(tooltip) },
    ...{ Status: text('Active'), WindowId: new Variant('i', 0) },
    ...{ IconName: text(''), IconThemePath: text(''), IconPixmap: new Variant('a(iiay)', pixels[state]) },
    ...{ OverlayIconName: text(''), AttentionIconName: text('') },
    ToolTip: new Variant('(sa(iiay)ss)', ['', [], tooltip, '']),
    ItemIsMenu: new Variant('b', true),
    Menu: new Variant('o', menuPath),
  };
}

function answer(
  message: Message,
  { menu, properties }: { menu: TrayMenu; properties: () => Readonly<Record<string, Variant>> },
): Answer | undefined {
  const { path, interface: of, member, body } = message;
  const known = path === itemPath ? properties() : path === menuPath ? menu.properties : undefined;
  if (known && of === propertiesInterface) {
    if (member === 'GetAll') return { signature: 'a{sv}', body: [entries(known)] };
    const value = member === 'Get' ? known[String(body[1])] : undefined;
    return value && { signature: 'v', body: [value] };
  }
  if (path === menuPath) return menu.answer(message);
  const isClick = ['Activate', 'SecondaryActivate', 'ContextMenu', 'Scroll'].includes(member ?? '');
  // The panel opens the menu by itself, where it does not say Activate.
  return path === itemPath && of === itemInterface && isClick ? { signature: '', body: [] } : undefined;
}

function isBusError(error: unknown): void {
  if (!(error instanceof BusError)) throw error;
}
