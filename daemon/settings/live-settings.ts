// The settings of the running daemon: what is in force, what is to be after the next start, and how either changes. What can be in
// force at once is; whoever needs a value asks for it each time. A config.json that was changed by hand is taken up in the same
// way, or refused with a sentence.
import {
  type Config,
  type ConfigFile,
  describe,
  type Overrides,
  parseConfigFile,
  withOverrides,
} from '../config.ts';
import { isSettingName, type SettingName, settingNames } from '../config/settings.ts';
import type { Clock, Disk, Dispose, Logger } from '../ports.ts';
import type { SettingsFile } from '../ports/settings.ts';
import { AppError } from '../protocol/errors.ts';
import type { SettingsReport } from '../protocol/settings.ts';
import { entryOf } from './setting-entry.ts';
import { changeWords, faultOf, shown } from './setting-words.ts';

export interface LiveSettings {
  /** In force at this moment. */
  readonly current: Config;
  report(): Promise<SettingsReport>;
  /** Undefined: what it is when nobody says anything. Rejects with `bad_setting`, and when the disk takes nothing. */
  change(name: string, value: unknown): Promise<SettingsReport>;
  close(): void;
}

export interface LiveSettingsOptions {
  readonly started: Config;
  readonly overrides: Overrides;
  readonly file: SettingsFile;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly disk: Pick<Disk, 'blame'>;
  /** A sentence for the person at the computer. */
  readonly say: (sentence: string) => void;
  /** Asks at the computer whether what somebody wrote into the file is to be in force; resolves with the answer. */
  readonly confirm: (act: string) => Promise<boolean>;
  /** Of what nobody has given a command for; goes on from who did it. */
  readonly byHand: (words: string) => void;
  /** Whoever shows the settings has to ask for them anew. */
  readonly tell: () => void;
  /** Something else is in force now. */
  readonly changed: (names: readonly SettingName[]) => void;
}

/** An editor writes in several steps. */
const settleMs = 150;

export async function openLiveSettings(options: LiveSettingsOptions): Promise<LiveSettings> {
  const { overrides, file, clock, logger, disk, say } = options;
  let current = options.started;
  let known: ConfigFile = {};
  let unknown: readonly string[] = [];
  let trouble = '';
  /** The trouble that was told already. */
  let told = '';
  let cancelLook: Dispose | undefined;
  let looking: Promise<void> = Promise.resolve();

  /** Throws an Error with a sentence. */
  async function read(): Promise<ConfigFile> {
    try {
      const parsed = parseConfigFile(await file.read());
      unknown = parsed.unknown;
      trouble = '';
      return parsed.file;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      trouble = reason.startsWith(file.path) ? reason : `${file.path}: ${reason}`;
      throw new AppError('bad_setting', trouble, { cause: error });
    }
  }

  function putInForce(wanted: Config, names: readonly SettingName[]): void {
    const now = names.filter((name) => describe(name).takesEffect === 'now');
    if (now.length === 0) return;
    current = { ...current, ...Object.fromEntries(now.map((name) => [name, wanted[name]])) };
    options.changed(now);
  }

  /** By hand, or by a program: at the computer, but nobody has said who. */
  async function takeUp(found: ConfigFile): Promise<void> {
    const names = settingNames.filter((name) => !isSame(found[name], known[name]));
    known = found;
    const wanted = withOverrides(found, overrides);
    for (const name of names) {
      const { takesEffect, changer } = describe(name);
      const isNew = !isSame(wanted[name], current[name]);
      if (isNew && takesEffect === 'now' && changer !== 'phone') {
        if (!(await options.confirm(changeWords(name, wanted[name])))) {
          say(`Nobody said yes to ${changeWords(name, wanted[name])}; it is to be so at the next start.`);
          continue;
        }
      }
      if (isNew) putInForce(wanted, [name]);
      say(`config.json was changed: ${afterwards(name)}`);
      logger.info('config.json was changed', { setting: name });
      options.tell();
      options.byHand(`changed the setting ${name} to ${shown(name, wanted[name])}`);
    }
  }

  async function look(): Promise<void> {
    const found = await read().catch(() => undefined);
    if (trouble !== '' && trouble !== told) {
      logger.warn('config.json is not right', { reason: trouble });
      say(`${trouble} The settings stay as they were.`);
    }
    if (trouble !== told) options.tell();
    told = trouble;
    if (found) await takeUp(found);
  }

  function lookOnce(): void {
    looking = looking.then(look).catch((error: unknown) => logger.error('settings', error));
  }

  /** What has become of a setting, as a sentence. */
  function afterwards(name: SettingName): string {
    const { variable, takesEffect } = describe(name);
    const origin = overrides.origins[name];
    if (origin === 'flag') return `${name} stays what the command line says, ${shown(name, current[name])}.`;
    if (origin === 'variable') return `${name} stays what ${variable} says, ${shown(name, current[name])}.`;
    const wanted = withOverrides(known, overrides)[name];
    return takesEffect === 'now'
      ? `${name} is ${shown(name, wanted)} now.`
      : `${name} is to be ${shown(name, wanted)} at the next start: porchlight restart`;
  }

  function entries(): SettingsReport {
    const next = withOverrides(known, overrides);
    const settings = settingNames
      .filter((name) => !describe(name).isHidden)
      .map((name) => entryOf(name, { current, next, file: known, overrides }));
    return { settings, trouble, unknown: [...unknown], path: file.path };
  }

  known = await read().catch(() => known);
  const unwatch = file.watch(() => {
    cancelLook?.();
    cancelLook = clock.after(settleMs, lookOnce);
  });

  return {
    get current() {
      return current;
    },
    async report() {
      // Where the file cannot be watched, this is when a change is seen. Somebody's yes may be waited for.
      const found = await read().catch(() => undefined);
      if (found === undefined || !isSame(found, known)) lookOnce();
      return entries();
    },
    async change(name, value) {
      const fault = faultOf(name, value);
      if (!isSettingName(name) || fault !== undefined) throw new AppError('bad_setting', fault);
      // What is wrong with the file must not be lost in what is written anew.
      const found = await read();
      await file.write(name, value).catch(async (error: unknown) => {
        throw (await disk.blame(error)) ?? error;
      });
      const { [name]: _old, ...others } = found;
      const { [name]: _known, ...otherKnown } = known;
      const own = value === undefined ? {} : { [name]: value };
      known = { ...otherKnown, ...own } as ConfigFile;
      putInForce(withOverrides({ ...others, ...own } as ConfigFile, overrides), [name]);
      options.tell();
      return entries();
    },
    close() {
      unwatch();
      cancelLook?.();
    },
  };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
