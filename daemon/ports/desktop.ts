// The desktop of the computer as types: notifications, keeping awake, starting at login, sleep. Types only.
import type { Dispose, StartTray } from '../ports.ts';

/** A short word to the person at the computer. Plain text throughout. */
export interface DesktopNotice {
  readonly title: string;
  readonly body: string;
  /** Stays until it is answered, where the desktop lets it. */
  readonly isUrgent: boolean;
  /** Buttons, where the desktop has them; beside them a click on the notice itself is `open`. */
  readonly actions: readonly { readonly id: string; readonly label: string }[];
}

/** Shows it; the disposer takes it away. Never throws: a desktop without notices shows none. */
export type Notify = (notice: DesktopNotice, onPick: (actionId: string) => void) => Dispose;

export interface Awake {
  release(): void;
}

/**
 * Keeps the computer from falling asleep by itself until it is released, or this process ends, however it does. `onEnd`: it is
 * no longer, although nobody released it; a sentence why.
 */
export type HoldAwake = (onEnd: (reason: string) => void) => Awake;

export interface StartAtLogin {
  /** Undefined when it cannot be told. */
  isOn(): Promise<boolean | undefined>;
  /** Resolves with a sentence when it did not go well. */
  change(isOn: boolean): Promise<string | undefined>;
}

/** Milliseconds that a stand-still took, and when it was, ms since 1970. */
export interface StandStill {
  readonly from: number;
  readonly until: number;
}

/** Calls `told` soon after the computer has stood still: slept, or its processes were held. */
export type WatchSleep = (told: (standStill: StandStill) => void) => Dispose;

/** Who has a page of Porchlight before their eyes. */
export interface Presence {
  /** One more looks, until the disposer is called. */
  begin(): Dispose;
  /** ms until nobody has looked for long enough to be told otherwise; 0 when that is so now, undefined while somebody looks. */
  readonly awayInMs: number | undefined;
  /** Calls `told` when `awayInMs` begins or ceases to be undefined. */
  watch(told: () => void): Dispose;
}

/** All that the daemon has of the desktop. */
export interface Desktop {
  readonly startTray: StartTray;
  readonly notify: Notify;
  readonly holdAwake: HoldAwake;
  readonly startAtLogin: StartAtLogin;
  readonly watchSleep: WatchSleep;
  close(): void;
}
