// One icon in the tray with one menu of fixed layout: made from a view, then changed view by view, sending only changes.
// Calls of `draw` must not overlap; tray.ts sees to that.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrayState, TrayView } from '../ports.ts';
import type { SessionBus } from './dbus/session-bus.ts';
import { prepareTrayBinary, UnknownProgram } from './tray-binary.ts';
import { explainFailure, type TrayHost } from './tray-host.ts';
import { layoutFor, menuText, type Slot, slotsFor } from './tray-layout.ts';
import { type Row, startTrayProgram } from './tray-process.ts';

export interface TrayDesk extends TrayHost {
  readonly pid: number;
  readonly sessionBus: SessionBus;
  /** A private folder of this home; the tray program is kept there. */
  readonly folder: string;
  /** The folder that build/icons.ts filled. */
  readonly pictures: string;
}

export interface TrayIcon {
  readonly pid: number | undefined;
  readonly exited: Promise<string>;
  /** False, and nothing done, when the view does not fit this menu's layout. */
  draw(view: TrayView): Promise<boolean>;
  close(): Promise<void>;
}

type Opened = { readonly icon: TrayIcon } | { readonly failure: string };

/** `failure` is a sentence for a person. */
export async function openTrayIcon(options: {
  readonly desk: TrayDesk;
  readonly view: TrayView;
  readonly onPick: (itemId: string) => void;
}): Promise<Opened> {
  try {
    return await open(options);
  } catch (error) {
    // A full or read-only disk, or a package that was tampered with.
    if (!(error instanceof UnknownProgram) && !(error instanceof Error && 'code' in error)) throw error;
    return { failure: `The tray icon could not be put in place: ${error.message}` };
  }
}

async function open({ desk, view, onPick }: Parameters<typeof openTrayIcon>[0]): Promise<Opened> {
  const { platform, clock } = desk;
  const pictures = await readPictures(desk);
  // Each time anew: were the program missing there, systray2 would take one from the current directory.
  const { copyDir, complaint } = await prepareTrayBinary(desk);
  const layout = layoutFor(view);
  const slots = [...(slotsFor(view, layout) ?? [])];
  let shown = view;
  const rowOf = (slot: Exclude<Slot, 'separator'>): Row =>
    slot.item === undefined
      ? { title: '', enabled: false, hidden: true }
      : { title: menuText(slot.item.title, platform), enabled: slot.item.enabled, hidden: false };

  const started = await startTrayProgram({
    copyDir,
    clock,
    isTemplateIcon: platform === 'darwin',
    head: { icon: pictures[view.state], tooltip: view.tooltip },
    rows: slots.map((slot) => (slot === 'separator' ? slot : rowOf(slot))),
    onClick: (index, title) => {
      const slot = slots[index];
      if (slot === undefined || slot === 'separator' || slot.item === undefined) return;
      if (rowOf(slot).title === title) onPick(slot.item.id);
    },
  });
  if ('failure' in started) {
    return { failure: explainFailure({ platform, complaint: await complaint(), failure: started.failure }) };
  }
  const { program } = started;

  const draw = async (next: TrayView): Promise<boolean> => {
    const wanted = slotsFor(next, layout);
    if (wanted === undefined) return false;
    for (const [index, slot] of wanted.entries()) {
      const before = slots[index];
      if (slot === 'separator' || before === undefined || before === 'separator') continue;
      slots[index] = slot;
      if (!isSameRow(rowOf(before), rowOf(slot))) await program.setRow(index, rowOf(slot));
    }
    if (next.state !== shown.state || next.tooltip !== shown.tooltip) {
      await program.setHead({ icon: pictures[next.state], tooltip: next.tooltip });
    }
    shown = next;
    return true;
  };
  return { icon: { pid: program.pid, exited: program.exited, draw, close: program.close } };
}

function isSameRow(one: Row, other: Row): boolean {
  return one.title === other.title && one.enabled === other.enabled && one.hidden === other.hidden;
}

async function readPictures({ pictures, platform }: TrayDesk): Promise<Record<TrayState, string>> {
  const folder = join(pictures, platform === 'darwin' ? 'tray/template' : 'tray');
  const read = (name: string) =>
    readFile(join(folder, `${name}.${platform === 'win32' ? 'ico' : 'png'}`), 'base64');
  return {
    idle: await read('idle'),
    working: await read('working'),
    needsYou: await read('needs-you'),
    error: await read('error'),
    paused: await read('paused'),
  };
}
