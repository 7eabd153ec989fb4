// What the settings page says of a setting beside its value, and what somebody typed as a value. Pure.
import type { SettingEntry, SettingInput } from '../../../daemon/protocol/settings.ts';

type Value = SettingEntry['value'];

/** As it stands in a field, or in a line. */
export function shownValue(value: Value): string {
  if (value === null) return '';
  const hours = hoursOf(value);
  if (hours) return `${hours.from} – ${hours.to}`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Of a value that is two times of the day. */
export function hoursOf(value: Value): { readonly from: string; readonly to: string } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { from, to } = value;
  return typeof from === 'string' && typeof to === 'string' ? { from, to } : undefined;
}

/** What was typed, as the computer takes it; it judges what is none. */
export function typedValue(text: string, { kind }: SettingInput): Value {
  const bare = text.trim();
  if (kind !== 'number') return bare;
  const number = Number(bare.replace(',', '.'));
  return bare === '' || Number.isNaN(number) ? bare : number;
}

/** Undefined where a change made here would count. */
export function whyNot(entry: SettingEntry, by: 'computer' | 'phone'): string | undefined {
  const { origin, variable, changer, input, isSecret } = entry;
  if (origin === 'flag') return 'Given on the command line when Porchlight was started; that wins.';
  if (origin === 'variable') return `Given by the variable ${variable}; that wins.`;
  if (changer === 'computer' && by === 'phone') return 'Changed at the computer only.';
  if (input.kind === 'json' || isSecret)
    return `Changed on the computer: porchlight config set ${entry.name} …`;
  return undefined;
}

/** One line each, least first. */
export function notesOf(entry: SettingEntry, by: 'computer' | 'phone'): string[] {
  const { takesEffect, changer, next } = entry;
  return [
    ...(next === undefined ? [] : [`At the next start: ${shownValue(next) || 'not set'}`]),
    ...(takesEffect === 'restart' && next === undefined ? ['A change counts from the next start on.'] : []),
    ...(changer === 'confirmed' && by === 'phone'
      ? ['Somebody at the computer has to confirm a change.']
      : []),
  ];
}
