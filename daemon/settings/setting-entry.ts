// One setting as whoever asks is told of it. Pure.
import { type Config, type ConfigFile, describe, type Overrides } from '../config.ts';
import type { SettingName } from '../config/settings.ts';
import type { SettingEntry } from '../protocol/settings.ts';

export function entryOf(
  name: SettingName,
  from: { current: Config; next: Config; file: ConfigFile; overrides: Overrides },
): SettingEntry {
  const { form, initial, group, title, words, variable, takesEffect, changer, isSecret } = describe(name);
  const tell = (value: unknown) => (isSecret && value !== null ? '••••' : (value as SettingEntry['value']));
  const isPending = JSON.stringify(from.next[name]) !== JSON.stringify(from.current[name]);
  return {
    ...{ name, group, title, words, takesEffect, changer },
    input: form.input,
    form: form.words,
    value: tell(from.current[name]),
    initial: tell(initial),
    origin: from.overrides.origins[name] ?? (from.file[name] === undefined ? 'default' : 'file'),
    variable: variable ?? '',
    isSecret: isSecret ?? false,
    ...(isPending ? { next: tell(from.next[name]) } : {}),
  };
}
