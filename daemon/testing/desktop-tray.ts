// The tray of the desktop for tests, as a person meets it (colours on a screen, clicks) and as a panel reads it (D-Bus).
// Expects one icon at most.
import { join } from 'node:path';
import { type Environment, run, whenSaying } from './desktop-programs.ts';
import { type MenuRow, menuRows } from './menu-layout.ts';
import { until } from './until.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface DesktopTray {
  /** Where pixels of about `colour` (#rrggbb) stand on the screen; undefined when there are none. */
  find(colour: string): Promise<Box | undefined>;
  /** What the menu shows now, top to bottom; undefined when there is no icon. Asked over D-Bus, as a panel does. */
  rows(): Promise<readonly MenuRow[] | undefined>;
  /** The pid of the program that the icon belongs to; undefined when there is no icon. */
  pid(): Promise<number | undefined>;
  /** Opens the menu by clicking where `colour` is seen. */
  openMenu(colour: string): Promise<void>;
  /** Clicks with the left button where `colour` is seen. */
  click(colour: string): Promise<void>;
  /** Clicks the row of that title in the open menu. */
  clickRow(title: string): Promise<void>;
}

export function desktopTray(on: {
  env: Environment;
  folder: string;
  /** Which button of the mouse opens a menu there. */
  menuButton: () => 1 | 3;
}): DesktopTray {
  const { env, folder, menuButton } = on;
  const call = (owner: string, path: string, method: string, ...args: string[]) =>
    run(env, 'gdbus', ['call', '--session', '-d', owner, '-o', path, '-m', method, ...args]);
  const get = (owner: string, path: string, ofInterface: string, name: string) =>
    call(owner, path, 'org.freedesktop.DBus.Properties.Get', ofInterface, name);
  const click = (x: number, y: number, button: 1 | 3 = 1) =>
    run(env, 'xdotool', ['mousemove', `${Math.round(x)}`, `${Math.round(y)}`, 'click', `${button}`]);

  const find = async (colour: string): Promise<Box | undefined> => {
    const shot = join(folder, 'screen.png');
    await run(env, 'scrot', ['-o', shot]);
    const rest = ['-fuzz', '12%', '-fill', 'black', '+opaque', colour];
    const found = ['-fill', 'white', '-opaque', colour, '-format', '%@', 'info:'];
    const nothing = whenSaying(/geometry does not contain image/);
    const box = (await run(env, 'convert', [shot, ...rest, ...found]).catch(nothing)) ?? '';
    const [width = 0, height = 0, x = 0, y = 0] = box.split(/[x+]/).map(Number);
    return width > 0 && width < 1024 ? { x, y, width, height } : undefined;
  };

  /** The first icon's answer; undefined without an icon, also when it goes away meanwhile. */
  const ask = async <T>(question: (owner: string, path: string) => Promise<T>): Promise<T | undefined> => {
    const watcher = 'org.kde.StatusNotifierWatcher';
    const items = await get(watcher, '/StatusNotifierWatcher', watcher, 'RegisteredStatusNotifierItems');
    const [, owner, path] = /'([^'/]+)(\/[^']+)'/.exec(items) ?? [];
    if (owner === undefined || path === undefined) return undefined;
    return question(owner, path).catch(whenSaying(/ServiceUnknown|NameHasNoOwner|NoReply|UnknownMethod/));
  };

  const rows = () =>
    ask(async (owner, path) => {
      const menu = await get(owner, path, 'org.kde.StatusNotifierItem', 'Menu');
      const [, menuPath = '/'] = /'(\/[^']+)'/.exec(menu) ?? [];
      return menuRows(await call(owner, menuPath, 'com.canonical.dbusmenu.GetLayout', '0', '--', '-1', '[]'));
    });

  const pid = () =>
    ask(async (owner) => {
      const bus = 'org.freedesktop.DBus';
      const answer = await call(bus, '/org/freedesktop/DBus', `${bus}.GetConnectionUnixProcessID`, owner);
      return Number(/\d+(?=,\))/.exec(answer)?.[0]);
    });

  /** A menu that was closed keeps its window, out of sight. */
  const isSeen = async (line: string): Promise<boolean> => {
    const id = /0x[0-9a-f]+/.exec(line)?.[0] ?? '';
    const facts = await run(env, 'xwininfo', ['-id', id]).catch(
      whenSaying(/No such window|BadWindow|error/i),
    );
    return facts?.includes('IsViewable') ?? false;
  };

  const menuWindow = async (): Promise<Box | undefined> => {
    const windows = await run(env, 'xwininfo', ['-root', '-tree']);
    for (const line of windows.split('\n')) {
      const [, width, height, x, y] =
        /"(?:wrapper|xfce4-panel|systray|mate-panel|notification-area-applet).* (\d+)x(\d+)\+-?\d+\+-?\d+ +\+(-?\d+)\+(-?\d+)$/
          .exec(line)
          ?.map(Number) ?? [];
      if (width === undefined || height === undefined || x === undefined || y === undefined) continue;
      const isMenu = width > 60 && width < 800 && height > 60;
      if (isMenu && (await isSeen(line))) return { x, y, width, height };
    }
    return undefined;
  };

  return {
    find,
    rows,
    pid,
    openMenu: async (colour) => {
      const icon = await until(`an icon of colour ${colour}`, () => find(colour));
      await click(icon.x + icon.width / 2, icon.y + icon.height / 2, menuButton());
      await until('the menu', menuWindow);
    },
    click: async (colour) => {
      const icon = await until(`an icon of colour ${colour}`, () => find(colour));
      await click(icon.x + icon.width / 2, icon.y + icon.height / 2);
    },
    clickRow: async (title) => {
      const window = await until('the menu', menuWindow);
      const all = (await rows()) ?? [];
      const index = all.findIndex((row) => row !== 'separator' && row.title === title);
      if (index < 0) throw new Error(`no row "${title}" in ${JSON.stringify(all)}`);
      const rowHeight =
        (window.height - menuPadding - separatorHeight * separators(all)) / (all.length - separators(all));
      const above = all.slice(0, index);
      const top =
        menuPadding / 2 +
        separatorHeight * separators(above) +
        rowHeight * (above.length - separators(above));
      await click(window.x + 40, window.y + top + rowHeight / 2);
    },
  };
}

/** Heights in px of GTK 3's Adwaita theme. */
const menuPadding = 8;
const separatorHeight = 1;

function separators(rows: readonly MenuRow[]): number {
  return rows.filter((row) => row === 'separator').length;
}
