// A setting as whoever asks sees it: its value, where that comes from, what it means and who may change it. The table itself is
// the daemon's; a page or a script shows what it is told.
import * as z from 'zod/mini';

const text = z.string();

/** What a value is chosen with. `above`: the value itself is too small. */
export const SettingInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('switch') }),
  z.object({
    kind: z.literal('number'),
    min: z.number(),
    max: z.number(),
    isWhole: z.boolean(),
    unit: text,
  }),
  z.object({ kind: z.literal('choice'), choices: z.array(text) }),
  z.object({ kind: z.literal('text') }),
  /** From one time of the day to another, `{from: '22:00', to: '07:00'}`. */
  z.object({ kind: z.literal('hours') }),
  /** Several values that belong together: written in config.json or as JSON on the command line. */
  z.object({ kind: z.literal('json') }),
]);
export type SettingInput = z.infer<typeof SettingInput>;

/** The last one that says something wins: the command line over variables, those over config.json. */
export const SettingOrigin = z.enum(['default', 'file', 'variable', 'flag']);
export type SettingOrigin = z.infer<typeof SettingOrigin>;

/** Who may change it: `confirmed` by a phone with a yes at the computer, `computer` at the computer only. */
export const SettingChanger = z.enum(['phone', 'confirmed', 'computer']);
export type SettingChanger = z.infer<typeof SettingChanger>;

export const SettingEntry = z.object({
  name: text,
  group: text,
  title: text,
  /** One sentence. */
  words: text,
  input: SettingInput,
  /** Completes “It has to be …”. */
  form: text,
  /** In force. A secret one is only said to be there: null, or `••••`. */
  value: z.json(),
  initial: z.json(),
  origin: SettingOrigin,
  /** The variable's name, where one says it. */
  variable: text,
  takesEffect: z.enum(['now', 'restart']),
  changer: SettingChanger,
  isSecret: z.boolean(),
  /** What is to be in force after the next start; absent when that is no other than now. */
  next: z.optional(z.json()),
});
export type SettingEntry = z.infer<typeof SettingEntry>;

export const SettingsReport = z.object({
  settings: z.array(SettingEntry),
  /** What is wrong with config.json, so that it stays as it was; empty when nothing is. */
  trouble: text,
  /** Names in config.json that mean nothing here; they are kept. */
  unknown: z.array(text),
  path: text,
});
export type SettingsReport = z.infer<typeof SettingsReport>;
