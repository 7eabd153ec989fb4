// Values whose shape is the CLI's affair, as the JSON that commands carry. Pure.
import type { CommandInput } from '../../../daemon/protocol/commands.ts';

export type Json = Exclude<CommandInput<'permission.answer'>['updatedInput'], undefined>;

/** What JSON cannot say becomes null; such values never come over the wire. */
export function jsonOf(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value !== 'object') return null;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, jsonOf(each)]));
}

/** A tool's input with some fields set anew. */
export function withFields(input: unknown, fields: Record<string, Json>): Json {
  const all =
    typeof input === 'object' && input !== null && !Array.isArray(input) ? Object.entries(input) : [];
  return { ...Object.fromEntries(all.map(([name, each]) => [name, jsonOf(each)])), ...fields };
}
