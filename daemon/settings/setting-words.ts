// Settings in words: a value, and a change as a sentence says it. Never tells a secret. Pure.
import { checkSetting, describe } from '../config.ts';
import { isSettingName, type SettingName } from '../config/settings.ts';
import type { SettingChanger } from '../protocol/settings.ts';
import { visibleText } from '../protocol/visible-text.ts';

export function shown(name: SettingName, value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (describe(name).isSecret) return '••••';
  // Somebody decides by these words: nothing in them may hide.
  return visibleText(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Completes “… wants to”. */
export function changeWords(name: SettingName, value: unknown): string {
  return `change the setting ${name} to ${shown(name, value)} (${describe(name).title})`;
}

/** Why it cannot be changed to that, as a sentence. */
export function faultOf(name: string, value: unknown): string | undefined {
  if (!isSettingName(name)) return `There is no setting ${JSON.stringify(name)}.`;
  try {
    if (value !== undefined) checkSetting(name, value);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Who may make this change, and how it reads; undefined for one that is refused in any case. */
export function proposed(
  name: string,
  value: unknown,
): { readonly changer: SettingChanger; readonly act: string } | undefined {
  if (!isSettingName(name) || faultOf(name, value) !== undefined) return undefined;
  return { changer: describe(name).changer, act: changeWords(name, value ?? describe(name).initial) };
}
