// The commands that tell of the settings and change them. Part of the one table in commands.ts.
import * as z from 'zod/mini';
import { line } from './command-parts.ts';
import { SettingsReport } from './settings.ts';

export const settingsCommands = {
  'settings.read': { input: {}, result: SettingsReport },
  /** Without `value`: what it is when nobody says anything. `bad_setting` says what it has to be. */
  'settings.change': { input: { name: line, value: z.optional(z.json()) }, result: SettingsReport },
} as const;
