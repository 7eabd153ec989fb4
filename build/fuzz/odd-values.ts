// Values that programs trip over, and what a JSON Schema asks for with some of them in its place. Very long and very deep
// values are named in the value and written out in the text, so that a found case stays short enough to read. Pure.
import fc from 'fast-check';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** As much of JSON Schema as zod writes for the protocol. */
export interface Schema {
  readonly type?: string;
  readonly const?: Json;
  readonly enum?: readonly Json[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

const strings = [
  ...[
    '',
    ' ',
    '\0',
    '\ud800',
    '\u202e',
    '／..／',
    '__proto__',
    'constructor',
    'toString',
    '../../../../etc/passwd',
  ],
  ...[
    'lobby',
    '~',
    '/',
    '-rf',
    '$(id)',
    '%00',
    '\r\nX: y',
    '00000000-0000-0000-0000-000000000000',
    '\u{1f600}',
  ],
  ...['<@long 300>', '<@long 5000>', '<@long 300000>'],
];
const numbers = [0, -0, -1, 0.5, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 53 + 2, 1e21];

export const oddString = fc.oneof(fc.constantFrom(...strings), fc.string({ unit: 'binary' }));

export const oddValue: fc.Arbitrary<Json> = fc.oneof(
  oddString,
  fc.constantFrom(...numbers),
  fc.constantFrom<Json>(null, true, false, [], {}, [[]], '<@deep 200>', '<@deep 5000>', '<@deep 100000>'),
  fc.constantFrom<Json>({ __proto__x: { a: 1 } }, { constructor: 1 }, { length: -1 }),
);

/** The JSON text, with what is only named written out, and `__proto__x` as the key that an object literal cannot have. */
export function textOf(value: Json): string {
  return JSON.stringify(value)
    .replaceAll(/<@long (\d+)>/g, (_, length) => 'x'.repeat(Number(length)))
    .replaceAll(/"<@deep (\d+)>"/g, (_, depth) => '['.repeat(Number(depth)) + ']'.repeat(Number(depth)))
    .replaceAll('"__proto__x"', '"__proto__"');
}

/** Fits the schema nineteen times in twenty, field by field. `known` has values for fields of that name. */
export function alike(
  schema: Schema,
  known: Readonly<Record<string, fc.Arbitrary<Json>>>,
): fc.Arbitrary<Json> {
  return fc.oneof({ weight: 19, arbitrary: fitting(schema, known) }, { weight: 1, arbitrary: oddValue });
}

function fitting(schema: Schema, known: Readonly<Record<string, fc.Arbitrary<Json>>>): fc.Arbitrary<Json> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => alike(one, known)));
  switch (schema.type) {
    case 'object':
      return objectOf(schema, known);
    case 'array':
      return fc.array(alike(schema.items ?? {}, known), { maxLength: 25, size: 'small' });
    case 'string':
      return schema.pattern === undefined
        ? fc.oneof(fc.string(), fc.string({ unit: 'binary' }), oddString)
        : fc.stringMatching(new RegExp(schema.pattern));
    case 'integer':
      return fc.oneof(fc.nat(20), fc.maxSafeInteger());
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    default:
      return oddValue;
  }
}

function objectOf(
  { properties = {}, required = [] }: Schema,
  known: Readonly<Record<string, fc.Arbitrary<Json>>>,
): fc.Arbitrary<Json> {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const own = known[name];
    const value = own
      ? fc.oneof({ weight: 6, arbitrary: own }, { weight: 1, arbitrary: alike(schema, known) })
      : alike(schema, known);
    const left = required.includes(name) ? { weight: 1, of: 30 } : { weight: 1, of: 2 };
    const missing = { weight: left.weight, arbitrary: fc.constant(undefined) };
    return fc
      .oneof(missing, { weight: left.of - left.weight, arbitrary: value })
      .map((it): [string, Json][] => (it === undefined ? [] : [[name, it]]));
  });
  const extra = fc.oneof(
    { weight: 9, arbitrary: fc.constant<[string, Json][]>([]) },
    { weight: 1, arbitrary: fc.tuple(oddString, oddValue).map((entry): [string, Json][] => [entry]) },
  );
  return fc.tuple(...fields, extra).map((parts) => Object.fromEntries(parts.flat()));
}
