// The tray icon and its menu behind the Tray port. Shows what it is told and reports picks; decides nothing.
// A desktop without a tray, and a tray that dies, are answers and never errors.
import type { Clock, StartTray, Tray, TrayView } from '../ports.ts';
import { trayObstacle } from './tray-host.ts';
import type { openTrayIcon, TrayDesk, TrayIcon } from './tray-icon.ts';

/** ms between two changes. Bars redraw for each, and some crash when pictures change in a flood (Waybar issue 4257). */
const pace = 100;

/**
 * A view may show anything, but keep the number of its blocks (what separators part) if you can: for another number
 * the icon has to be made anew, which can be seen. A pick counts only if the row still says what it said when it was
 * clicked, so rows that must not be mistaken for each other need different titles.
 */
export function createStartTray(desk: TrayDesk): StartTray {
  return async ({ view, onPick, onExit }) => {
    const obstacle = await trayObstacle(desk);
    if (obstacle !== undefined) {
      const { sentence, mayPass } = obstacle;
      return { unavailable: sentence, ...(mayPass ? { appears: desk.places.appears } : {}) };
    }
    const failures: string[] = [];
    for (const open of await waysToOpen(desk, onPick)) {
      const opened = await open(view);
      if ('icon' in opened)
        return { tray: keepShowing({ first: opened.icon, open, onExit, clock: desk.clock }) };
      failures.push(opened.failure);
    }
    return { unavailable: failures[0] ?? 'There is no tray icon for this computer.' };
  };
}

type Open = (view: TrayView) => ReturnType<typeof openTrayIcon>;

/**
 * systray2's program where it has one, else, on Linux, the icon that needs none. Read only now: whoever has no tray need not read
 * them, and the daemon starts without waiting for it.
 */
async function waysToOpen(desk: TrayDesk, onPick: (itemId: string) => void): Promise<readonly Open[]> {
  const ways: Open[] = [];
  if (desk.platform !== 'linux' || desk.arch === 'x64') {
    const { openTrayIcon: open } = await import('./tray-icon.ts');
    ways.push((view) => open({ desk, view, onPick }));
  }
  if (desk.platform === 'linux') {
    const { openTrayItem } = await import('./dbus/tray-item.ts');
    ways.push((view) => openTrayItem({ ...desk, view, onPick }));
  }
  return ways;
}

function keepShowing(options: {
  readonly first: TrayIcon;
  readonly open: (view: TrayView) => ReturnType<typeof openTrayIcon>;
  readonly onExit: (reason: string) => void;
  readonly clock: Clock;
}): Tray {
  const { open, onExit, clock } = options;
  let icon = options.first;
  let isOver = false;
  let wanted: TrayView | undefined;
  let drawing: Promise<void> | undefined;

  const end = (reason: string) => {
    if (isOver) return;
    isOver = true;
    onExit(reason);
  };
  const watch = (watched: TrayIcon) => {
    void watched.exited.then((reason) => {
      if (watched === icon) end(reason);
    });
  };
  const replace = async (view: TrayView) => {
    const opened = await open(view);
    if ('failure' in opened) return end(opened.failure);
    const old = icon;
    icon = opened.icon;
    watch(icon);
    await old.close();
  };
  const drawAll = async () => {
    while (wanted !== undefined && !isOver) {
      const view = wanted;
      wanted = undefined;
      if (!(await icon.draw(view))) await replace(view);
      await new Promise<void>((resolve) => clock.after(pace, resolve));
    }
    drawing = undefined;
    if (isOver) await icon.close();
  };

  watch(icon);
  return {
    show(view) {
      wanted = view;
      drawing ??= drawAll();
    },
    async close() {
      isOver = true;
      await drawing;
      await icon.close();
    },
  };
}
