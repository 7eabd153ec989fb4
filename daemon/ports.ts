// The outside world as types: what the daemon needs of the clock, the disk, processes, the desktop.
// Types only, no code. Adapters live in store/ and system/; main.ts builds them and hands them to createDaemon.

/** What the tray icon says at a glance. */
export type TrayState = 'idle' | 'working' | 'needsYou' | 'error';

/** One line of the tray menu, top to bottom. `id` comes back when it is picked. */
export interface TrayItem {
  readonly id: string;
  readonly title: string;
  readonly enabled: boolean;
}

/** All that the tray shows. `'separator'` draws a line between items. */
export interface TrayView {
  readonly state: TrayState;
  readonly tooltip: string;
  readonly items: readonly (TrayItem | 'separator')[];
}

/** A tray icon that stands in the desktop's bar until it is closed. */
export interface Tray {
  /** Shows `view`; calls come in any number, the last one wins. Never throws. */
  show(view: TrayView): void;
  /** Takes the icon away; resolves when its process is gone. Safe to call twice. */
  close(): Promise<void>;
}

/** `unavailable` is one sentence for a person: what is missing and what to install. */
export type TrayStart = { readonly tray: Tray } | { readonly unavailable: string };

/** Puts an icon into the tray. Never rejects: a desktop without a tray is an answer, not an error. */
export type StartTray = (options: {
  readonly view: TrayView;
  readonly onPick: (itemId: string) => void;
  /** The tray process ended by itself (not by `close`). */
  readonly onExit: (reason: string) => void;
}) => Promise<TrayStart>;
