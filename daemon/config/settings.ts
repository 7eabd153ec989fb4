// Every setting there is, as one table: one entry is one setting, with its explanation. Whoever adds a setting adds an entry here
// and nothing elsewhere: the file, the variable, the command line and the settings page follow it. Pure.
import * as z from 'zod/mini';
import type { SettingChanger } from '../protocol/settings.ts';
import { count, type Form, hours, line, measure, onOrOff, oneOf, several } from './forms.ts';

export interface Setting<T, Initial = T> {
  readonly form: Form<T>;
  readonly initial: Initial;
  /** Where it stands on the settings page. */
  readonly group: 'Conversations' | 'Files and folders' | 'This computer' | 'Network' | '';
  readonly title: string;
  /** One sentence for a person. */
  readonly words: string;
  /** The variable that says it too. */
  readonly variable?: string;
  /** `now` only where the daemon asks for the value each time that it needs it. */
  readonly takesEffect: 'now' | 'restart';
  /** `computer` for what would run a program or widen who can reach the daemon. */
  readonly changer: SettingChanger;
  /** Its value is told to nobody. */
  readonly isSecret?: true;
  /** For tests; people are not shown it. */
  readonly isHidden?: true;
}

const certificate = z.object({ cert: z.string(), key: z.string(), name: z.optional(z.string()) });
const logs = z.object({
  segmentBytes: z.int().check(z.gt(0)),
  foldAfterMs: z.int().check(z.gt(0)),
  foldAtLeast: z.int().check(z.gt(0)),
  foldShare: z.number().check(z.gte(0), z.lte(1)),
});

export const settings = {
  maxRuns: setting({
    form: count({ min: 1, max: 1000 }),
    initial: 8,
    group: 'Conversations',
    title: 'Conversations at work at once',
    words: 'Each keeps a Claude process of some 200 MB; what is more waits its turn.',
    variable: 'PORCHLIGHT_MAX_RUNS',
    takesEffect: 'now',
    changer: 'phone',
  }),
  idleMinutes: setting({
    form: measure({ max: 10_080, unit: 'minutes' }),
    initial: 10,
    group: 'Conversations',
    title: 'Rest after',
    words:
      'After so long without a turn a conversation’s Claude process is ended; your next message resumes it.',
    variable: 'PORCHLIGHT_IDLE_MINUTES',
    takesEffect: 'now',
    changer: 'phone',
  }),
  allowBypass: setting({
    form: onOrOff(),
    initial: false,
    group: 'Conversations',
    title: 'Claude may be let do everything unasked',
    words:
      'Lets devices choose the mode in which Claude asks for nothing; each choice needs a yes at the computer.',
    takesEffect: 'now',
    changer: 'confirmed',
  }),
  projectsRoot: setting({
    form: line('the path of a folder'),
    initial: null,
    group: 'Files and folders',
    title: 'Projects folder',
    words:
      'The folder whose folders are offered for new conversations; without it the usual places are looked at.',
    variable: 'PORCHLIGHT_PROJECTS',
    takesEffect: 'now',
    changer: 'confirmed',
  }),
  maxUploadMiB: setting({
    form: measure({ max: 1024, unit: 'MiB' }),
    initial: 20,
    group: 'Files and folders',
    title: 'Largest file',
    words: 'The largest file that a device may send.',
    variable: 'PORCHLIGHT_MAX_UPLOAD_MIB',
    takesEffect: 'now',
    changer: 'phone',
  }),
  tray: setting({
    form: oneOf('auto', 'off'),
    initial: 'auto',
    group: 'This computer',
    title: 'Tray icon',
    words: 'auto shows the icon where the desktop has a tray; off shows none.',
    variable: 'PORCHLIGHT_TRAY',
    takesEffect: 'restart',
    changer: 'confirmed',
  }),
  keepAwake: setting({
    form: onOrOff(),
    initial: true,
    group: 'This computer',
    title: 'Keep awake while working',
    words:
      'The computer does not fall asleep by itself while Claude works; a closed lid still puts it to sleep.',
    variable: 'PORCHLIGHT_KEEP_AWAKE',
    takesEffect: 'now',
    changer: 'phone',
  }),
  notifications: setting({
    form: onOrOff(),
    initial: true,
    group: 'This computer',
    title: 'Notices on the computer',
    words:
      'When nobody looks at a page: Claude needs you, work of more than a minute is done, something went wrong.',
    variable: 'PORCHLIGHT_NOTIFICATIONS',
    takesEffect: 'now',
    changer: 'phone',
  }),
  quietHours: setting({
    form: hours(),
    initial: null,
    group: 'This computer',
    title: 'Quiet hours',
    words:
      'In these hours the computer shows no notices; a request that still waits then is told of at their end.',
    takesEffect: 'now',
    changer: 'phone',
  }),
  claudePath: setting({
    form: line('the path of a program'),
    initial: null,
    group: 'This computer',
    title: 'Where claude is',
    words: 'The program that is run as Claude Code, when it is not found by itself.',
    variable: 'PORCHLIGHT_CLAUDE',
    takesEffect: 'restart',
    changer: 'computer',
  }),
  host: setting({
    form: line('an address or a name of this computer', /^[^\s\p{Cc}]+$/u),
    initial: '0.0.0.0',
    group: 'Network',
    title: 'Address to listen on',
    words: '0.0.0.0 is every network of this computer, 127.0.0.1 this computer only.',
    variable: 'PORCHLIGHT_HOST',
    takesEffect: 'restart',
    changer: 'computer',
  }),
  port: setting({
    form: count({ min: 0, max: 65_535 }),
    initial: 47_000,
    group: 'Network',
    title: 'Port',
    words:
      'Phones are paired with the address and the port; with another one they have to move or be paired again.',
    variable: 'PORCHLIGHT_PORT',
    takesEffect: 'restart',
    changer: 'computer',
  }),
  certificate: setting({
    form: several(certificate, '{"cert": PATH, "key": PATH} and, for all of a domain, "name": NAME'),
    initial: null,
    group: 'Network',
    title: 'Your own certificate',
    words: 'Paths of its PEM files, and the computer’s name where the certificate is for all of a domain.',
    takesEffect: 'restart',
    changer: 'computer',
  }),
  /** How logs are kept; for tests, which are too short for what is right for people. */
  logs: setting({
    form: several(logs, 'an object'),
    initial: { segmentBytes: 64 * 2 ** 20, foldAfterMs: 20_000, foldAtLeast: 200, foldShare: 0.25 },
    group: '',
    title: 'How logs are kept',
    words: 'Sizes and times of logs.',
    takesEffect: 'restart',
    changer: 'computer',
    isHidden: true,
  }),
} as const;

export type Settings = typeof settings;
export type SettingName = keyof Settings;

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settings, name);
}

export const settingNames = Object.keys(settings).filter(isSettingName);

/** Keeps apart what a person may say and what it is when nobody says anything. */
function setting<T, Initial extends T | null>(entry: Setting<T, Initial>): Setting<T, Initial> {
  return entry;
}
