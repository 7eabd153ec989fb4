// A computer without a desktop, for tests in which there is none: nothing is shown, and nothing keeps it awake.
import type { Desktop } from '../ports/desktop.ts';

const nothing = () => undefined;

export const noDesktop: Desktop = {
  startTray: async () => ({ unavailable: 'There is no desktop.' }),
  notify: () => nothing,
  holdAwake: () => ({ release: nothing }),
  startAtLogin: { isOn: async () => undefined, change: async () => undefined },
  watchSleep: () => nothing,
  close: nothing,
};
