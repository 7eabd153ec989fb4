// The panels that the desktop for tests can have: two that draw tray icons and their menus by different code of their own.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Environment, type Program, run, startProgram } from './desktop-programs.ts';

export type BarKind = 'xfce' | 'mate';

/** Resolves when it takes icons. */
export async function startBar(on: { env: Environment; folder: string; kind: BarKind }): Promise<Program> {
  const { env, folder, kind } = on;
  const program = await bars[kind](env, folder);
  await run(env, 'gdbus', ['wait', '--session', '--timeout', '30', 'org.kde.StatusNotifierWatcher']);
  return program;
}

const bars: Readonly<Record<BarKind, (env: Environment, folder: string) => Promise<Program>>> = {
  async xfce(env, folder) {
    const settings = join(folder, 'config/xfce4/xfconf/xfce-perchannel-xml');
    await mkdir(settings, { recursive: true });
    await writeFile(join(settings, 'xfce4-panel.xml'), xfceSettings);
    return startProgram(env, 'xfce4-panel', ['--disable-wm-check']);
  },
  async mate(env, folder) {
    const settings = join(folder, 'config/glib-2.0/settings');
    await mkdir(settings, { recursive: true });
    await writeFile(join(settings, 'keyfile'), mateSettings);
    // The bus starts the part that draws the icons.
    await run(env, 'dbus-update-activation-environment', ['GSETTINGS_BACKEND=keyfile']);
    return startProgram({ ...env, GSETTINGS_BACKEND: 'keyfile' }, 'mate-panel', ['--replace']);
  },
};

const xfceSettings = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array"><value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="36"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
    </property>
  </property>
</channel>
`;

const mateSettings = `[org/mate/panel/general]
toplevel-id-list=['bottom']
object-id-list=['tray']

[org/mate/panel/toplevels/bottom]
expand=true
orientation='bottom'
size=36
screen=0

[org/mate/panel/objects/tray]
object-type='applet'
applet-iid='NotificationAreaAppletFactory::NotificationArea'
toplevel-id='bottom'
position=0
`;
