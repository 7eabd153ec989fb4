// The forms that a setting's value can have: what is right, how a person is told so, and what it means as text. Pure.
import * as z from 'zod/mini';
import type { SettingInput } from '../protocol/settings.ts';

export interface Form<T> {
  readonly schema: z.ZodMiniType<T>;
  readonly input: SettingInput;
  /** Completes “It has to be …”. */
  readonly words: string;
  /** What a variable or the command line says, as a value; the schema judges it. */
  readonly fromText: (text: string) => unknown;
}

export function onOrOff(): Form<boolean> {
  const words: Readonly<Record<string, boolean>> = {
    ...{ true: true, on: true, yes: true, '1': true },
    ...{ false: false, off: false, no: false, '0': false },
  };
  return {
    schema: z.boolean(),
    input: { kind: 'switch' },
    words: 'true or false',
    fromText: (text) => words[text.toLowerCase()] ?? text,
  };
}

/** A whole number from `min` to `max`, both included. */
export function count({ min, max }: { min: number; max: number }): Form<number> {
  return {
    schema: z.int().check(z.gte(min), z.lte(max)),
    input: { kind: 'number', min, max, isWhole: true, unit: '' },
    words: `a whole number from ${min} to ${max}`,
    fromText: asNumber,
  };
}

/** More than nothing, at most `max`. */
export function measure({ max, unit }: { max: number; unit: string }): Form<number> {
  return {
    schema: z.number().check(z.gt(0), z.lte(max)),
    input: { kind: 'number', min: 0, max, isWhole: false, unit },
    words: `a number above 0, at most ${max} (${unit})`,
    fromText: asNumber,
  };
}

export function oneOf<const C extends readonly [string, ...string[]]>(...choices: C): Form<C[number]> {
  return {
    schema: z.enum(choices),
    input: { kind: 'choice', choices: [...choices] },
    words: choices.join(' or '),
    fromText: (text) => text,
  };
}

/** One line of text; `words` says of what kind. */
export function line(words: string, fits: RegExp = /^[^\p{Cc}]+$/u): Form<string> {
  return {
    schema: z.string().check(z.maxLength(4096), z.regex(fits)),
    input: { kind: 'text' },
    words,
    fromText: (text) => text,
  };
}

const timeOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));

/** From one time of the day to another, over midnight perhaps. */
export function hours(): Form<{ from: string; to: string }> {
  return {
    schema: z.object({ from: timeOfDay, to: timeOfDay }),
    input: { kind: 'hours' },
    words: 'two times such as 22:00-07:00',
    fromText(text) {
      const [, from, to] = /^\s*(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)\s*$/.exec(text) ?? [];
      return from === undefined || to === undefined ? text : { from, to };
    },
  };
}

/** Several values that belong together. */
export function several<T>(schema: z.ZodMiniType<T>, words: string): Form<T> {
  return {
    schema,
    input: { kind: 'json' },
    words,
    fromText(text) {
      try {
        return JSON.parse(text);
      } catch (error) {
        if (error instanceof SyntaxError) return text;
        throw error;
      }
    },
  };
}

function asNumber(text: string): unknown {
  return text.trim() === '' ? text : Number(text);
}
